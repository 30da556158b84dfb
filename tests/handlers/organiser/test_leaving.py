"""Leaving those as they are of whom nobody knows whether they have it."""

import pytest
import sqlalchemy as sa

from bot.models import AlertState, DeliveryState, Reason
from bot.store.schema import deliveries
from playground.world import World
from tests.conftest import NOON, Start, Vigil
from tests.handlers.organiser import desk

FINISHED, SENDING = AlertState.FINISHED, AlertState.SENDING
UNKNOWN, FAILED = DeliveryState.UNKNOWN, DeliveryState.FAILED
FEW = 20
LEAVE, RESEND = "Leave them", "Send again to 2 unknown"
ASKED = "Nothing is sent to them again unless you say so"
LEFT = "They are left as they are, as Omar Bensaïd decided: nothing more is sent to them."
DECIDED = "This is decided already: the unknown ones are left as they are"


@pytest.fixture
async def world() -> World:
    return desk.crowded(FEW)


@pytest.fixture
async def vigil(start: Start, world: World) -> Vigil:
    """Hanna is the owner, Omar an admin, Ravi an organiser; twenty people want urgent actions."""
    vigil = await start(owners=frozenset({world.admins[0].id}))
    await desk.staffed(vigil)
    await desk.enrol(vigil, last=FEW)
    return vigil


async def begun(vigil: Vigil, *states: DeliveryState) -> int:
    """An alert that has started, when this has become of the first people; the others wait."""
    number = await desk.begun(vigil)
    for person, state in zip(vigil.world.crowd.ids, states, strict=False):
        await _put(vigil, number, person, state)
    return number


async def _put(vigil: Vigil, number: int, person: int, state: DeliveryState) -> None:
    reason = Reason.NO_ANSWER if state is UNKNOWN else Reason.BLOCKED
    mine = (deliveries.c.alert_id == number) & (deliveries.c.supporter_id == person)
    async with vigil.database.write() as db:
        await db.execute(sa.update(deliveries).where(mine).values(state=state, reason=reason))


async def test_the_unknown_ones_are_left_and_the_report_says_by_whom(vigil: Vigil) -> None:
    """They stay unknown, and who comes second learns that it is decided."""
    number = await begun(vigil, UNKNOWN, UNKNOWN)
    await vigil.sent()
    [report] = desk.reports(vigil, number)
    assert ASKED in report
    assert vigil.group().buttons == [RESEND, LEAVE, "Recall it"]
    resend, leave = desk.kept(vigil, RESEND), desk.kept(vigil, LEAVE)

    await vigil.group(1).tap(LEAVE)
    [report] = desk.reports(vigil, number)
    assert "Unknown: 2 (2 without an answer from Telegram)" in report
    assert LEFT in report
    assert ASKED not in report
    assert vigil.group().buttons == ["Recall it"]

    for button in (leave, resend):
        assert (await desk.press(vigil.group(), button)).startswith(DECIDED)
    await vigil.sent()
    assert desk.reports(vigil, number) == [report]
    assert vigil.group().buttons == ["Recall it"]
    assert await desk.state(vigil, number) == (FINISHED, None)
    assert (await desk.figures(vigil, number))["unknown", "no answer"] == 2
    assert desk.received(vigil).total() == FEW - 2
    said = await vigil.group().say("/audit")
    assert said.count(f"left those as they are who may have alert {number} or not") == 1


async def test_a_report_whose_buttons_stayed_behind_is_settled_by_the_next_tap(
    vigil: Vigil,
) -> None:
    """As after a kill between the decision and the edit."""
    number = await begun(vigil, UNKNOWN, UNKNOWN)
    await vigil.sent()
    omar = vigil.world.admins[1].id
    await vigil.services.control.leave(number, omar)
    await vigil.group().tap(RESEND)
    assert vigil.group().popups[-1].startswith(DECIDED)
    assert LEFT in desk.reports(vigil, number)[-1]
    assert vigil.group().buttons == ["Recall it"]


async def test_who_comes_too_late_learns_that_they_are_sent_to_again(vigil: Vigil) -> None:
    number = await begun(vigil, UNKNOWN, UNKNOWN)
    await vigil.sent()
    leave = desk.kept(vigil, LEAVE)
    await vigil.group().tap(RESEND)
    moved = "It has moved on since this button was made"
    assert (await desk.press(vigil.group(1), leave)).startswith(moved)
    assert (await desk.state(vigil, number))[0] is SENDING
    await vigil.sent()
    assert (await desk.press(vigil.group(1), leave)).startswith(moved)
    assert await desk.figures(vigil, number) == {("sent", ""): FEW}


async def test_only_admins_leave_them(vigil: Vigil) -> None:
    await begun(vigil, UNKNOWN)
    await vigil.sent()
    ravi = desk.enter(vigil, vigil.organiser().user)
    await ravi.tap(LEAVE)
    assert ravi.popups[-1].startswith("Only admins can")
    assert LEAVE in vigil.group().buttons


async def test_who_is_left_is_asked_about_no_more_until_others_are_unknown(vigil: Vigil) -> None:
    """Those whom it failed to reach are another question."""
    number = await begun(vigil, UNKNOWN, UNKNOWN, FAILED, FAILED)
    await vigil.sent()
    await vigil.group(1).tap(LEAVE)
    assert vigil.group().buttons == ["Try the failed ones again", "Recall it"]
    await vigil.group().tap("Try the failed ones again")
    await vigil.sent()
    _, second = desk.reports(vigil, number)
    assert "Failed: 0" in second
    assert LEFT in second
    assert vigil.group().buttons == ["Recall it"]

    await _put(vigil, number, vigil.world.crowd.ids[2], UNKNOWN)
    await _put(vigil, number, vigil.world.crowd.ids[3], FAILED)
    await vigil.services.control.retry(number, vigil.world.admins[0].id, FAILED)
    await vigil.sent()
    assert ASKED in desk.reports(vigil, number)[-1]
    await vigil.group().tap("Send again to 3 unknown")
    lost = vigil.world.crowd.ids[:2]
    for person in lost:
        await _put(vigil, number, person, UNKNOWN)
    await vigil.sent()
    assert ASKED in desk.reports(vigil, number)[-1]  # it is as many as were left, and news


@pytest.mark.parametrize("way", ["cancelled", "expired"])
async def test_what_is_over_for_good_asks_nothing_about_them(vigil: Vigil, way: str) -> None:
    number = await begun(vigil, UNKNOWN, UNKNOWN)
    if way == "cancelled":
        await vigil.services.control.cancel(number, vigil.world.admins[0].id)
    else:
        vigil.world.clock.jump_to(NOON.replace(day=3, hour=18))
        await vigil.services.schedule.tick()
    await vigil.keep()
    [report] = desk.reports(vigil, number)
    assert "“Unknown” may have it or not" in report
    assert report.endswith("Nothing more is sent to them.")
    assert {RESEND, LEAVE}.isdisjoint(vigil.group().buttons)
