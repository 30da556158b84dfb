"""Correcting and recalling what people have already."""

from collections.abc import Sequence
from datetime import timedelta

import pytest

from bot.models import AlertState, Role
from playground.faults import Fault
from playground.wire import Upload
from playground.world import World
from tests.conftest import NOON, Start, Vigil
from tests.conversation import Chat, Message, words
from tests.handlers.organiser import desk
from tests.handlers.organiser.desk import MINUTE, TEXT
from tests.handlers.organiser.test_transcript import want_urgent_actions
from tests.playground.wire import PNG

FINISHED, CANCELLED = AlertState.FINISHED, AlertState.CANCELLED
NEW = "They hold Samira without a lawyer. Ask for two."
NOTE = "\n\nCorrected on 1 March 2027"
WITHDRAWN = "This message was withdrawn."
MOVED = "It has moved on since this button was made"
FEW = 20
HOUR = timedelta(hours=1)


@pytest.fixture
async def world() -> World:
    return desk.crowded(FEW)


@pytest.fixture
async def vigil(start: Start, world: World) -> Vigil:
    """Hanna is the owner, Omar an admin, Ravi an organiser."""
    vigil = await start(owners=frozenset({world.admins[0].id}))
    await desk.staffed(vigil)
    return vigil


@pytest.fixture
async def crowd(vigil: Vigil) -> Vigil:
    """Twenty people want urgent actions."""
    await desk.enrol(vigil, last=FEW)
    return vigil


async def sent(vigil: Vigil) -> int:
    """An urgent action that has gone out; its number."""
    number = await desk.approve(vigil)
    vigil.world.clock.jump(MINUTE)
    await vigil.sent()
    return number


async def open_in_queue(vigil: Vigil, opening: str) -> Chat:
    ravi = vigil.organiser()
    await ravi.say("/queue")
    await desk.tap(ravi, opening)
    return ravi


async def corrected(vigil: Vigil, text: str = NEW) -> None:
    """Ravi writes other words and submits them; the card is in the group."""
    ravi = await open_in_queue(vigil, "Urgent action")
    await ravi.tap("Correct")
    await ravi.tap("Text")
    await ravi.say(text)
    await ravi.tap("Submit for approval")
    await vigil.keep()


async def recalled(vigil: Vigil) -> None:
    """Ravi asks for it and Hanna says yes; nothing is done yet."""
    ravi = await open_in_queue(vigil, "Urgent action")
    await ravi.tap("Recall")
    await ravi.tap("Recall it")
    await vigil.keep()
    await desk.tap(vigil.group(), "Recall it")


def alert_of(chat: Chat) -> Message:
    return next(one for one in chat.messages if words(one).startswith(TEXT[:20]))


def texts(vigil: Vigil, people: Sequence[int] | None = None) -> set[str]:
    """What the crowd reads now; "" of whoever has nothing."""
    people = people or vigil.world.crowd.ids
    said = (vigil.world.chat(one).messages for one in people)
    return {words(messages[-1]) if messages else "" for messages in said}


async def test_an_alert_is_corrected_by_one_and_approved_by_another(vigil: Vigil) -> None:
    """Of five people one has blocked us, one has said stop, one has erased herself, one cleared."""
    stays, blocks, stops, erases, clears = chats = [vigil.chat(n) for n in range(5)]
    for chat in chats:
        await want_urgent_actions(chat)
    number = await sent(vigil)
    before = {chat.user: alert_of(chat) for chat in chats}
    vigil.world.faults.add(Fault("blocked", "editMessageText", blocks.user))
    await stops.tap("Stop")
    await erases.say("/forgetme")
    await erases.tap("Erase everything")
    place = vigil.world.chat(clears.user)
    vigil.world.delete(place, [alert_of(clears)["message_id"]])

    ravi = await open_in_queue(vigil, "Urgent action")
    assert "Urgent action 1: It has gone out" in ravi.last["text"]
    assert ravi.buttons == ["Correct", "Recall", "Back to the list"]
    await ravi.tap("Correct")
    card = ravi.last["text"]
    assert card.startswith("Correction · 2 · draft")
    assert "Corrects: number 1, as soon as it is approved" in card
    assert "Stands with: 4 people" in card
    assert "Nothing is different yet" in card
    assert "Submit for approval" not in ravi.buttons
    await ravi.tap("Text")
    assert "4,016 characters" in ravi.last["text"]
    await ravi.say(NEW)
    await ravi.tap("Preview")
    preview = ravi.messages[-2]
    assert preview["text"] == NEW + NOTE
    await ravi.tap("Submit for approval")
    await vigil.keep()
    shown, card = vigil.world.admin_chat.messages[-2:]
    assert shown["text"] == NEW + NOTE
    assert "exactly as it will stand in people's chats" in card["text"]
    assert vigil.group().buttons == [
        "Approve: 4 people",
        "Send back to its author",
        "Cancel for good",
    ]
    await desk.tap(vigil.group(), "Approve")
    await vigil.sent()

    for chat in (stays, stops):
        message = alert_of(chat)
        assert message["text"] == NEW + NOTE
        assert message["message_id"] == before[chat.user]["message_id"]
        assert message["reply_markup"] == before[chat.user]["reply_markup"]
    assert alert_of(blocks)["text"] == TEXT
    assert alert_of(erases)["text"] == TEXT
    assert await desk.figures(vigil, 2) == {
        ("sent", ""): 2,
        ("failed", "blocked"): 1,
        ("failed", "gone"): 1,
    }
    [report] = [one for one in vigil.group().messages if "Report: Correction 2" in words(one)]
    assert "Corrected: 2\n" in report["text"]
    assert "have blocked the bot" in report["text"]
    assert "had deleted it themselves" in report["text"]
    assert "Correction 2 (of 1): It is done" in ravi.last["text"]
    assert "• Urgent action 1: finished just now, sent to 5 of 5, corrected" in await ravi.say(
        "/queue"
    )
    await stays.tap("Stop")
    assert stays.replies[-1].startswith("Stopped")
    assert alert_of(stays)["text"] == NEW + NOTE


async def test_a_recall_deletes_what_is_young_and_replaces_what_is_old(crowd: Vigil) -> None:
    """To the second: five minutes before Telegram's two days are over."""
    vigil, early = crowd, crowd.world.crowd.ids[0]
    vigil.world.people[early].blocked = True  # which the bot has not heard of
    number = await sent(vigil)
    assert await desk.figures(vigil, number) == {("sent", ""): FEW - 1, ("failed", "blocked"): 1}
    vigil.world.clock.jump(timedelta(hours=10))
    vigil.world.block(early, blocked=False)
    await vigil.world.settled()
    await vigil.group().tap("Try the failed ones again")
    await vigil.sent()
    vigil.world.clock.jump(timedelta(hours=38) - timedelta(minutes=5))

    ravi = await open_in_queue(vigil, "Urgent action")
    await ravi.tap("Recall")
    assert "1 message is deleted." in ravi.last["text"]
    assert "19 messages are older than two days" in ravi.last["text"]
    await ravi.tap("Recall it")
    assert "An admin decides in the admin group" in ravi.last["text"]
    await vigil.keep()
    await vigil.sent()
    assert texts(vigil) == {TEXT}
    assert vigil.group().buttons == ["Recall it: 20 people", "Leave it as it is"]
    await desk.tap(vigil.group(1), "Recall it: 20")
    await vigil.sent()

    assert not [one for one in vigil.world.chat(early).messages if words(one) == TEXT]
    assert texts(vigil, vigil.world.crowd.ids[1:]) == {WITHDRAWN}
    assert not vigil.world.chat(vigil.world.crowd.ids[1]).messages[-1].get("reply_markup")
    assert await desk.figures(vigil, 2) == {("sent", "deleted"): 1, ("sent", "withdrawn"): 19}
    assert "recalled" in await ravi.say("/queue")
    for act in (f"queue:correct:{number}", f"queue:recall:{number}:yes"):
        assert (await ravi.send_data(act)).startswith(MOVED)
