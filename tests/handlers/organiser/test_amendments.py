"""Correcting and recalling what people have already."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta

import pytest
import sqlalchemy as sa

from bot.models import AlertState, DeliveryState, Role
from bot.store.schema import alert_texts, deliveries
from handlers.recalls.pictures import give as give_pictures
from playground.faults import Fault
from playground.wire import Upload
from playground.world import World
from tests.conftest import Start, Vigil
from tests.conversation import Chat, Message, words
from tests.handlers.organiser import desk
from tests.handlers.organiser.desk import MINUTE, TEXT
from tests.handlers.organiser.test_transcript import want_urgent_actions
from tests.handlers.rows import rows_about
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


async def halt(vigil: Vigil, method: str) -> None:
    """Begin number 2, and let Telegram make most people wait for longer than any test lasts."""
    last = vigil.world.crowd.ids[9]
    vigil.world.faults.add(Fault("flood", method, last, retry_after=3_600))
    await vigil.look()
    async with asyncio.timeout(desk.PATIENCE):
        while vigil.world.faults.waiting:  # noqa: ASYNC110 - the playground rings no bell for this
            await asyncio.sleep(0.005)
        while await desk.on_the_wire(vigil, 2):  # noqa: ASYNC110 - nor for this
            await asyncio.sleep(0.005)


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
    await sent(vigil)
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


async def test_what_still_goes_out_has_the_new_words(crowd: Vigil, start: Start) -> None:
    """It stands from the first tap on, nobody gets two, and who had it not is shown no note."""
    vigil = crowd
    number = await desk.halted(vigil)
    had = {one for one in vigil.world.crowd.ids if desk.received(vigil)[one]}
    ravi = await open_in_queue(vigil, "Urgent action")
    await ravi.tap("Correct")
    assert "Urgent action 1 is paused: who does not have it yet" in ravi.last["text"]
    assert (await desk.state(vigil, number))[0] is AlertState.PAUSED
    await corrected(vigil)
    await desk.tap(vigil.group(), "Approve")
    vigil = await again(vigil, start)
    await vigil.look()
    async with asyncio.timeout(desk.PATIENCE):
        while await desk.state(vigil, number) != (AlertState.SENDING, None):  # noqa: ASYNC110
            await asyncio.sleep(0.005)  # until all are known who had the old words
    await vigil.sent()

    assert 0 < len(had) < FEW
    for person in vigil.world.crowd.ids:
        [message] = vigil.world.chat(person).messages
        assert message["text"] == (NEW + NOTE if person in had else NEW)
    assert await desk.figures(vigil, number) == {("sent", ""): FEW}
    assert await desk.figures(vigil, 2) == {("sent", ""): len(had)}


async def test_a_recall_ends_what_still_goes_out(crowd: Vigil, start: Start) -> None:
    """One admin is enough, from the card; a correction that waits comes to nothing."""
    vigil = crowd
    number = await desk.halted(vigil)
    had = sum(desk.received(vigil).values())
    await corrected(vigil)
    await desk.tap(vigil.group(), "Approve")
    await vigil.keep()
    await vigil.services.amendments.standing(number, vigil.world.admins[0].id)
    assert "Recall Urgent action 1?" in await desk.tap(vigil.group(), "Recall it")
    await vigil.group().tap("Leave it as it is")
    assert "Nothing was recalled" in words(vigil.group().last)
    await desk.tap(vigil.group(), "Recall it")
    await desk.tap(vigil.group(), "Recall it")
    vigil = await again(vigil, start)
    await vigil.sent()

    assert texts(vigil) == {""}
    assert await desk.state(vigil, number) == (CANCELLED, None)
    assert await desk.state(vigil, 2) == (CANCELLED, None)
    assert await desk.figures(vigil, 3) == {("sent", "deleted"): had}
    assert await desk.figures(vigil, number) == {
        ("sent", ""): had,
        ("skipped", "cancelled"): FEW - had,
    }


async def test_two_corrections_in_a_row(crowd: Vigil) -> None:
    """The first one, tried again, would bring its words back: that is refused."""
    vigil = crowd
    await sent(vigil)
    away = vigil.world.crowd.ids[3]
    vigil.world.faults.add(Fault("not_found", "editMessageText", away))
    for text in ("First", "Second"):
        await corrected(vigil, text)
        await desk.tap(vigil.group(), "Approve")
        await vigil.sent()
    assert texts(vigil) == {"Second" + NOTE}
    assert await desk.figures(vigil, 2) == {("sent", ""): FEW - 1, ("failed", "no chat"): 1}
    assert (await desk.forge(vigil.group(), "admin:retry:failed:2")).startswith(MOVED)
    await vigil.sent()
    assert texts(vigil) == {"Second" + NOTE}


async def test_a_kill_and_lost_answers_leave_nothing_to_decide(crowd: Vigil, start: Start) -> None:
    """An edit done twice is done once: what was on the wire goes again by itself."""
    vigil = crowd
    await sent(vigil)
    await corrected(vigil)
    await desk.tap(vigil.group(), "Approve")
    await halt(vigil, "editMessageText")
    people = vigil.world.crowd.ids
    edited = [one for one in people if texts(vigil, [one]) == {NEW + NOTE}]
    assert 0 < len(edited) < FEW
    killed = {edited[0], people[-1]}  # one was edited, and one was not
    async with vigil.database.write() as db:
        await db.execute(
            sa.update(deliveries)
            .where(deliveries.c.alert_id == 2, deliveries.c.supporter_id.in_(killed))
            .values(state=DeliveryState.SENDING)
        )
    lost = people[-2]
    vigil.world.faults.add(Fault("reset", "editMessageText", lost, after_effect=True))
    vigil.world.faults.add(Fault("bad_gateway", "editMessageText", lost))
    vigil = await again(vigil, start)
    await vigil.sent()
    assert texts(vigil) == {NEW + NOTE}
    assert await desk.figures(vigil, 2) == {("sent", ""): FEW}
    assert await desk.state(vigil, 2) == (FINISHED, None)


async def test_a_recall_is_paused_frozen_and_goes_on(crowd: Vigil, start: Start) -> None:
    """Also hours later: what takes words back is never too late."""
    vigil = crowd
    await sent(vigil)
    await recalled(vigil)
    await halt(vigil, "deleteMessage")
    await vigil.keep()
    await desk.tap(vigil.group(), "Pause")
    assert (await desk.state(vigil, 2))[0] is AlertState.PAUSED
    left = (await desk.figures(vigil, 2))["pending", ""]
    assert 0 < left < FEW
    vigil = await again(vigil, start)
    await vigil.look()
    assert (await desk.figures(vigil, 2))["pending", ""] == left
    await vigil.group().say("/freeze")
    await vigil.keep()
    await desk.tap(vigil.group(), "Go on")
    await vigil.look()
    assert (await desk.figures(vigil, 2))["pending", ""] == left
    vigil.world.clock.jump(5 * HOUR)
    await vigil.group().say("/unfreeze")
    await vigil.sent()
    assert texts(vigil) == {""}
    assert await desk.figures(vigil, 2) == {("sent", "deleted"): FEW}


async def test_what_telegram_does_not_delete_after_all_is_replaced(crowd: Vigil) -> None:
    vigil = crowd
    await sent(vigil)
    vigil.world.clock.jump(49 * HOUR)
    later = vigil.world.crowd.ids[0]
    async with vigil.database.write() as db:
        await db.execute(
            sa.update(deliveries)
            .where(deliveries.c.supporter_id == later)
            .values(settled_at=vigil.services.now())
        )
    await recalled(vigil)
    await vigil.sent()
    assert texts(vigil) == {WITHDRAWN}
    assert await desk.figures(vigil, 2) == {("sent", "withdrawn"): FEW}


async def test_who_may_correct_and_who_may_approve_it(crowd: Vigil) -> None:
    """An admin may correct what others wrote, and does not approve it herself."""
    vigil = crowd
    number = await sent(vigil)
    ines, hanna = vigil.chat(4), Chat(vigil.world, vigil.world.admins[0].id)
    await vigil.services.staff.appoint(hanna.user, ines.user, Role.ORGANISER)
    await ines.say("/queue")
    await desk.tap(ines, "Urgent action")
    assert ines.buttons == ["Back to the list"]
    for act in ("correct", "recall"):
        assert (await ines.send_data(f"queue:{act}:{number}")).startswith("Only admins can")
    await hanna.say("/queue")
    await desk.tap(hanna, "Urgent action")
    await hanna.tap("Correct")
    await hanna.tap("Text")
    await hanna.say(NEW)
    revision = (await vigil.services.watching.one(2)).alert.revision
    for what in ("attach", "when", "until", "audience", "to:none", "at:now", "signers"):
        await hanna.send_data(f"draft:2:{revision}:{what}")
    seen = (await vigil.services.watching.one(2)).alert
    assert (seen.revision, seen.about, seen.send_at) == (revision, None, None)
    await hanna.send_data(f"draft:2:{revision}:submit")
    await vigil.keep()
    await desk.tap(vigil.group(), "Approve")
    assert vigil.group().popups[-1].startswith("You wrote on this one")
    await desk.tap(vigil.group(1), "Approve")
    await vigil.sent()
    assert texts(vigil) == {NEW + NOTE}


async def test_a_correction_changed_behind_its_back_goes_to_nobody(crowd: Vigil) -> None:
    vigil = crowd
    await sent(vigil)
    await corrected(vigil)
    await desk.tap(vigil.group(), "Approve")
    async with vigil.database.write() as db:
        await db.execute(
            sa.update(alert_texts).where(alert_texts.c.alert_id == 2).values(text="Pay us.")
        )
    await vigil.sent()
    assert await desk.state(vigil, 2) == (AlertState.HELD, "text differs")
    assert texts(vigil) == {TEXT}


async def test_who_got_it_is_forgotten_with_the_alert_that_was_corrected(crowd: Vigil) -> None:
    vigil = crowd
    number = await sent(vigil)
    vigil.world.clock.jump(timedelta(days=89))
    await corrected(vigil)
    await desk.tap(vigil.group(), "Approve")
    await vigil.sent()
    vigil.world.clock.jump(timedelta(days=2))
    await vigil.services.housekeeping.tick()
    assert not any((await rows_about(vigil.database, vigil.world.crowd.ids[0]))["deliveries"])
    for one in (number, 2):
        assert await desk.figures(vigil, one) == {("sent", ""): FEW}
    ravi = vigil.organiser()
    assert (await ravi.send_data(f"queue:correct:{number}")).startswith("No message of it is known")


class TestPictures:
    async def test_a_picture_is_corrected_and_gives_way_to_a_neutral_one(
        self, crowd: Vigil
    ) -> None:
        vigil = crowd
        ravi = vigil.organiser()
        await desk.draft(vigil)
        first = await picture(ravi)
        await ravi.tap("Submit for approval")
        await vigil.keep()
        await desk.tap(vigil.group(), "Approve")
        vigil.world.clock.jump(MINUTE)
        await vigil.sent()

        await open_in_queue(vigil, "Urgent action")
        await ravi.tap("Correct")
        second = await picture(ravi)
        assert "Take the picture out" not in ravi.buttons
        await ravi.tap("Submit for approval")
        await vigil.keep()
        await desk.tap(vigil.group(), "Approve")
        await vigil.sent()
        shown = {photo(vigil.world.chat(one).messages[-1]) for one in vigil.world.crowd.ids}
        assert shown == {(second, TEXT + NOTE)}

        vigil.world.clock.jump(48 * HOUR)
        await recalled(vigil)
        await vigil.sent()
        [(neutral, said)] = {
            photo(vigil.world.chat(one).messages[-1]) for one in vigil.world.crowd.ids
        }
        assert said == WITHDRAWN
        assert neutral not in {first, second}
        uploads = [
            one
            for one in vigil.world.files.by_id.values()
            if one.upload.name.startswith("withdrawn")
        ]
        assert [one.file_id for one in uploads] == [neutral]

    async def test_a_text_may_get_a_picture_and_a_picture_becomes_no_text(
        self, crowd: Vigil
    ) -> None:
        vigil = crowd
        ravi = vigil.organiser()
        await sent(vigil)
        await open_in_queue(vigil, "Urgent action")
        await ravi.tap("Correct")
        added = await picture(ravi)
        await ravi.tap("Submit for approval")
        await vigil.keep()
        await desk.tap(vigil.group(), "Approve")
        await vigil.sent()
        shown = {photo(vigil.world.chat(one).messages[-1]) for one in vigil.world.crowd.ids}
        assert shown == {(added, TEXT + NOTE)}

        await open_in_queue(vigil, "Urgent action")
        await ravi.tap("Correct")
        revision = (await vigil.services.watching.one(3)).alert.revision
        await ravi.send_data(f"draft:3:{revision}:nopicture")
        assert "Telegram lets nobody take it out again" in ravi.last["text"]
        assert "Submit for approval" not in ravi.buttons

    @pytest.mark.parametrize("by_organiser", [True, False])
    async def test_a_recall_stands_though_the_grey_picture_is_refused(
        self, crowd: Vigil, by_organiser: bool
    ) -> None:
        """It is said, nobody gets the alert meanwhile, and it begins when Telegram takes one."""
        vigil = crowd
        ravi, hanna = vigil.organiser(), vigil.group()
        await desk.draft(vigil)
        await picture(ravi)
        await ravi.tap("Submit for approval")
        await vigil.keep()
        await desk.tap(hanna, "Approve")
        vigil.world.clock.jump(MINUTE)
        await vigil.sent()
        vigil.world.faults.add(Fault("blocked", "sendPhoto", hanna.id, times=1))

        if by_organiser:
            await recalled(vigil)
        else:
            await desk.tap(hanna, "Recall")
            await desk.tap(hanna, "Recall it")

        said = [words(one) for one in hanna.messages]
        assert [one for one in said if "grey picture" in one]
        assert not [one for one in said if one.startswith("Recall of") and "begins." in one]
        assert not [one for one in ravi.messages if "approved and begins" in words(one)]
        await vigil.sent()
        assert all(vigil.world.chat(one).messages for one in vigil.world.crowd.ids)
        assert (await desk.state(vigil, 1))[0] is AlertState.FINISHED

        vigil.world.clock.jump(MINUTE)
        await give_pictures(vigil.app.bot, vigil.services)
        await vigil.sent()
        assert not any(vigil.world.chat(one).messages for one in vigil.world.crowd.ids)


async def picture(ravi: Chat) -> str:
    """Put one into the draft on the table; its file_id."""
    before = set(ravi.world.files.by_id)
    await ravi.tap("Picture")
    upload = Upload("march.png", PNG, "image/png")
    await ravi._after(lambda: ravi.world.photo(ravi.user, upload, ravi.id))
    [made] = set(ravi.world.files.by_id) - before
    return made


def photo(message: Message) -> tuple[str, str]:
    return message["photo"][-1]["file_id"], words(message)


async def again(vigil: Vigil, start: Start) -> Vigil:
    return await start(owners=vigil.settings.owners)
