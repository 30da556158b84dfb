"""Writing to the team: what the group sees, what comes back, and what is kept of it: no word."""

import json
import logging
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from bot.content import Content
from bot.models import Dialog, Supporter
from bot.store import contact as store
from bot.store import dialogs
from bot.store.schema import handled_updates
from handlers.admin.contact import post
from playground.faults import Fault
from playground.wire import Upload
from tests.conftest import NOON, Start, Vigil
from tests.conversation import Chat, Message, words
from tests.handlers.rows import all_rows, rows_about, written
from tests.handlers.test_distress import CRY, PNG

INTRO = "Here you can write to the team of Example Rights."
PASSED = "Passed on. The team knows you as "
SAID = "Please send Zanzoria’s <b>poster</b> & a stamp"
ONCE_MORE = "The team has not got your message:"
ENDED = re.compile(r"The alias #[a-z]+_[a-z]+ has ended, and nobody knows any more who it was")
WEEK = timedelta(days=7)


def relayed(vigil: Vigil) -> Sequence[Message]:
    """What the admin group has got of people's messages."""
    found = vigil.world.admin_chat.messages
    return [one for one in found if re.match(r"#[a-z]+_[a-z]+\n", words(one))]


def alias(message: Message) -> str:
    return words(message).partition("\n")[0]


async def write(chat: Chat, text: str = SAID) -> str:
    await chat.say("/contact")
    return await chat.say(text)


async def reply(vigil: Vigil, text: str, to: Message, admin: int = 0) -> str:
    return await vigil.group(admin).say(text, reply_to=to["message_id"])


@pytest.fixture
def card(content: Content) -> str:
    return content.language("en").support.title


async def test_a_person_and_the_team_talk_and_nobody_sees_who_she_is(
    chat: Chat, vigil: Vigil, caplog: pytest.LogCaptureFixture
) -> None:
    for ours in ("bot", "handlers"):
        caplog.set_level(logging.DEBUG, logger=ours)
    intro = await chat.say("/contact")
    assert intro.startswith(INTRO)
    for part in ("invented name", "for a week", "not end-to-end encrypted", "help@example.org"):
        assert part in intro
    told = await chat.say(SAID)

    (letter,) = relayed(vigil)
    name = alias(letter)
    assert SAID in words(letter)
    assert told.startswith(f"{PASSED}“{name[1:].replace('_', ' ')}”")
    assert "8 March 2027" in told

    assert await reply(vigil, "Who <are> they?", letter) == f"This has reached {name}."
    assert words(chat.last).startswith("The team answers you:")
    assert "Who <are> they?" in words(chat.last)
    assert chat.buttons == ["Answer the team"]
    assert "Write your answer to the team now" in await chat.tap("Answer the team")
    assert "Who <are> they?" in words(chat.messages[-2])  # the answer stays as it was
    await chat.say("Tomorrow at dawn")

    first, second = relayed(vigil)
    assert alias(second) == name
    assert "Tomorrow at dawn" in words(second)
    for one in (first, second):
        seen = json.dumps(one, ensure_ascii=False)
        for trace in (str(chat.user), "Amara", "Okafor", "amara_okafor", "forward", "tg://"):
            assert trace not in seen
        assert one["from"]["is_bot"]
    kept = await rows_about(vigil.database, chat.user)
    assert {table for table, rows in kept.items() if rows} == {"relays"}
    everything = await written(vigil.database) + caplog.text
    for word in ("Zanzoria", "Who <are>", "at dawn", "a stamp"):
        assert word not in everything
    assert name[1:] not in caplog.text


async def test_what_is_no_reply_under_an_alias_reaches_nobody(chat: Chat, vigil: Vigil) -> None:
    await write(chat)
    (letter,), before, group = relayed(vigil), len(chat.messages), vigil.group()
    await group.say("Is this one known to us?")
    await group.say("/queue")
    alert = vigil.world.post(
        vigil.world.admin_chat, group.last["from"], {"text": "#free_samira\nx"}
    )
    await group.say("#calm_heron\nhello")
    for other in (group.last, alert, group.messages[-1]):
        assert await reply(vigil, "I think so", other) == ""
    assert await reply(vigil, "/content", letter)
    assert "pass on words only" in await photo_reply(vigil, letter)
    assert "at most 3,500 characters" in await reply(vigil, "x" * 3_501, letter)
    assert len(chat.messages) == before


async def photo_reply(vigil: Vigil, to: Message) -> str:
    group = vigil.group()
    content = {"dice": {"emoji": "x", "value": 1}, "reply_to_message": to}
    vigil.world._speak(group.user, vigil.world.admin_chat, content)
    await vigil.world.settled()
    return words(group.last)


async def test_a_cry_for_help_gets_the_card_first_and_then_a_human(
    chat: Chat, vigil: Vigil, card: str
) -> None:
    shown = await write(chat, CRY)
    assert chat.replies[0].startswith(card)
    assert shown.startswith(ONCE_MORE)
    assert chat.buttons == []
    assert not relayed(vigil)
    assert "Zanzoria" not in await written(vigil.database)

    assert (await chat.say(CRY)).startswith(PASSED)
    assert len(chat.replies) == 1
    (letter,) = relayed(vigil)
    assert CRY in words(letter)
    await chat.say("hello")
    assert len(relayed(vigil)) == 1

    await reply(vigil, "We are here.", letter)
    await chat.tap("Answer the team")
    assert (await chat.say(CRY)).startswith(PASSED)  # who talks with a human need not say it twice
    assert chat.replies[0].startswith(card)
    assert len(relayed(vigil)) == 2

    await chat.say(f"/contact {CRY}")
    assert chat.replies[0].startswith(card)
    assert chat.replies[1].startswith(INTRO)
    assert (await chat.say(CRY)).startswith(PASSED)
    assert len(relayed(vigil)) == 3
    assert "Zanzoria" not in await written(vigil.database)


async def test_a_cry_does_not_touch_the_row_that_waits_for_her_message(
    start: Start, card: str
) -> None:
    vigil = await start()
    chat = vigil.chat()
    await chat.say("/contact")
    waiting = (await all_rows(vigil.database))["dialogs"]
    vigil.world.clock.jump(timedelta(minutes=1))
    await chat.say(CRY)
    assert (await all_rows(vigil.database))["dialogs"] == waiting

    vigil = await start()  # which does not know any more that she has seen the card
    chat = vigil.chat()
    assert (await chat.say(CRY)).startswith(ONCE_MORE)
    assert chat.replies[0].startswith(card)
    assert not relayed(vigil)
    assert (await chat.say(CRY)).startswith(PASSED)


async def test_what_is_no_message_to_the_team_does_not_become_one(chat: Chat, vigil: Vigil) -> None:
    only_words = "I can pass on words only, so nothing was passed on."
    await chat.say("/contact")
    for caption in ("", "look at this"):
        chat.world.photo(chat.user, Upload("a.png", PNG, "image/png"), caption=caption)
        await chat.world.settled()
        assert words(chat.last).startswith(only_words)
    chat.world._speak(chat.user, chat.world.chat(chat.id), {"dice": {"emoji": "x", "value": 1}})
    await chat.world.settled()
    assert words(chat.last).startswith(only_words)
    assert "/contact" in await chat.say("/help")  # looking something up leaves the step open
    assert await chat.say("/cancel") == "Cancelled. What you had begun was not kept."
    await chat.say("hello")
    await chat.say("/contact")
    assert (await chat.say("STOP")).startswith("It is so already")
    await chat.say("hello")
    assert "longer than I can pass on" in await write(chat, "x" * 3_501)
    await chat.say("hello")
    assert not relayed(vigil)
    assert (await write(chat, "é" * 3_500)).startswith(PASSED)


async def test_five_messages_an_hour_and_erasing_oneself_does_not_begin_anew(
    chat: Chat, vigil: Vigil
) -> None:
    clock = vigil.world.clock
    for number in range(5):
        assert (await write(chat, f"number {number}")).startswith(PASSED)
        clock.jump(timedelta(minutes=1))
    await chat.say("/forgetme")
    await chat.tap("Erase everything")
    refusal = await chat.say("/contact")
    assert "You can send it in 55 minutes, or reach the team here: help@example.org" in refusal
    other = vigil.chat(3)
    await other.say("talk to a person")
    assert (await other.tap("Reach a person")).startswith(INTRO)
    assert (await other.say(SAID)).startswith(PASSED)
    clock.jump(timedelta(minutes=54, seconds=59))
    assert "in 1 minute," in await chat.say("/contact")
    clock.jump(timedelta(seconds=1))
    assert (await write(chat, "number 5")).startswith(PASSED)
    assert len(relayed(vigil)) == 7


async def test_a_ban_outlives_the_alias_and_names_nobody(chat: Chat, vigil: Vigil) -> None:
    await chat.say("/contact")
    await write(chat)
    (letter,), group = relayed(vigil), vigil.group()
    await chat.say("/contact")  # and writes while she is being banned
    assert "nothing that" in await group.tap("Take no more messages")
    assert SAID in words(relayed(vigil)[0])
    closed = "The team takes no more messages from you here"
    assert (await chat.say("I have another question")).startswith(closed)
    assert (await chat.say("/contact")).startswith(closed)
    assert (await reply(vigil, "Why so?", letter)).startswith("This has reached")
    assert (await chat.tap("Answer the team")).startswith(closed)
    assert len(relayed(vigil)) == 1
    await chat.say("/mydata")
    file = chat.world.files.by_id[chat.last["document"]["file_id"]].upload.content
    shown = json.loads(file)
    assert shown["relays"][0]["alias"] == alias(letter)[1:]
    assert shown["relays"][0]["ends_at"].startswith("2027-03-08T12:00")
    assert len(shown["contact_bans"]) == 1

    vigil.world.clock.jump(WEEK)
    await vigil.services.housekeeping.tick()
    kept = await rows_about(vigil.database, chat.user)
    assert {table for table, rows in kept.items() if rows} == {"contact_bans"}
    assert alias(letter)[1:] not in await written(vigil.database)
    assert (await chat.say("/contact")).startswith(closed)
    assert ENDED.match(await reply(vigil, "/unban", letter))
    assert ENDED.match(await reply(vigil, "/ban", letter))
    assert "1 person may not write to the team." in await group.say("/unban")
    assert (await group.tap(group.buttons[0])).endswith("messages are passed on again.")
    assert (await write(chat, "thank you")).startswith(PASSED)

    assert "nothing that" in await reply(vigil, "/ban", relayed(vigil)[-1])
    assert (await chat.say("/contact")).startswith(closed)
    assert "passed on again" in await reply(vigil, "/unban", relayed(vigil)[-1])
    assert "There is no such ban" in await reply(vigil, "/unban", relayed(vigil)[-1])
    await reply(vigil, "/ban", relayed(vigil)[-1])
    await chat.say("/forgetme")
    await chat.tap("Erase everything")
    assert not any((await rows_about(vigil.database, chat.user)).values())
    assert await group.say("/unban") == "Everybody may write to the team: nobody is banned."
    assert (await chat.say("/contact")).startswith(INTRO)


async def test_an_alias_ends_after_a_week_or_with_a_stop_and_comes_to_nobody_else(
    chat: Chat, vigil: Vigil
) -> None:
    await write(chat)
    (first,), clock = relayed(vigil), vigil.world.clock
    clock.jump(WEEK - timedelta(seconds=1))
    assert (await reply(vigil, "Just in time", first)).startswith("This has reached")
    clock.jump(timedelta(seconds=1))
    assert ENDED.match(await reply(vigil, "Too late", first))
    assert (await chat.tap("Answer the team")).startswith(INTRO)

    clock.jump(timedelta(days=2))
    await vigil.services.housekeeping.tick()
    other = vigil.chat(1)
    await write(other)
    async with vigil.database.write() as db:  # chance gives her the same two words
        relay = await store.relay_of(db, other.user, clock.now())
        assert relay is not None
        await store.drop(db, other.user)
        await store.put(db, replace(relay, alias=alias(first)[1:]))
    before = len(other.messages)
    assert ENDED.match(await reply(vigil, "For the first one", first))
    assert len(other.messages) == before

    stopped = await other.say("/stop")
    assert "An answer of the team to what you wrote does not reach you any more." in stopped
    assert not any((await rows_about(vigil.database, other.user)).values())
    assert ENDED.match(await reply(vigil, "Anybody?", relayed(vigil)[-1]))


async def test_nothing_is_lost_and_nothing_is_promised_while_the_group_cannot_be_reached(
    start: Start,
) -> None:
    vigil = await start()
    chat, faults, group = vigil.chat(), vigil.world.faults, vigil.world.admin_chat.id
    await chat.say("/contact")
    for kind in ("blocked", "not_found", "reset"):
        faults.add(Fault(kind, chat=group))
        told = await chat.say(SAID)
        assert told.startswith("I cannot reach the team's group now")
        assert "help@example.org" in told
    assert not relayed(vigil)
    assert (await chat.say(SAID)).startswith(PASSED)

    (letter,) = relayed(vigil)
    faults.add(Fault("reset", chat=chat.user))
    assert "I could not make sure" in await reply(vigil, "Hello?", letter)
    vigil.world.block(chat.user)
    assert "no longer lets me write" in await reply(vigil, "Hello?", letter)

    vigil = await start(admin_chat=None)
    told = await vigil.chat(2).say("/contact")
    assert told.startswith("You can reach a person at")
    assert "help@example.org" in told


async def test_after_a_kill_she_is_told_again_and_the_group_is_not(vigil: Vigil) -> None:
    chat = vigil.chat()
    await write(chat)
    async with vigil.database.write() as db:  # killed before it could say so
        last = await db.scalar(sa.select(sa.func.max(handled_updates.c.update_id)))
        assert last is not None
        await db.execute(sa.delete(handled_updates))
        unsaid = Dialog("contact", "passed", {}, last)
        await dialogs.put(db, chat.user, chat.user, unsaid, NOON + WEEK)
    vigil.world.redeliver(last)
    await vigil.world.settled()
    assert words(chat.last).startswith(PASSED)
    assert len(relayed(vigil)) == 1
    assert (await all_rows(vigil.database))["dialogs"] == []


async def test_an_answer_speaks_the_language_of_whom_it_is_for(start: Start) -> None:
    vigil = await start(languages=("en", "fr"))
    elise, services = vigil.chat(1), vigil.services
    vigil.world.supporters[1].started = True
    relay = await services.contact.alias_for(Supporter(elise.user, "fr"))
    assert await post("Bonjour", relay, vigil.app.bot, services)

    (shown,) = relayed(vigil)
    assert "Whatever an admin writes as a reply" in words(shown)
    await reply(vigil, "Nous sommes là.", shown)
    assert words(elise.last).startswith("L’équipe")
    assert words(elise.last).endswith("\n\n\u2068Nous sommes là.\u2069")
