"""When an alert goes out, and when it does not: late, to others than approved, to nobody."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from bot.models import AlertState, Supporter
from playground.world import World
from tests.conftest import NOON, PETITION, Start, Vigil
from tests.handlers.organiser import desk
from tests.handlers.organiser.desk import MINUTE

APPROVED, HELD = AlertState.APPROVED, AlertState.HELD
FINISHED, EXPIRED = AlertState.FINISHED, AlertState.EXPIRED
SECOND, EVENING = timedelta(seconds=1), NOON + timedelta(hours=6)
EXPIRY = datetime(2027, 3, 3, 18, tzinfo=UTC)
PEOPLE = 40


@pytest.fixture
async def world() -> World:
    return desk.crowded(PEOPLE + 20)


@pytest.fixture
async def vigil(start: Start) -> Vigil:
    """Both admins are owners; forty people want urgent actions."""
    vigil = await start()
    await desk.staffed(vigil)
    await desk.enrol(vigil, last=PEOPLE)
    return vigil


def everybody_has_it_once(vigil: Vigil) -> bool:
    got = desk.received(vigil)
    return len(got) == got.total() == PEOPLE


async def test_nothing_goes_out_before_the_minute_is_over(vigil: Vigil) -> None:
    number = await desk.approve(vigil)
    vigil.world.clock.jump(MINUTE - SECOND)
    await vigil.sent()
    assert await desk.state(vigil, number) == (APPROVED, None)
    assert not desk.received(vigil)
    vigil.world.clock.jump(SECOND)
    await vigil.sent()
    assert everybody_has_it_once(vigil)


async def test_nothing_goes_out_before_its_time(vigil: Vigil) -> None:
    number = await desk.approve(vigil, when="1 March 18:00")
    vigil.world.clock.jump_to(EVENING - SECOND)
    await vigil.sent()
    assert await desk.state(vigil, number) == (APPROVED, None)
    assert not desk.received(vigil)
    card = desk.card(vigil, number)
    assert "It waits for its time." in card
    vigil.world.clock.jump(SECOND)
    await vigil.sent()
    assert everybody_has_it_once(vigil)


@pytest.mark.parametrize(
    ("when", "utc"),
    [
        ("1 March 20:15 Asia/Kathmandu", "14:30"),
        ("1 March 20:15 Asia/Kolkata", "14:45"),
        ("1 March 20:15 Europe/Berlin", "19:15"),
        ("1 March 20:15 America/Lima", "01:15"),
        ("1 March 20:15 America/St_Johns", "23:45"),
        ("2 March 20:15 Pacific/Auckland", "07:15"),
    ],
)
async def test_its_time_is_that_of_its_zone(vigil: Vigil, when: str, utc: str) -> None:
    await desk.approve(vigil, when=when)
    hour, minute = map(int, utc.split(":"))
    at = NOON.replace(hour=hour, minute=minute)
    at = at if at > NOON else at + timedelta(days=1)
    vigil.world.clock.jump_to(at - SECOND)
    await vigil.sent()
    assert not desk.received(vigil)
    vigil.world.clock.jump(SECOND)
    await vigil.sent()
    assert everybody_has_it_once(vigil)


@pytest.mark.parametrize(
    ("late", "state", "reason"),
    [
        (timedelta(minutes=5), FINISHED, None),
        (timedelta(minutes=15), FINISHED, None),
        (timedelta(minutes=15, seconds=1), HELD, "late"),
        (timedelta(hours=2), HELD, "late"),
        (timedelta(days=2), EXPIRED, None),
        (timedelta(days=9), EXPIRED, None),
    ],
)
async def test_after_downtime(
    vigil: Vigil, start: Start, late: timedelta, state: AlertState, reason: str | None
) -> None:
    number = await desk.approve(vigil, when="1 March 18:00")
    vigil.world.clock.jump_to(EVENING + late)
    vigil = await start()
    await vigil.sent()
    assert await desk.state(vigil, number) == (state, reason)
    assert desk.received(vigil).total() == (PEOPLE if state is FINISHED else 0)
    await vigil.sent()
    assert desk.received(vigil).total() == (PEOPLE if state is FINISHED else 0)


async def test_what_is_late_asks_and_goes_out_when_an_admin_says_so(
    vigil: Vigil, start: Start
) -> None:
    number = await desk.approve(vigil, when="1 March 18:00")
    vigil.world.clock.jump_to(EVENING + timedelta(hours=2))
    vigil = await start()
    await vigil.sent()
    card = desk.card(vigil, number)
    assert "Held back. It should have gone out more than 15 minutes ago" in card
    assert vigil.group().buttons == [f"Send it now to {PEOPLE} people", "Cancel for good"]
    told = await desk.tap(vigil.group(1), "Send it now")
    assert "Approved by Omar" in told
    assert "It can be cancelled until 20:01:00 UTC" in told
    vigil.world.clock.jump(MINUTE)
    await vigil.sent()
    assert await desk.state(vigil, number) == (FINISHED, None)
    assert everybody_has_it_once(vigil)


async def test_what_is_late_can_be_cancelled(vigil: Vigil, start: Start) -> None:
    number = await desk.approve(vigil, when="1 March 18:00")
    vigil.world.clock.jump_to(EVENING + timedelta(hours=2))
    vigil = await start()
    await vigil.sent()
    await desk.tap(vigil.group(1), "Cancel")
    vigil.world.clock.jump(MINUTE)
    await vigil.sent()
    assert await desk.state(vigil, number) == (AlertState.CANCELLED, "late")
    assert not desk.received(vigil)


async def test_what_is_held_expires_all_the_same(vigil: Vigil, start: Start) -> None:
    number = await desk.approve(vigil, when="1 March 18:00")
    vigil.world.clock.jump_to(EVENING + timedelta(hours=2))
    vigil = await start()
    await vigil.sent()
    release = desk.label(vigil.group(), "Send it now")
    vigil.world.clock.jump_to(EXPIRY)
    await vigil.services.schedule.tick()
    await vigil.group().tap(release)
    await vigil.sent()
    assert (await desk.state(vigil, number))[0] is EXPIRED
    assert not desk.received(vigil)


async def test_what_waits_for_approval_expires(vigil: Vigil) -> None:
    number = await desk.submit(vigil)
    vigil.world.clock.jump_to(EXPIRY)
    await vigil.sent()
    assert await desk.state(vigil, number) == (EXPIRED, None)
    card = desk.card(vigil, number)
    assert "Expired. It had not begun, so nobody gets it." in card
    listed = await vigil.group().say("/queue")
    assert "Urgent action 1: expired just now, before it began" in listed
    assert vigil.organiser().last["text"].startswith("Urgent action 1 has not gone out.")


async def test_the_author_of_what_is_held_cannot_let_it_go(vigil: Vigil, start: Start) -> None:
    omar = vigil.group(1)
    omar.id = omar.user
    await desk.submit(vigil, author=omar, when="1 March 18:00")
    await desk.tap(vigil.group(), "Approve")
    vigil.world.clock.jump_to(EVENING + timedelta(hours=2))
    vigil = await start()
    await vigil.sent()
    await desk.tap(vigil.group(1), "Send it now")
    assert vigil.group(1).popups[-1].startswith("You wrote on this one.")


async def test_two_alerts_at_once_reach_everybody_once_each(vigil: Vigil) -> None:
    first, second = await desk.approve(vigil), await desk.approve(vigil)
    vigil.world.clock.jump(MINUTE)
    await vigil.sent()
    for number in (first, second):
        assert await desk.state(vigil, number) == (FINISHED, None)
        assert await desk.figures(vigil, number) == {("sent", ""): PEOPLE}
        assert len(desk.reports(vigil, number)) == 1
    assert set(desk.received(vigil).values()) == {2}


async def test_five_ticks_at_once_begin_it_once(vigil: Vigil) -> None:
    number = await desk.approve(vigil)
    vigil.world.clock.jump(MINUTE)
    await asyncio.gather(*(vigil.services.schedule.tick() for _ in range(5)))
    assert await desk.state(vigil, number) == (AlertState.SENDING, None)
    assert await desk.figures(vigil, number) == {}  # the send writes its people down itself
    await asyncio.gather(*(vigil.look() for _ in range(5)))
    await vigil.sent()
    assert everybody_has_it_once(vigil)


@pytest.mark.parametrize(
    ("people", "reason"),
    [
        (0, "nobody"),
        (31, "count changed"),
        (32, None),
        (48, None),
        (49, "count changed"),
    ],
)
async def test_the_people_are_counted_again_at_the_start(
    vigil: Vigil, people: int, reason: str | None
) -> None:
    number = await desk.approve(vigil)
    await become(vigil, people)
    vigil.world.clock.jump(MINUTE)
    await vigil.sent()
    assert await desk.state(vigil, number) == ((HELD, reason) if reason else (FINISHED, None))
    assert desk.received(vigil).total() == (0 if reason else people)


async def become(vigil: Vigil, people: int) -> None:
    """Let forty people become so many."""
    if people > PEOPLE:
        await desk.enrol(vigil, PEOPLE, people)
    for person in vigil.world.crowd.ids[people:PEOPLE]:
        await vigil.services.supporters.stop(Supporter(person, "en", known=True))


async def test_a_changed_number_goes_out_once_an_admin_agrees_to_it(vigil: Vigil) -> None:
    number = await desk.approve(vigil)
    await become(vigil, 20)
    vigil.world.clock.jump(MINUTE)
    await vigil.sent()
    await desk.tap(vigil.group(1), "Send it now to 20 people")
    vigil.world.clock.jump(MINUTE)
    await vigil.sent()
    assert await desk.state(vigil, number) == (FINISHED, None)
    assert desk.received(vigil).total() == 20


async def test_what_would_reach_nobody_cannot_be_let_go(vigil: Vigil) -> None:
    number = await desk.approve(vigil)
    await become(vigil, 0)
    vigil.world.clock.jump(MINUTE)
    await vigil.sent()
    await desk.tap(vigil.group(), "Send it now to 0 people")
    assert vigil.group().popups[-1].startswith("Nothing was sent: what holds it back is still so")
    assert await desk.state(vigil, number) == (HELD, "nobody")


async def test_a_petition_that_has_closed_meanwhile_holds_it(vigil: Vigil) -> None:
    """Its button would lead nowhere, and no admin can change that by sending it."""
    ravi = vigil.organiser()
    number = await desk.draft(vigil)
    await ravi.tap("Attach")
    await desk.tap(ravi, "Petition: Cameroon")
    await ravi.tap("Submit for approval")
    await vigil.keep()
    await desk.tap(vigil.group(), "Approve")
    await vigil.services.petitions.close(PETITION)
    vigil.world.clock.jump(MINUTE)
    await vigil.sent()
    assert await desk.state(vigil, number) == (HELD, "petition closed")
    card = desk.card(vigil, number)
    assert "The petition that it asks to sign takes no signatures any more." in card
    await desk.tap(vigil.group(), "Send it now")
    assert vigil.group().popups[-1].startswith("Nothing was sent: what holds it back is still so")
    assert await desk.state(vigil, number) == (HELD, "petition closed")
    assert "Cancelled." in await desk.tap(vigil.group(), "Cancel")
    assert not desk.received(vigil)
