"""The report of an alert: one, that adds up, and reaches who has to read it."""

import re

import pytest
import sqlalchemy as sa

from bot.models import AlertState, DeliveryState, Reason, Role
from bot.store import Connection, deliveries
from bot.store.schema import deliveries as rows
from playground.faults import Fault
from playground.world import World
from tests.conftest import Start, Vigil
from tests.handlers.organiser import desk
from tests.handlers.organiser.desk import MINUTE

SENT = DeliveryState.SENT
SKIPPED, FAILED, UNKNOWN = DeliveryState.SKIPPED, DeliveryState.FAILED, DeliveryState.UNKNOWN
FINISHED = AlertState.FINISHED
PEOPLE = 40


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


REASONS = {
    SKIPPED: (
        Reason.STOPPED,
        Reason.UNSUBSCRIBED,
        Reason.UNREACHABLE,
        Reason.SIGNED,
        Reason.EXPIRED,
        Reason.CANCELLED,
        Reason.OVER_CAP,
        Reason.IN_DIGEST,
        Reason.TOO_OLD,
    ),
    FAILED: (
        Reason.BLOCKED,
        Reason.DEACTIVATED,
        Reason.NOT_STARTED,
        Reason.NO_CHAT,
        Reason.REFUSED,
        Reason.MIGRATED,
        Reason.GONE,
        Reason.UNDELETABLE,
    ),
    UNKNOWN: (Reason.NO_ANSWER, Reason.INTERRUPTED),
    SENT: (Reason.DELETED, Reason.WITHDRAWN),
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
    Reason.OVER_CAP: "beyond their weekly limit",
    Reason.IN_DIGEST: "in their weekly digest",
    Reason.GONE: "had deleted it themselves",
    Reason.UNDELETABLE: "too old to be deleted",
    Reason.TOO_OLD: "too old to be changed",
    Reason.DELETED: "deleted",
    Reason.WITHDRAWN: "replaced by a note that it was withdrawn",
}


async def test_the_figures_name_every_reason_and_add_up(vigil: Vigil) -> None:
    """Four have been erased since, one of each kind; the rest has got it."""
    assert WORDS.keys() == {*Reason} - {Reason.QUIET}  # which only rows that wait have
    number = await desk.begun(vigil)
    people = iter(vigil.world.crowd.ids)
    gone: list[int] = []
    async with vigil.database.write() as db:
        for state, reasons in REASONS.items():
            for count, reason in enumerate(reasons, 1):
                for _ in range(min(count, 3) if state is FAILED else 1):
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
    assert [words for words in WORDS.values() if words not in report] == []
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
    number, hands = await desk.begun(vigil), desk.Hands(vigil)
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
