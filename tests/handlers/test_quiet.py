"""Whoever is in need is left in peace for a while, and no row or line tells that it was so."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.content import Content, load
from bot.content.folding import fold
from bot.models import Supporter
from handlers.supporter.quiet import without_invitations
from playground.world import World
from tests import test_log
from tests.conftest import NOON, PETITION, Start, Vigil
from tests.conversation import Chat
from tests.handlers.organiser import desk
from tests.handlers.rows import all_rows, rows_about
from tests.handlers.test_distress import CRY
from tests.store.test_erasing import needs_openssl, pages

HOUR = timedelta(hours=1)
WAYS_THERE = ("Petitions", "/petitions", "/alerts")
MESSAGES = Path(__file__).parents[1] / "services" / "explainer_data"
OF_EACH = 25
SHORT = 3  # bytes
PEOPLE = 4

log_text = test_log.written


@pytest.fixture
async def world() -> World:
    return desk.crowded(PEOPLE)


def leads_there(chat: Chat) -> list[str]:
    """What in the newest reply leads to petitions or alerts."""
    return [way for way in WAYS_THERE if way in chat.buttons or way in chat.replies[-1]]


async def test_for_an_hour_no_reply_leads_to_petitions_and_then_as_before(
    start: Start, world: World
) -> None:
    chat = (await start()).chat()
    asked = ("hello", "/start", "/help", "what can you do", "thanks")
    for words in asked:
        await chat.say(words)
        assert leads_there(chat), words

    await chat.say(CRY)
    assert not leads_there(chat)
    chat = (await start()).chat()  # another process knows it, too
    for words in asked:
        assert await chat.say(words)
        assert not leads_there(chat), words
    await chat.link("case-angel-colon")
    assert "Petitions" not in chat.buttons
    assert "you can sign now" in await chat.say("/petitions")  # who asks for them gets them

    world.clock.jump(HOUR)
    await chat.say("hello")
    assert leads_there(chat)


@pytest.mark.parametrize("language", ["en", "fr", "es", "ar"])
def test_a_text_without_its_invitations_is_whole_sentences(language: str) -> None:
    texts = load(Path("content"), (language,)).language(language)
    bodies = [one.body for one in (*texts.smalltalk.values(), *texts.meta.values(), texts.welcome)]
    inviting = [body for body in bodies if "/petitions" in body or "/alerts" in body]
    assert len(inviting) > 10
    for body in bodies:
        left = without_invitations(body)
        assert (left == body) is (body not in inviting)
        assert "/petitions" not in left
        assert "/alerts" not in left
        assert "\n\n\n" not in left
        for line in set(left.split("\n")) - set(body.split("\n")):
            assert line[-1] in ".!?؟", line
            assert not re.search(r"[.!?؟][\w/]| {2}", line), line
            assert all(line.count(a) == line.count(b) for a, b in ("“”", "«»", "()")), line


@pytest.mark.parametrize(
    ("words", "left"),
    [
        ("One. Or “two? Three.”, and /petitions. Four.", "One. Four."),
        ("Un. « Deux ? » ou /alerts ? Trois.", "Un. Trois."),
        ("First /petitions (e. g. now. Or later). Last.", "Last."),
        ("Head:\n\n/petitions\n\nTail.", "Head:\n\nTail."),
        ("/petitions", "/petitions"),
        ("What happened to my/petitionsource?", "What happened to my/petitionsource?"),
    ],
)
def test_a_sentence_is_taken_out_with_what_it_quotes(words: str, left: str) -> None:
    assert without_invitations(words) == left


async def test_what_is_said_in_that_hour_reads_well(chat: Chat) -> None:
    await chat.say(CRY)
    assert await chat.say("hello") == "Hello. I am Vigil. /help shows everything I can do."
    assert await chat.say("just testing this") == "I am here and the bot works."
    assert (await chat.say("what can you do")).startswith("This is what you can do here:\n\n• Ask")


async def test_an_alert_passes_her_over_and_comes_when_the_quiet_is_over(start: Start) -> None:
    vigil = await start()
    await desk.staffed(vigil)
    await desk.enrol(vigil, last=PEOPLE)
    quiet, *others = vigil.world.crowd.ids[:PEOPLE]
    await vigil.services.supporters.leave_in_peace(Supporter(quiet, "en"))
    number = await desk.going(vigil, least=len(others))
    assert desk.received(vigil) == dict.fromkeys(others, 1)

    for _ in range(6):  # in steps, as the tick would see it
        vigil.world.clock.jump(HOUR / 6)
        await vigil.look()
    vigil = await start()  # which need not wait for the next look of the send under way
    await vigil.sent()
    assert desk.received(vigil) == dict.fromkeys((quiet, *others), 1)
    assert (await desk.figures(vigil, number))["sent", ""] == len(others) + 1


async def test_a_quiet_is_chosen_shown_ended_and_erased(chat: Chat, vigil: Vigil) -> None:
    await chat.say("/alerts")
    assert "What you have said yes to stays" in await chat.tap("Nothing for a while")
    assert "Nothing is sent to you before 8 March 2027, 12:00 UTC." in await chat.tap("For 7 days")
    await chat.say(CRY)  # does not shorten it
    assert "before 8 March 2027" in await chat.say("/alerts")
    assert "Nothing is sent to you before" not in await chat.tap("End this quiet")
    await chat.tap("Nothing for a while")
    await chat.tap("For a day")

    await chat.say("/forgetme")
    await chat.tap("Erase everything")
    assert not any((await rows_about(vigil.database, chat.user)).values())


async def test_the_row_goes_when_its_time_is_over(chat: Chat, vigil: Vigil) -> None:
    await chat.say(CRY)
    vigil.world.clock.jump(HOUR)
    await vigil.services.housekeeping.tick()
    assert (await all_rows(vigil.database))["quiet_times"] == []


async def test_an_edit_that_becomes_a_cry_is_heard_and_others_are_not(
    chat: Chat, vigil: Vigil, content: Content
) -> None:
    await chat.say("What is torture?")
    said = dict(chat.messages[-2])

    async def edit(**words: str) -> list[str]:
        before = len(chat.messages)
        vigil.world.updates.add("edited_message", {**said, "edit_date": 1, **words})
        await vigil.world.settled()
        return [one["text"] for one in chat.messages[before:]]

    assert await edit(text="What is torture, please?") == []
    assert await edit(text="/petitions") == []
    (card,) = await edit(text=CRY)
    assert card.startswith(content.language("en").support.title)
    assert len(await edit(text=f"/ask {CRY}")) == 1


@needs_openssl
async def test_a_hundred_cries_leave_no_word_and_no_row_of_their_own(
    start: Start, content: Content, log_text: Callable[[], str]
) -> None:
    vigil = await start()
    card = content.language("en").support.title
    cries = [
        f"{said}. Qorvath{number}{language}"
        for language in ("en", "fr", "es", "ar")
        for number, said in enumerate(disclosures(language)[:OF_EACH])
    ]
    assert len(cries) == 4 * OF_EACH
    calm, asking, inside, behind = (vigil.chat(number) for number in range(4))
    await calm.say("/alerts")
    await calm.tap("Nothing for a while")
    await calm.tap("For an hour")
    await calm.say("/contact")
    before = await traces(vigil, log_text)
    for number, cry in enumerate(cries):
        match number % 3:
            case 0:
                await asking.say(cry)
            case 1:
                await inside.say("/contact")
                await inside.say(cry)
            case _:
                await behind.say(f"/contact {cry}")
        replies = ((asking, inside, behind)[number % 3]).replies
        assert replies[0].startswith(card), cry

    left = await traces(vigil, log_text)
    assert PETITION in left  # so that this search can find anything at all
    told = {word for cry in cries for word in words_of(cry)}
    assert {"qorvath0en", "police", "frere", "hermano"} <= told
    assert not {word for word in told if word in left and word not in before}
    said = {word for word in told if word in before}
    assert len(said) < len(told) / 20, said  # what stands there anyway hides little
    rows = {one.user: await rows_about(vigil.database, one.user) for one in (calm, asking)}
    for person, row in rows.items():
        assert row.pop("quiet_times") == [
            {"supporter_id": person, "quiet_until": NOON + HOUR, "announced": False}
        ]
    assert not any(rows[asking.user].values())
    waiting = [await rows_about(vigil.database, one.user) for one in (calm, inside, behind)]
    assert all(row["quiet_times"] for row in waiting)
    dialogs = [row["dialogs"] for row in waiting]
    for [dialog] in dialogs:
        for own in ("supporter_id", "chat_id", "update_id"):
            dialog.pop(own)
    assert dialogs[1:] == dialogs[:1] * 2


async def traces(vigil: Vigil, log_text: Callable[[], str]) -> str:
    """All that stands in the database, in used and free pages, and in the log."""
    await vigil.database.truncate_log()
    kept = pages(vigil.database.path).decode("utf-8", "ignore")
    return fold(f"{kept}\n{log_text()}")


def words_of(cry: str) -> Iterator[str]:
    """Those too long to stand somewhere by chance; in digests stand letters from a to f."""
    for word in re.findall(r"\w+", fold(cry)):
        if len(word.encode()) > SHORT and not set(word) <= set("0123456789abcdef"):
            yield word


def disclosures(language: str) -> list[str]:
    lines = (MESSAGES / f"disclosures_{language}.txt").read_text("utf-8").splitlines()
    return [line.removeprefix("yes: ") for line in lines if line.startswith("yes: ")]
