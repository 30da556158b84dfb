"""Stop in one word, and being blocked, which is something else."""

import asyncio
import re
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.models import DeliveryState
from bot.store.schema import supporters
from playground.faults import Fault
from tests.conftest import Start, Vigil
from tests.conversation import Chat
from tests.handlers.given import delivered, employ
from tests.handlers.rows import all_rows, rows_about
from tests.handlers.test_choosing import URGENT, YES, choose, chosen, data_of
from tests.handlers.test_following import follow
from tests.handlers.test_signing import counted, sign

LINES = Path("content/stop_words.txt").read_text(encoding="utf-8").splitlines()
STOP_WORDS = [line for line in LINES if line and not line.startswith("#")]
NOT_STOP = """
We must STOP this
Stop torture now
How can we stop torture?
Please stop the torture in Cameroon
Does anybody stop them?
They do not stop
When will it stop?
Can a court stop it?
stop it
Stop them!
Stop and think
Nonstop
The bus stop
Who can stop the police?
stop killing people
I want it to stop
What stops torture?
Stopping torture
Full stop, next sentence
don't stop
never stop
Do not stop telling me
stop sign
Help us stop this
Why did they stop answering?
stop stop stop the torture
stopp
UN: stop!
How do I unsubscribe my neighbour?
Can I opt out of being searched?
""".strip().splitlines()


async def stopped(vigil: Vigil) -> bool:
    async with vigil.database.read() as db:
        return (await db.scalar(select(supporters.c.stopped_at))) is not None


async def test_each_stop_word_alone_stops(chat: Chat) -> None:
    assert len(STOP_WORDS) > 60
    for word in STOP_WORDS:
        assert (await chat.say(word)).startswith("It is so already"), word


@pytest.mark.parametrize("word", ["stop", "désabonnez-moi", "no más mensajes", "وقف الرسائل"])
async def test_a_stop_word_may_be_dressed_up(word: str, chat: Chat, vigil: Vigil) -> None:
    for said in (word, f" {word.upper()}! ", f"«{word.title()}»", f"\u200f{word}."):
        await choose(chat)
        assert (await chat.say(said)).startswith("Stopped."), said
        assert await chosen(vigil) == []


async def test_the_word_inside_a_sentence_does_not_stop(chat: Chat, vigil: Vigil) -> None:
    assert len(NOT_STOP) == 30
    await sign(chat)
    await choose(chat)
    for sentence in NOT_STOP:
        assert not (await chat.say(sentence)).startswith("Stopped."), sentence
    assert not await stopped(vigil)
    assert len(await chosen(vigil)) == 1


@pytest.mark.parametrize("words", ["/stop", "/stop please", "STOP", "/stop@vigil_playground_bot"])
async def test_a_stop_is_kept_and_what_was_signed_stays_signed(
    words: str, chat: Chat, vigil: Vigil
) -> None:
    await sign(chat)
    answer = await chat.say(words)
    assert answer.startswith("Stopped.")
    assert "What you signed stays signed" in answer
    assert await stopped(vigil)
    assert await counted(vigil) == (1, 1)
    assert await chat.say("hello")


async def test_in_the_middle_of_a_name_stop_is_no_name(chat: Chat, vigil: Vigil) -> None:
    await choose(chat)
    await chat.link("petition-cameroon-torture")
    await chat.tap("Add my name")
    await chat.tap("Write another name")
    assert (await chat.say("STOP")).startswith("Stopped.")
    assert (await all_rows(vigil.database))["dialogs"] == []


async def test_a_stop_ends_every_choice_and_one_goodbye_is_said(chat: Chat, vigil: Vigil) -> None:
    await sign(chat)
    await choose(chat)
    await choose(chat, "Turn on: Newsletter")
    await follow(chat)
    assert (await chat.say("/stop")).startswith("Stopped.")
    assert await chosen(vigil) == []
    assert await stopped(vigil)
    for words in ("stop", "/stop"):
        assert (await chat.say(words)).startswith("It is so already: you have said stop")
    assert "Nothing, because you have said stop." in await chat.say("/alerts")


async def test_who_is_held_for_nothing_else_is_erased_by_a_stop(chat: Chat, vigil: Vigil) -> None:
    await choose(chat)
    assert "was all that we kept about you, and it is erased." in await chat.say("stop")
    assert not any((await rows_about(vigil.database, chat.user)).values())
    assert (await chat.say("stop")).startswith("It is so already: I send you nothing by myself.")


async def test_who_was_sent_something_is_kept_as_stopped(chat: Chat, vigil: Vigil) -> None:
    """The ledger has to add up, and a message that went out may have to be corrected."""
    await choose(chat)
    await delivered(vigil, chat.user)
    assert (await chat.say("/stop")).startswith("Stopped.")
    assert await stopped(vigil)
    assert len((await rows_about(vigil.database, chat.user))["deliveries"]) == 1


async def test_what_still_waits_to_be_sent_to_her_is_skipped(chat: Chat, vigil: Vigil) -> None:
    await choose(chat)
    other = vigil.chat(1)
    await choose(other)
    for person in (chat.user, other.user):
        await delivered(vigil, person, DeliveryState.PENDING)
    await chat.send_data("alert:stop")
    rows = (await all_rows(vigil.database))["deliveries"]
    assert {(row["supporter_id"], row["state"], row["reason"]) for row in rows} == {
        (chat.user, "skipped", "stopped"),
        (other.user, "pending", None),
    }


async def test_who_is_on_the_staff_stays_on_it(chat: Chat, vigil: Vigil) -> None:
    await choose(chat)
    await employ(vigil, chat.user)
    await chat.say("/stop")
    assert await stopped(vigil)
    assert len((await rows_about(vigil.database, chat.user))["staff"]) == 1


async def test_a_new_yes_is_the_way_back_and_says_so(chat: Chat, vigil: Vigil) -> None:
    await sign(chat)
    await choose(chat)
    await chat.say("/stop")
    vigil.world.clock.jump(timedelta(days=2))
    await chat.say("/alerts")
    assert "A yes to these words ends that, for this and nothing else." in await chat.tap(URGENT)
    await chat.tap(YES)

    assert "You said yes on 3 March 2027." in chat.replies[0]
    assert chat.replies[1].startswith("Your stop has ended: you get what you have just said yes")
    assert not await stopped(vigil)
    assert [row["topic"] for row in await chosen(vigil)] == ["urgent"]


async def test_a_yes_from_before_a_stop_does_not_end_it(chat: Chat, vigil: Vigil) -> None:
    await sign(chat)
    await chat.say("/alerts")
    await chat.tap(URGENT)
    screen, yes = chat.last["message_id"], data_of(chat.last, YES)
    await chat.say("STOP")

    assert "You have said stop. A yes to these words ends that" in await chat.send_data(yes, screen)
    assert await stopped(vigil)
    assert await chosen(vigil) == []
    shown = vigil.world.chat(chat.id).by_id[screen]
    await chat.send_data(data_of(shown, YES), screen)
    assert not await stopped(vigil)
    assert len(await chosen(vigil)) == 1


async def test_the_stop_under_an_alert_leaves_it_there(chat: Chat, vigil: Vigil) -> None:
    await sign(chat)
    await choose(chat)
    await chat.say("hello")
    alert = dict(chat.last)
    for words in ("Stopped.", "It is so already"):
        answer = await chat.send_data("alert:stop", alert["message_id"])
        assert answer.startswith(words)
        assert vigil.world.chat(chat.id).by_id[alert["message_id"]] == alert
    assert await stopped(vigil)
    assert vigil.world.queries == {}


async def test_two_taps_on_stop_say_one_goodbye(chat: Chat, vigil: Vigil) -> None:
    await sign(chat)
    await asyncio.gather(*(chat.send_data("alert:stop") for _ in range(5)))
    goodbyes = [one for one in chat.messages if one.get("text", "").startswith("Stopped.")]
    assert len(goodbyes) == 1


async def test_a_stop_under_an_alert_is_not_lost_in_a_flood(chat: Chat, vigil: Vigil) -> None:
    await sign(chat)
    await choose(chat)
    alert = chat.last["message_id"]
    for number in range(120):
        vigil.world.say(chat.user, f"flood {number}")
    vigil.world.tap(chat.user, chat.id, alert, "alert:stop")
    await vigil.world.settled()
    assert await stopped(vigil)
    assert await chosen(vigil) == []


async def unreachable(vigil: Vigil, person: int) -> bool:
    rows = (await rows_about(vigil.database, person))["supporters"]
    return rows[0]["unreachable_since"] is not None


async def test_who_blocks_is_unreachable_and_not_erased(chat: Chat, vigil: Vigil) -> None:
    await sign(chat)
    vigil.world.block(chat.user)
    await vigil.world.settled()
    assert await unreachable(vigil, chat.user)
    assert await counted(vigil) == (1, 1)

    vigil.world.block(chat.user, blocked=False)
    await vigil.world.settled()
    assert not await unreachable(vigil, chat.user)
    assert "number 1" in await chat.say("/mysignatures")


async def test_a_refused_message_means_blocked_too(chat: Chat, vigil: Vigil) -> None:
    await sign(chat)
    vigil.world.faults.add(Fault("blocked", "sendMessage"))
    assert await chat.say("hello") == ""
    assert await unreachable(vigil, chat.user)


async def test_who_writes_again_can_be_reached_again(chat: Chat, vigil: Vigil) -> None:
    """Telegram's word of the unblocking may have been lost while the bot was down."""
    await sign(chat)
    await vigil.services.supporters.blocked(chat.user)
    await chat.say("hello")
    assert not await unreachable(vigil, chat.user)


async def test_being_put_out_of_a_group_blocks_nobody(start: Start) -> None:
    vigil = await start()
    admin = Chat(vigil.world, vigil.world.admins[0].id)
    await sign(admin)
    vigil.world.faults.add(Fault("blocked", "sendMessage", vigil.world.admin_chat.id))
    await vigil.group().say("/content")
    assert not await unreachable(vigil, admin.user)


async def test_who_was_never_known_is_not_kept_for_blocking(chat: Chat, vigil: Vigil) -> None:
    await chat.say("hello")
    vigil.world.block(chat.user)
    await vigil.world.settled()
    assert not any((await rows_about(vigil.database, chat.user)).values())


def test_the_words_are_the_ones_that_the_file_promises() -> None:
    assert {"stop", "arrêt", "alto", "توقف"} <= set(STOP_WORDS)
    assert not any(re.search(r"\d", word) for word in STOP_WORDS)
