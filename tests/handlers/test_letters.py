"""A letter that somebody writes herself: what she reads, what is counted, and what nobody knows."""

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.content import Content
from bot.content.texts import TELEGRAM_LIMIT, utf16_units
from bot.models import Fate, Role
from bot.models.cases import EndingState
from bot.models.sharing import Kind, Target
from bot.services.sharing import codes
from bot.store import cases
from tests.conftest import PETITION, Vigil
from tests.conversation import Chat, words
from tests.handlers.given import employ
from tests.handlers.letters import FAMILY, LETTER, LONG, LONG_TEXT, SHORT_TEXT, letter, some
from tests.handlers.rows import all_rows, rows_about
from tests.handlers.test_choosing import choose

LARGEST = letter(
    "largest",
    title="T" * 60,
    about="a" * 300,
    addressees=[
        {"name": "n" * 80, "office": "o" * 120, "send": "s" * 120, "address": "d" * 160}
    ] * 3,
    tone="t" * 300,
    warning="w" * 300,
    body="b" * 256,
    deadline=date(2027, 3, 30),
    translated_by="machine",
)  # fmt: skip
WORDS = "What nobody here knows"
AFTER = datetime(2027, 3, 11, tzinfo=UTC)


@pytest.fixture
def content(content: Content) -> Content:
    language = content.language("en")
    letters = {**some(), LARGEST.slug: LARGEST}
    return replace(content, languages={"en": replace(language, letters=letters)})


async def test_a_letter_is_passed_on_by_a_link_that_is_everybody_s(vigil: Vigil) -> None:
    """While it can be written, and by nobody who rests."""
    amara, elise = vigil.chat(), vigil.chat(1)
    card = await amara.link(f"letter-{LETTER}")
    target = Target(Kind.LETTER, LETTER)
    shown = await amara.tap("Share")
    code = vigil.services.sharing.code(target)
    assert f"?start=letter-{LETTER}\n" in shown
    assert f"this code: {code}" in shown
    assert not (await all_rows(vigil.database))["share_links"]
    assert not any((await rows_about(vigil.database, amara.user)).values())
    assert await elise.say(code) == card

    await elise.say("/alerts")
    await elise.tap("Nothing for a while")
    await elise.tap("For a day")
    await elise.link(f"letter-{LETTER}")
    assert "Share" not in elise.buttons
    vigil.world.clock.jump_to(AFTER)
    assert "start=" not in await amara.send_data(f"share:letter:{LETTER}")
    await amara.link(f"letter-{LETTER}")
    assert "Share" not in amara.buttons


async def counts(vigil: Vigil) -> dict[str, int]:
    rows = await all_rows(vigil.database)
    assert len(rows["letter_writers"]) == sum(row["wrote"] for row in rows["letter_counts"])
    return {row["letter"]: row["wrote"] for row in rows["letter_counts"] if row["wrote"]}


def copied(chat: Chat) -> list[str]:
    rows = chat.last["reply_markup"]["inline_keyboard"]
    return [one["copy_text"]["text"] for row in rows for one in row if "copy_text" in one]


async def shown(chat: Chat, data: str) -> str:
    """What stands there after a forged or a second tap, changed or not."""
    await chat.send_data(data)
    return words(chat.last)


async def test_from_the_petitions_to_i_sent_it_and_back(chat: Chat, vigil: Vigil) -> None:
    await chat.say("/petitions")
    assert "Other things you can do" in chat.buttons
    await chat.tap("Other things you can do")
    assert chat.buttons[:3] == ["Letter write", "Letter write-angel", "Letter write-long"]
    card = await chat.tap("Letter write")

    for part in (
        "To:\n• The Minister, Ministry <1>: by post\nPO 1",
        "How: Polite, in your own words.",
        SHORT_TEXT,
        "We do not see whether you write, nor what.",
        "Then do not write. Nobody will ask why. Not from Exampleland.",
        "Nobody has said yet that they wrote.",
        "It helps until the end of 10 March 2027.",
    ):
        assert part in card
    assert copied(chat) == [SHORT_TEXT]
    assert not any((await rows_about(vigil.database, chat.user)).values())

    for _ in range(2):
        assert "1 person said that they wrote." in await shown(chat, "letter:sent:write")
    assert "You said that you sent it." in words(chat.last)
    assert "Remind me" not in chat.buttons
    other = vigil.chat(3)
    await other.link("letter-write")
    assert "2 people said that they wrote." in await other.tap("I sent it")
    assert await counts(vigil) == {LETTER: 2}

    taken = await chat.tap("I did not send it")
    assert "1 person said" in taken
    assert "You said" not in taken
    await chat.send_data("letter:unsent:write")
    assert await counts(vigil) == {LETTER: 1}
    assert not any((await rows_about(vigil.database, chat.user)).values())
    assert WORDS in taken


async def test_many_taps_at_once_count_one(chat: Chat, vigil: Vigil) -> None:
    await chat.link("letter-write")
    await asyncio.gather(*(chat.send_data("letter:sent:write") for _ in range(8)))
    assert await counts(vigil) == {LETTER: 1}
    await asyncio.gather(*(chat.send_data("letter:unsent:write") for _ in range(8)))
    assert await counts(vigil) == {}


async def test_a_long_letter_is_a_message_of_its_own(chat: Chat) -> None:
    assert "comes as a message of its own" in await chat.link("letter-write-long")
    assert copied(chat) == []
    assert await chat.tap("Message to forward") == LONG_TEXT.format(organisation="Example Rights")
    assert "reply_markup" not in chat.last
    assert "entities" not in chat.last


async def test_the_largest_letter_fits_into_a_message(chat: Chat) -> None:
    card = await chat.link("letter-largest")
    assert card.count("d" * 160) == 3
    assert utf16_units(card) < TELEGRAM_LIMIT * 0.95  # other languages say it at greater length


async def test_a_typed_code_leads_to_it_and_an_unknown_name_nowhere(
    chat: Chat, vigil: Vigil
) -> None:
    target = Target(Kind.LETTER, LETTER)
    code = vigil.services.sharing.code(target)
    assert codes([target])[target] in code
    assert WORDS in await chat.say(code.lower())
    for act in ("", "text:", "sent:", "unsent:", "remind:", "forgo:"):
        assert "There is no such letter" in await shown(chat, f"letter:{act}nowhere")
    assert "There is no such letter" in await chat.link("letter-nowhere")
    assert await counts(vigil) == {}


async def test_after_the_last_day_old_buttons_do_nothing_but_take_back(
    chat: Chat, vigil: Vigil
) -> None:
    other = vigil.chat(3)
    await chat.link("letter-write")
    await chat.tap("I sent it")
    await other.link("letter-write")
    await other.tap("Remind me")
    vigil.world.clock.jump(AFTER - timedelta(seconds=1) - vigil.world.clock.now())
    late = vigil.chat(5)
    assert "It helps until" in await late.link("letter-write")
    assert "Remind me" not in late.buttons
    assert (await shown(late, "letter:remind:write")).startswith("It is too late for a reminder")
    assert not any((await rows_about(vigil.database, late.user)).values())
    assert "Copy the letter" in (await late.tap("Letter write"), late.buttons)[1]
    vigil.world.clock.jump(timedelta(seconds=1))

    for act in ("sent", "remind", "text"):
        said = await shown(late, f"letter:{act}:write")
        assert said.startswith("The time for “Letter write” was over at the end of 10 March 2027")
        petition = vigil.services.content.language("en").petitions[PETITION]
        assert late.buttons == [petition.title]
    assert "The time for this letter was over" in await late.link("letter-write")
    assert WORDS not in words(late.last)
    assert late.buttons == [petition.title]
    await late.say("/petitions")
    await late.tap("Other things you can do")
    assert "Letter write" not in late.buttons
    await chat.send_data("letter:unsent:write")
    assert await counts(vigil) == {}


async def test_a_family_that_asks_to_stop_ends_the_letter_too(chat: Chat, vigil: Vigil) -> None:
    await chat.link("letter-write-angel")
    await chat.tap("Remind me")
    async with vigil.database.write() as db:
        now = vigil.world.clock.now()
        number = await cases.add(db, "angel-colon", Fate.CLOSED, "S-1", now)
        said = {"en": "Let us be."}
        await cases.change(db, number, state=EndingState.DONE, words=said, decided_at=now)

    for act in ("", "sent:", "remind:", "text:", "forgo:"):
        assert (await shown(chat, f"letter:{act}{FAMILY}")).startswith("Let us be.")
    assert await counts(vigil) == {}
    await chat.send_data("letters:list")
    assert "Letter write-angel" not in chat.buttons
    assert not any((await rows_about(vigil.database, chat.user)).values())


async def test_whoever_rests_is_shown_no_door_and_a_dialog_ends_at_one(
    chat: Chat, vigil: Vigil
) -> None:
    await chat.say("/settings")
    await chat.send_data("settings:zone:write")
    assert (await rows_about(vigil.database, chat.user))["dialogs"]
    await chat.send_data("letters:list")
    assert not (await rows_about(vigil.database, chat.user))["dialogs"]
    await chat.say("/alerts")
    await chat.tap("Nothing for a while")
    await chat.tap("For a day")
    await chat.say("/petitions")
    assert "Other things you can do" not in chat.buttons
    await chat.say("/cases")
    await chat.tap(chat.buttons[0])
    assert "Other things you can do" not in chat.buttons


async def test_rights_and_stops_hold_for_it(chat: Chat, vigil: Vigil) -> None:
    waits = vigil.chat(3)
    await chat.link("letter-write")
    await chat.tap("I sent it")
    await waits.link("letter-write-long")
    assert "You asked to be reminded once" in await waits.tap("Remind me")
    assert "is erased" in await waits.say("/stop")
    assert not any((await rows_about(vigil.database, waits.user)).values())
    assert "Remind me" in (await waits.link("letter-write-long"), waits.buttons)[1]

    assert "From now on I send you nothing" in await chat.say("/stop")
    await chat.send_data("letter:remind:write-long")
    rows = await rows_about(vigil.database, chat.user)
    assert rows["letter_reminders"]
    assert rows["supporters"][0]["stopped_at"] is None  # she asked for it after her stop
    await chat.tap("Do not remind me")
    assert not (await rows_about(vigil.database, chat.user))["letter_reminders"]
    assert await counts(vigil) == {LETTER: 1}
    await chat.say("/forgetme")
    await chat.tap("Erase everything")
    assert await counts(vigil) == {}


async def test_the_team_reads_numbers_and_no_names(chat: Chat, vigil: Vigil) -> None:
    await choose(chat)
    await chat.link("letter-write")
    await chat.tap("I sent it")
    await chat.link("letter-write-long")
    await chat.tap("Remind me")
    await employ(vigil, vigil.world.admins[0].id, Role.VIEWER)
    stats = await vigil.group().say("/stats")
    assert "\u2068Letter write\u2069: 1 wrote, 0 asked for a reminder" in stats
    assert f"\u2068Letter {LONG}\u2069: 0 wrote, 1 asked for a reminder" in stats
