"""/alerts: nothing is sent before a yes to the exact words, and each yes can be taken back."""

import asyncio
import hashlib
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import update

from bot.models import Topic
from bot.services.choices import CONSENTS, CURRENT, KEPT, counts
from bot.store.schema import choices
from tests.conftest import Start, Vigil
from tests.conversation import Chat, Message
from tests.handlers.rows import all_rows, rows_about
from tests.handlers.test_signing import sign

URGENT = "Turn on: Urgent actions"
YES = "Yes, send me these"
OFFERED = [
    URGENT,
    "Turn on: News of petitions",
    "Turn on: Newsletter",
    "Choose cases",
    "Nothing for a while",
]


async def choose(chat: Chat, label: str = URGENT) -> str:
    await chat.say("/alerts")
    await chat.tap(label)
    return await chat.tap(YES)


async def chosen(vigil: Vigil) -> Sequence[dict[str, Any]]:
    return (await all_rows(vigil.database))["choices"]


async def outdate(vigil: Vigil) -> None:
    """As if every wording had been changed since."""
    async with vigil.database.write() as db:
        await db.execute(update(choices).values(version=0))


def data_of(message: Message, label: str) -> str:
    """What the button with this label carries."""
    rows = message["reply_markup"]["inline_keyboard"]
    return next(str(one["callback_data"]) for row in rows for one in row if one["text"] == label)


async def test_everything_is_off_and_each_says_what_and_how_often(chat: Chat, vigil: Vigil) -> None:
    shown = await chat.say("/alerts")
    for words in (
        "Nothing, unless you say yes to it.",
        "Urgent actions (off)\nWhen somebody needs help quickly. Nobody can say how often",
        "News of petitions (off)\nWhen a petition opens, and before one closes.",
        "Newsletter (off)\nWhat we work on, and what came of it: now and then, on no fixed day.",
        "Updates of cases\nWhen there is something new about a case that you follow. You follow",
    ):
        assert words in shown
    assert chat.buttons == OFFERED
    assert not any((await rows_about(vigil.database, chat.user)).values())


@pytest.mark.parametrize("label", OFFERED[:3])
async def test_the_words_come_before_the_yes_and_nothing_is_kept_until_then(
    label: str, chat: Chat, vigil: Vigil
) -> None:
    await chat.say("/alerts")
    words = await chat.tap(label)
    for promise in (
        "Example Rights may send you",
        "We keep the number of your Telegram account, its language, this choice with these words",
        "which of our messages reached you",
        "The team can see how many people chose this, not who.",
        "can show on the lock screen of your phone, where others may read them",
        "You can end this at any time",
        "Nothing is sent unless you say yes to these words.",
    ):
        assert promise in words
    assert chat.buttons == [YES, "No"]
    assert not any((await rows_about(vigil.database, chat.user)).values())

    assert (await chat.tap("No")).startswith("What I send you by myself\n\nNothing, unless")
    assert chat.buttons == OFFERED
    assert not any((await rows_about(vigil.database, chat.user)).values())


async def test_a_yes_is_kept_with_words_version_and_time(chat: Chat, vigil: Vigil) -> None:
    await chat.say("/alerts")
    words = (await chat.tap(URGENT)).split("\n\n", 1)[1].rsplit("\n\n", 1)[0]
    assert "You said yes on 1 March 2027." in await chat.tap(YES)

    (row,) = await chosen(vigil)
    assert row == {
        "supporter_id": chat.user,
        "topic": "urgent",
        "about": "",
        "wording": words,
        "version": CURRENT[Topic.URGENT],
        "chosen_at": vigil.world.clock.now(),
    }
    shown = await chat.say("/alerts")
    assert "Only what you have said yes to." in shown
    assert "Urgent actions (on)" in shown
    assert "You said yes on 1 March 2027." in shown
    assert "Newsletter (off)" in shown


async def test_the_receipt_shows_the_words_of_that_day(chat: Chat, vigil: Vigil) -> None:
    await choose(chat)
    async with vigil.database.write() as db:
        await db.execute(update(choices).values(wording="What <b>stood</b> there.", version=0))
    vigil.world.clock.jump(timedelta(days=300))
    under = chat.last["message_id"]
    assert await chat.send_data("choose:urgent:said", under) == (
        "You said yes to these words on 1 March 2027, 12:00 UTC (version 0):\n\n"
        "What <b>stood</b> there."
    )
    await chat.tap("Turn off")
    assert "no yes of yours" in await chat.send_data("choose:urgent:said", under)


async def test_off_is_one_tap_and_erases_who_is_held_for_nothing_else(
    chat: Chat, vigil: Vigil
) -> None:
    await choose(chat)
    await choose(chat, "Turn on: Newsletter")
    await chat.say("/alerts")
    assert "Urgent actions (off)" in await chat.tap("Turn off: Urgent actions")
    assert [row["topic"] for row in await chosen(vigil)] == ["newsletter"]

    await chat.tap("Turn off: Newsletter")
    assert not any((await rows_about(vigil.database, chat.user)).values())
    assert (await chat.say("/mydata")).startswith("We hold nothing about you.")


async def test_off_keeps_a_signer(chat: Chat, vigil: Vigil) -> None:
    await sign(chat)
    await choose(chat)
    await chat.tap("Turn off")
    assert await chosen(vigil) == []
    assert "number 1" in await chat.say("/mysignatures")


async def test_two_equal_taps_on_yes_are_one_yes(chat: Chat, vigil: Vigil) -> None:
    await chat.say("/alerts")
    await chat.tap(URGENT)
    yes = data_of(chat.last, YES)
    await asyncio.gather(*(chat.send_data(yes) for _ in range(5)))
    assert "You said yes on 1 March 2027." in chat.last["text"]
    assert len(await chosen(vigil)) == 1

    vigil.world.clock.jump(timedelta(days=3))
    await chat.send_data(yes)
    assert "You said yes on 1 March 2027." in chat.last["text"]
    (row,) = await chosen(vigil)
    assert row["chosen_at"].day == 1


async def test_a_second_yes_to_the_same_words_keeps_the_first(chat: Chat, vigil: Vigil) -> None:
    await choose(chat)
    supporter = (await vigil.services.supporters.arrive(chat.user, chat.user, 0, "en")).supporter
    (first,) = await vigil.services.choices.of(supporter)
    vigil.world.clock.jump(timedelta(days=3))
    again = await vigil.services.choices.choose(supporter, Topic.URGENT, "", "In other words.")
    assert again == first
    assert await vigil.services.choices.of(supporter) == [first]


async def test_a_yes_that_telegram_delivers_again_undoes_nothing(start: Start) -> None:
    vigil = await start()
    chat = vigil.chat()
    await choose(chat)
    yes = vigil.world.updates.confirmed[-1]["update_id"]
    await chat.tap("Turn off")
    await vigil.intake.stop()
    vigil.world.redeliver(yes)
    vigil = await start()
    await vigil.world.settled()
    assert await chosen(vigil) == []


async def test_a_yes_to_words_that_were_not_shown_shows_them_first(
    chat: Chat, vigil: Vigil
) -> None:
    await chat.say("/alerts")
    assert "Nothing is sent unless you say yes" in await chat.send_data("choose:urgent:yes:0a1b2c")
    assert await chosen(vigil) == []
    await chat.tap(YES)
    assert len(await chosen(vigil)) == 1


async def test_when_the_words_change_the_yes_counts_no_longer_and_is_asked_again(
    chat: Chat, vigil: Vigil
) -> None:
    await choose(chat)
    await outdate(vigil)
    vigil.world.clock.jump(timedelta(days=40))

    shown = await chat.say("/alerts")
    assert "Urgent actions (off)" in shown
    assert "You said yes on 1 March 2027 to words that have changed since" in shown
    assert "Nothing, unless you say yes to it." in shown
    assert URGENT in chat.buttons
    await chat.tap(URGENT)
    assert chat.buttons == [YES, "No"]
    assert "You said yes on 10 April 2027." in await chat.tap(YES)
    (row,) = await chosen(vigil)
    assert row["version"] == CURRENT[Topic.URGENT]


async def test_a_no_to_changed_words_keeps_nothing(chat: Chat, vigil: Vigil) -> None:
    await choose(chat)
    await outdate(vigil)
    await chat.say("/alerts")
    await chat.tap(URGENT)
    await chat.tap("No")
    assert not any((await rows_about(vigil.database, chat.user)).values())


async def test_only_a_yes_to_the_current_words_counts(chat: Chat, vigil: Vigil) -> None:
    await choose(chat)
    async with vigil.database.read() as db:
        assert (await db.execute(choices.select())).one().version == CURRENT[Topic.URGENT]
    supporter = (await vigil.services.supporters.arrive(chat.user, chat.user, 0, "en")).supporter
    (now,) = await vigil.services.choices.of(supporter)
    await outdate(vigil)
    (then,) = await vigil.services.choices.of(supporter)
    assert counts(now)
    assert not counts(then)


async def test_who_chooses_in_another_language_is_written_to_in_that(start: Start) -> None:
    vigil = await start(languages=("en",))
    chat = vigil.chat()
    await sign(chat)
    async with vigil.database.write() as db:
        await db.exec_driver_sql("UPDATE supporters SET language = 'fr'")
    await choose(chat)
    (row,) = (await rows_about(vigil.database, chat.user))["supporters"]
    assert row["language"] == "en"


async def test_the_button_under_an_alert_answers_with_a_new_message(
    chat: Chat, vigil: Vigil
) -> None:
    await chat.say("hello")
    alert = dict(chat.last)
    assert (await chat.send_data("alert:choose")).startswith("What I send you by myself")
    assert chat.last["message_id"] > alert["message_id"]
    assert vigil.world.chat(chat.id).by_id[alert["message_id"]] == alert
    assert vigil.world.queries == {}
    await chat.tap(URGENT)
    await chat.tap(YES)
    assert len(await chosen(vigil)) == 1


async def test_blocking_ends_no_choice_and_coming_back_asks_for_none(
    chat: Chat, vigil: Vigil
) -> None:
    await choose(chat)
    before = await chosen(vigil)
    for blocked in (True, False):
        vigil.world.block(chat.user, blocked)
        await vigil.world.settled()
        (row,) = (await rows_about(vigil.database, chat.user))["supporters"]
        assert (row["unreachable_since"] is not None) is blocked
        assert await chosen(vigil) == before
    assert "Urgent actions (on)" in await chat.say("/alerts")


async def test_choosing_leaves_an_open_dialog(chat: Chat, vigil: Vigil) -> None:
    for way in ("/alerts", "button"):
        await chat.link("petition-cameroon-torture")
        await chat.tap("Add my name")
        await chat.tap("Write another name")
        await (chat.say(way) if way == "/alerts" else chat.send_data("choose:urgent:ask"))
        assert (await all_rows(vigil.database))["dialogs"] == []


@pytest.mark.parametrize(
    "data",
    [
        "choose:urgent",
        "choose:everything:ask",
        "choose:cases:ask",
        "choose:urgent:yes",
        "choose:urgent:yes:XYZ",
        "follow:person:somebody:ask",
        "follow:case::ask",
        "alert:erase",
        "choose:urgent:ask:1",
    ],
)
async def test_a_forged_button_chooses_nothing(data: str, chat: Chat, vigil: Vigil) -> None:
    await chat.say("/alerts")
    assert await chat.send_data(data) == ""
    assert chat.popups == ["This button no longer works. Send /help to see what I can do."]
    assert await chosen(vigil) == []


def test_whoever_changes_a_wording_raises_its_version() -> None:
    """A digest that differs: raise the version of the topic beside its words, then note it here."""
    known = {
        Topic.URGENT: (1, "4c7506cf"),
        Topic.PETITIONS: (1, "86d049df"),
        Topic.CASES: (1, "cd69f9bf"),
        Topic.NEWSLETTER: (1, "b9e6d53a"),
    }
    found = {}
    for topic, consent in CONSENTS.items():
        words = f"{consent.everything}\n{consent.one}\n{KEPT}"
        found[topic] = consent.version, hashlib.sha256(words.encode()).hexdigest()[:8]
    assert found == known
