"""When Telegram or our own house fails: what was done stands, and people hear it plainly."""

import logging
import re
from datetime import timedelta

import pytest

import handlers
from playground.faults import Fault
from tests.conftest import PETITION, Vigil
from tests.conversation import Chat
from tests.handlers.test_signing import LINK, counted

BROKEN = re.compile(
    r"Something broke on our side, and what you asked for may not have been done\. "
    r"Please try again in a few minutes\. If it stays so, tell a person this number: "
    r"(?P<number>[0-9a-f]{6})\. /contact says how\."
)


@pytest.fixture
def log(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    """Everything of ours at its most talkative; of libraries what `bot.log` lets through."""
    for name in ("bot", "handlers"):
        caplog.set_level(logging.DEBUG, name)
    return caplog


def say_nothing_private(log: pytest.LogCaptureFixture, vigil: Vigil, *words: str) -> None:
    secrets = [vigil.world.token, vigil.world.token.partition(":")[2], "Amara", "Okafor", *words]
    secrets += [str(person) for person in vigil.world.people]
    for secret in secrets:
        assert secret not in log.text


async def ready_to_sign(chat: Chat) -> None:
    await chat.link(LINK)
    await chat.tap("Count me without my name")


@pytest.mark.parametrize("method", ["editMessageText", "answerCallbackQuery"])
@pytest.mark.parametrize("kind", ["server", "bad_gateway", "reset", "flood"])
async def test_a_signature_stands_when_telegram_fails_and_a_second_tap_says_so(
    kind: str, method: str, chat: Chat, vigil: Vigil, log: pytest.LogCaptureFixture
) -> None:
    await ready_to_sign(chat)
    vigil.world.faults.add(Fault(kind, method, retry_after=1))
    await chat.tap("Count me")
    assert await counted(vigil) == (1, 1)
    assert not any("broke" in one.get("text", "") for one in chat.messages)

    await chat.send_data(f"sign:counted:{PETITION}:1")
    assert "Receipt: number 1" in chat.last["text"]
    assert await counted(vigil) == (1, 1)
    say_nothing_private(log, vigil)


@pytest.mark.parametrize("kind", ["server", "bad_gateway", "reset"])
async def test_an_answer_that_was_lost_on_the_way_back_is_no_error(
    kind: str, chat: Chat, vigil: Vigil
) -> None:
    await ready_to_sign(chat)
    vigil.world.faults.add(Fault(kind, "editMessageText", after_effect=True))
    assert "You are number 1" in await chat.tap("Count me")
    assert "Receipt: number 1" in await chat.send_data(f"sign:counted:{PETITION}:1")


@pytest.mark.parametrize("kind", ["server", "reset"])
async def test_the_next_message_is_answered_after_one_that_could_not_be(
    kind: str, chat: Chat, vigil: Vigil, log: pytest.LogCaptureFixture
) -> None:
    vigil.world.faults.add(Fault(kind, "sendMessage"))
    assert await chat.say("My secret is Rosebud") == ""
    assert (await chat.say("hello")).startswith("Hello.")
    say_nothing_private(log, vigil, "Rosebud", "hello")


async def break_signing(vigil: Vigil) -> None:
    """The database refuses signatures from now on, as it does when the disk is full."""
    async with vigil.database.write() as db:
        await db.exec_driver_sql(
            "CREATE TRIGGER full BEFORE INSERT ON signatures "
            "BEGIN SELECT RAISE(FAIL, 'the disk is full'); END"
        )


async def test_a_failing_database_is_told_with_a_number_that_the_log_has_too(
    chat: Chat, vigil: Vigil, log: pytest.LogCaptureFixture
) -> None:
    await chat.link(LINK)
    await chat.tap("Add my name")
    await break_signing(vigil)
    told = BROKEN.fullmatch(await chat.tap("Sign as \u2068Amara Okafor\u2069"))

    assert told is not None
    assert told["number"] in log.text
    assert "service.py" in log.text
    assert "disk is full" not in log.text
    assert await counted(vigil) == (0, 0)
    assert vigil.world.queries == {}
    say_nothing_private(log, vigil)


async def test_a_database_that_cannot_even_say_who_it_is_is_told_too(
    chat: Chat, vigil: Vigil, log: pytest.LogCaptureFixture
) -> None:
    async with vigil.database.write() as db:
        await db.exec_driver_sql("ALTER TABLE dialogs RENAME TO elsewhere")
    assert BROKEN.fullmatch(await chat.say("My secret is Rosebud"))
    assert BROKEN.fullmatch(await chat.say("/mydata"))
    say_nothing_private(log, vigil, "Rosebud")


async def test_a_failure_in_a_foreign_group_is_not_told_there(vigil: Vigil) -> None:
    user = vigil.world.supporters[0].id
    place = vigil.world.membership(user, None, "add")["chat_id"]
    await vigil.world.settled()
    group = Chat(vigil.world, user, place)
    async with vigil.database.write() as db:
        await db.exec_driver_sql("ALTER TABLE dialogs RENAME TO elsewhere")
    assert await group.say("/content@vigil_playground_bot") == ""


async def test_an_ordinary_day_leaves_nothing_private_in_the_log(
    chat: Chat, vigil: Vigil, log: pytest.LogCaptureFixture
) -> None:
    await ready_to_sign(chat)
    await chat.tap("Count me")
    await chat.say("My secret is Rosebud")
    await chat.say("I was tortured by the police in Zanzoria last night")
    await chat.say("/start petition-nobodys")
    await chat.say("/mydata")
    await vigil.group().say("/unanswered")
    vigil.world.block(chat.user)
    await vigil.world.settled()
    say_nothing_private(log, vigil, "Rosebud", "Zanzoria", "nobodys")


@pytest.mark.parametrize("kind", ["server", "bad_gateway", "reset"])
@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ("they are beating me in the police cell, help me", "your local emergency number"),
        ("/stop", "I send you nothing by myself."),
        ("stop", "I send you nothing by myself."),
    ],
)
async def test_what_must_be_heard_is_said_again_when_telegram_fails(
    kind: str, said: str, heard: str, chat: Chat, vigil: Vigil
) -> None:
    vigil.world.faults.add(Fault(kind, "sendMessage"))
    assert heard in await chat.say(said)


async def test_an_admin_group_that_cannot_be_written_to_is_not_tried_at_every_tick(
    vigil: Vigil, log: pytest.LogCaptureFixture
) -> None:
    vigil.world.clock.jump(timedelta(days=2_000))
    vigil.world.faults.add(Fault("blocked", "sendMessage", vigil.world.admin_chat.id))
    for _ in range(3):
        await handlers.tell_stale(vigil.app.bot, vigil.services)
    assert vigil.group().messages == []
    assert log.text.count("could not be told") == 1

    vigil.world.clock.jump(timedelta(hours=1))
    await handlers.tell_stale(vigil.app.bot, vigil.services)
    assert "long past" in vigil.group().last["text"]
