"""What the admin group sees of an alert: one card that is kept, and one report that adds up."""

import re
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta

import pytest
import sqlalchemy as sa

from bot.models import AlertState, DeliveryState, Role
from bot.store import Connection, deliveries
from bot.store.deliveries import Reason, Record
from bot.store.schema import deliveries as rows
from handlers.admin.cards import Keeper
from playground.faults import Fault
from playground.world import World
from tests.conftest import Start, Vigil
from tests.handlers.organiser import desk
from tests.handlers.organiser.desk import MINUTE

PENDING, SENT = DeliveryState.PENDING, DeliveryState.SENT
SKIPPED, FAILED, UNKNOWN = DeliveryState.SKIPPED, DeliveryState.FAILED, DeliveryState.UNKNOWN
FINISHED = AlertState.FINISHED
PEOPLE = 40
CANCEL = "Cancel for good"


@pytest.fixture
async def world() -> World:
    return desk.crowded(PEOPLE)


@pytest.fixture
async def vigil(start: Start) -> Vigil:
    """Both admins are owners; forty people want urgent actions."""
    vigil = await start()
    await desk.staffed(vigil)
    await desk.enrol(vigil)
    return vigil


class Hands:
    """A keeper, and the hands of its clock, in seconds."""

    def __init__(self, vigil: Vigil) -> None:
        self.at = 0.0
        self.keeper = Keeper(vigil.app.bot, vigil.services, lambda: self.at)

    async def keep(self, after: float = 0.0) -> None:
        self.at += after
        await self.keeper.keep()


async def begun(vigil: Vigil) -> int:
    """An alert that has started, of which nothing goes out by itself."""
    number = await desk.approve(vigil)
    vigil.world.clock.jump(MINUTE)
    await vigil.services.schedule.tick()
    return number


async def settle(
    vigil: Vigil,
    number: int,
    people: Sequence[int],
    state: DeliveryState = SENT,
    reason: Reason | None = None,
) -> None:
    """Let so many of the crowd have been served, as the sender writes it down."""
    alert, now = (await vigil.services.watching.one(number)).alert, vigil.services.now()
    async with vigil.database.write() as db:
        assert await deliveries.claim(db, alert, people, now) == set(people)
        found = [Record(number, person, state, reason) for person in people]
        await deliveries.record(db, found, now)


def edits(vigil: Vigil) -> int:
    """How often a message in the admin group was edited, or asked to be."""
    group = vigil.world.admin_chat.id
    calls = [one for one in vigil.world.calls if one.method == "editMessageText"]
    return sum(one.chat_id == group for one in calls)


async def test_one_card_goes_with_it_from_approval_to_its_end(vigil: Vigil) -> None:
    hands, ravi = Hands(vigil), vigil.organiser()
    number = await desk.draft(vigil)
    await ravi.tap("Submit for approval")
    await hands.keep()
    kept = (await vigil.services.watching.one(number)).alert.card
    assert "Waits for approval. Written by Ravi Sandoval." in desk.card(vigil, number)
    await desk.tap(vigil.group(), "Approve")
    assert "Approved by Hanna Lindqvist. It can be cancelled" in desk.card(vigil, number)
    vigil.world.clock.jump(MINUTE)
    await vigil.services.schedule.tick()
    await hands.keep(5)
    assert "Is being sent." in desk.card(vigil, number)
    await vigil.group().tap("Pause")
    assert "Paused." in desk.card(vigil, number)
    await vigil.group().tap("Go on")
    await vigil.look()
    await desk.arrived(vigil, PEOPLE)
    await vigil.sent()
    assert "Finished." in desk.card(vigil, number)
    assert len(desk.cards(vigil, number)) == 1
    assert (await vigil.services.watching.one(number)).alert.card == kept


async def test_what_is_to_be_approved_stands_above_its_card(vigil: Vigil) -> None:
    await desk.submit(vigil)
    shown, card = vigil.world.admin_chat.messages[-2:]
    assert shown["text"] == desk.TEXT
    [buttons] = shown["reply_markup"]["inline_keyboard"]
    assert [button["text"] for button in buttons] == ["Choose what I get", "Stop"]
    assert card["text"].startswith("Urgent action · 1\nWaits for approval.")


async def test_a_card_is_edited_every_five_seconds_at_most(vigil: Vigil) -> None:
    number, hands = await begun(vigil), Hands(vigil)
    people = vigil.world.crowd.ids
    await hands.keep()
    before = edits(vigil)
    await settle(vigil, number, people[:10])
    await hands.keep(4.9)
    assert edits(vigil) == before
    await hands.keep(0.1)
    assert edits(vigil) == before + 1
    assert f"10 of {PEOPLE}" in desk.card(vigil, number)
    await hands.keep(5)
    assert edits(vigil) == before + 2  # the speed has gone from it
    await hands.keep(5)
    assert edits(vigil) == before + 2  # and then nothing has changed


async def test_two_cards_share_what_a_group_may_be_told(vigil: Vigil) -> None:
    first, hands = await begun(vigil), Hands(vigil)
    await desk.submit(vigil)
    await hands.keep()
    before = edits(vigil)
    await settle(vigil, first, vigil.world.crowd.ids[:10])
    await hands.keep(9.9)
    assert edits(vigil) == before
    await hands.keep(0.1)
    assert edits(vigil) == before + 1


async def test_a_card_says_how_fast_it_goes_and_how_long_it_takes(vigil: Vigil) -> None:
    number, hands = await begun(vigil), Hands(vigil)
    await hands.keep()
    assert "a second" not in desk.card(vigil, number)
    assert "0 %" in desk.card(vigil, number)
    await settle(vigil, number, vigil.world.crowd.ids[:20])
    await hands.keep(10)
    card = desk.card(vigil, number)
    assert "50 %" in card
    assert "2 a second · about 10 s left" in card
    await settle(vigil, number, vigil.world.crowd.ids[20:39])
    await hands.keep(10)
    card = desk.card(vigil, number)
    assert "97 %" in card
    [bar] = re.findall(r"(\S+) 97 %", card)
    assert len(set(bar)) == 2  # it is not drawn full before everybody is served


async def test_a_card_says_why_nothing_goes_out_at_its_time(vigil: Vigil) -> None:
    number = await desk.approve(vigil)
    await vigil.group().say("/freeze")
    vigil.world.clock.jump(2 * MINUTE)
    await vigil.sent()
    card = desk.card(vigil, number)
    assert "Approved by Hanna Lindqvist" in card
    assert "All sends are stopped by /freeze, this one with them." in card
    await vigil.group().say("/unfreeze")
    await vigil.sent()
    assert "stopped by /freeze" not in desk.card(vigil, number)


async def test_a_deleted_card_comes_back(vigil: Vigil) -> None:
    number, hands = await begun(vigil), Hands(vigil)
    await hands.keep()
    card = (await vigil.services.watching.one(number)).alert.card
    assert card is not None
    vigil.world.admin_chat.remove([card])
    await settle(vigil, number, vigil.world.crowd.ids[:10])
    for _ in range(4):
        await hands.keep(5)
    assert len(desk.cards(vigil, number)) == 1
    assert f"10 of {PEOPLE}" in desk.card(vigil, number)
    assert vigil.group().buttons == ["Pause"]


async def test_a_question_that_could_not_be_asked_is_asked_later(vigil: Vigil) -> None:
    """Telegram fails just when an alert is held: nobody may miss that."""
    number, hands = await desk.approve(vigil, when="1 March 18:00"), Hands(vigil)
    await hands.keep()
    vigil.world.clock.jump(timedelta(hours=9))
    await vigil.services.schedule.tick()
    group = vigil.world.admin_chat.id
    vigil.world.faults.add(Fault("bad_gateway", "editMessageText", group))
    await hands.keep(5)
    assert "Held back." not in desk.card(vigil, number)
    await hands.keep(60)
    assert "Held back." in desk.card(vigil, number)
    assert vigil.group().buttons == [f"Send it now to {PEOPLE} people", CANCEL]


Step = Callable[[Vigil], Awaitable[object]]


async def _nothing(_: Vigil) -> None:
    """As it is."""


async def _approve(vigil: Vigil) -> None:
    await desk.tap(vigil.group(), "Approve")


async def _start(vigil: Vigil) -> None:
    await _approve(vigil)
    vigil.world.clock.jump(MINUTE)
    await vigil.services.schedule.tick()


async def _pause(vigil: Vigil) -> None:
    await _start(vigil)
    await vigil.services.control.pause(1, vigil.world.admins[0].id)


async def _hold(vigil: Vigil) -> None:
    await _approve(vigil)
    vigil.world.clock.jump(20 * MINUTE)
    await vigil.services.schedule.tick()


async def _cancel(vigil: Vigil) -> None:
    await vigil.services.control.cancel(1, vigil.world.admins[0].id)


async def _expire(vigil: Vigil) -> None:
    vigil.world.clock.jump(timedelta(days=9))
    await vigil.services.schedule.tick()


async def _finish(vigil: Vigil) -> None:
    await _start(vigil)
    await vigil.sent()


@pytest.mark.parametrize(
    ("step", "buttons"),
    [
        (_nothing, [f"Approve: {PEOPLE} people", "Send back to its author", CANCEL]),
        (_approve, [CANCEL]),
        (_start, ["Pause"]),
        (_pause, ["Go on", CANCEL]),
        (_hold, [f"Send it now to {PEOPLE} people", CANCEL]),
        (_cancel, []),
        (_expire, []),
        (_finish, []),
    ],
    ids=["waiting", "approved", "sending", "paused", "held", "cancelled", "expired", "finished"],
)
async def test_the_buttons_of_each_state(vigil: Vigil, step: Step, buttons: list[str]) -> None:
    await desk.submit(vigil)
    await step(vigil)
    await vigil.keep()
    asked = [
        button["text"]
        for message in vigil.world.admin_chat.messages
        for row in message.get("reply_markup", {}).get("inline_keyboard", [])
        for button in row
        if button.get("callback_data", "").startswith("admin:")
    ]
    assert asked == buttons


REASONS = {
    SKIPPED: (
        Reason.STOPPED,
        Reason.UNSUBSCRIBED,
        Reason.UNREACHABLE,
        Reason.SIGNED,
        Reason.EXPIRED,
        Reason.CANCELLED,
    ),
    FAILED: (
        Reason.BLOCKED,
        Reason.DEACTIVATED,
        Reason.NOT_STARTED,
        Reason.NO_CHAT,
        Reason.REFUSED,
        Reason.MIGRATED,
    ),
    UNKNOWN: (Reason.NO_ANSWER, Reason.INTERRUPTED),
}
WORDS = {
    Reason.STOPPED: "said stop",
    Reason.UNSUBSCRIBED: "took the choice back",
    Reason.UNREACHABLE: "could not be reached before",
    Reason.SIGNED: "had signed",
    Reason.EXPIRED: "too late",
    Reason.CANCELLED: "cancelled",
    Reason.BLOCKED: "have blocked the bot",
    Reason.DEACTIVATED: "closed their account",
    Reason.NOT_STARTED: "never started the bot",
    Reason.NO_CHAT: "chat not found",
    Reason.REFUSED: "refused by Telegram",
    Reason.MIGRATED: "moved to another chat",
    Reason.NO_ANSWER: "without an answer from Telegram",
    Reason.INTERRUPTED: "on the way when I was stopped",
    Reason.ERASED: "erased themselves since",
}


async def test_the_figures_name_every_reason_and_add_up(vigil: Vigil) -> None:
    """Four have been erased since, one of each kind; the rest has got it."""
    assert WORDS.keys() == set(Reason)
    number = await begun(vigil)
    people = iter(vigil.world.crowd.ids)
    gone: list[int] = []
    async with vigil.database.write() as db:
        for state, reasons in REASONS.items():
            for count, reason in enumerate(reasons, 1):
                for _ in range(count if state is FAILED else 1):
                    await _put(db, number, next(people), state, reason)
        for state in (SKIPPED, FAILED, UNKNOWN, SENT):
            gone.append(next(people))
            await _put(db, number, gone[-1], state, None)
        for person in gone:
            await deliveries.fold(db, person)
    await vigil.sent()
    [report] = desk.reports(vigil, number)
    sums = []
    for name in ("Sent", "Skipped", "Failed", "Unknown"):
        [(total, parts)] = re.findall(rf"^{name}: ([0-9]+)(?: \((.*)\))?$", report, re.MULTILINE)
        numbers = [int(part.split()[0]) for part in parts.split(", ")] if parts else []
        assert sum(numbers) == int(total) or name == "Sent", report
        sums.append(int(total))
    assert sum(sums) == PEOPLE
    assert f"Together: {PEOPLE} people" in report
    assert all(words in report for words in WORDS.values())
    [told] = [one for one in vigil.organiser().messages if "It has gone out" in one["text"]]
    assert f"Sent: {sums[0]}" in told["text"]


async def _put(
    db: Connection, number: int, person: int, state: DeliveryState, reason: Reason | None
) -> None:
    mine = (rows.c.alert_id == number) & (rows.c.supporter_id == person)
    await db.execute(sa.update(rows).where(mine).values(state=state, reason=reason))


async def test_there_is_one_report_however_often_one_looks(vigil: Vigil, start: Start) -> None:
    """Also when the program was stopped between the end of the send and the report."""
    number = await desk.approve(vigil)
    vigil.world.clock.jump(MINUTE)
    await vigil.look()
    await desk.arrived(vigil, PEOPLE)
    while (await desk.state(vigil, number))[0] is not FINISHED:
        await vigil.look()
    assert not desk.reports(vigil, number)
    vigil = await start()
    for _ in range(3):
        await vigil.sent()
    vigil = await start()
    await vigil.sent()
    assert len(desk.reports(vigil, number)) == 1
    told = [one for one in vigil.organiser().messages if "It has gone out" in one["text"]]
    assert len(told) == 1


async def test_everybody_who_wrote_it_is_told_how_it_ended(vigil: Vigil) -> None:
    """Also when one of them has blocked the bot."""
    number = await desk.draft(vigil)
    ravi, ines = vigil.organiser(), vigil.chat(4)
    await vigil.services.staff.appoint(vigil.world.admins[0].id, ines.user, Role.ORGANISER)
    await ines.say("/alert")
    await desk.tap(ines, "Go on with draft")
    await ines.tap("Text")
    await ines.say("Written by Inés")
    await ines.tap("Submit for approval")
    await vigil.keep()
    vigil.world.people[ravi.user].blocked = True
    await desk.tap(vigil.group(), "Approve")
    vigil.world.clock.jump(MINUTE)
    await vigil.sent()
    [report] = desk.reports(vigil, number)
    assert "Written by Inés" in report
    assert "Ravi Sandoval, approved by Hanna Lindqvist" in report
    assert f"Sent: {PEOPLE}" in ines.last["text"]


async def test_authors_are_told_though_the_card_cannot_be_edited(vigil: Vigil) -> None:
    """And the card comes to its end as soon as it can."""
    number, hands = await begun(vigil), Hands(vigil)
    await hands.keep()
    await vigil.look()
    await desk.arrived(vigil, PEOPLE)
    while (await desk.state(vigil, number))[0] is not FINISHED:
        await vigil.look()
    group = vigil.world.admin_chat.id
    vigil.world.faults.add(Fault("bad_gateway", "editMessageText", group))
    await hands.keep(5)
    await vigil.keep()
    assert len(desk.reports(vigil, number)) == 1
    told = [one for one in vigil.organiser().messages if "It has gone out" in one["text"]]
    assert len(told) == 1
    assert "Finished." in desk.card(vigil, number)


async def test_a_group_that_cannot_be_reached_stops_no_send(vigil: Vigil) -> None:
    number = await desk.approve(vigil)
    group, hanna = vigil.world.admin_chat, vigil.world.admins[0].id
    vigil.world.clock.jump(MINUTE)
    vigil.world.membership(hanna, group.id, "remove")
    await vigil.world.settled()
    await vigil.sent()
    assert await desk.state(vigil, number) == (FINISHED, None)
    assert desk.received(vigil).total() == PEOPLE
    assert not desk.reports(vigil, number)
    vigil.world.membership(hanna, group.id, "add")
    await vigil.world.settled()
    await vigil.keep()
    assert len(desk.reports(vigil, number)) == 1


class TestMigration:
    @pytest.fixture
    async def world(self) -> World:
        return desk.crowded(PEOPLE, basic_admin_group=True)

    @pytest.mark.parametrize("is_told", [True, False], ids=["told", "found out"])
    async def test_the_group_becomes_a_supergroup_in_the_middle(
        self, vigil: Vigil, start: Start, is_told: bool
    ) -> None:
        """Card and report go where the group has gone, and the send does not care."""
        number = await desk.halted(vigil)
        await vigil.keep()
        old, hanna = vigil.world.admin_chat.id, vigil.world.admins[0].id
        new = vigil.world.migrate(hanna, old)
        if is_told:
            await vigil.world.settled()
        vigil = await start()
        await vigil.look()
        for _ in range(4):
            await vigil.keep()
        await vigil.sent()
        await vigil.keep()
        assert await desk.state(vigil, number) == (FINISHED, None)
        assert desk.received(vigil).total() == PEOPLE
        said = [str(one.get("text")) for one in vigil.world.chat(new).messages]
        assert len([text for text in said if text.startswith("Report: ")]) == 1
        assert not [text for text in said if "Is being sent." in text]
