"""Stopping, going on and giving up: at once, and never anybody twice."""

import asyncio

import pytest

from bot.errors import NotAllowed
from bot.models import AlertKind, AlertState, DeliveryState, Role
from bot.store import deliveries
from playground.world import World
from tests.conftest import Start, Vigil
from tests.conversation import Chat
from tests.handlers.organiser import desk
from tests.handlers.organiser.desk import MINUTE

SENDING, PAUSED, FINISHED = AlertState.SENDING, AlertState.PAUSED, AlertState.FINISHED
CANCELLED = AlertState.CANCELLED
MOVED = "It has moved on since this button was made"
CROWD = 800
FEW = 20


@pytest.fixture
async def world() -> World:
    return desk.crowded(CROWD)


@pytest.fixture
async def vigil(start: Start, world: World) -> Vigil:
    """Hanna is the owner, Omar an admin, Ravi an organiser; twenty people want urgent actions."""
    vigil = await start(owners=frozenset({world.admins[0].id}))
    await desk.staffed(vigil)
    await desk.enrol(vigil, last=FEW)
    return vigil


@pytest.fixture
async def everybody(vigil: Vigil) -> Vigil:
    """So many that a send takes long enough to be stopped ten times."""
    await desk.enrol(vigil, FEW)
    return vigil


async def again(vigil: Vigil, start: Start) -> Vigil:
    return await start(owners=vigil.settings.owners)


async def settled(vigil: Vigil, number: int) -> int:
    """How many have it once what was on the wire has arrived."""
    async with asyncio.timeout(desk.PATIENCE):
        while await desk.on_the_wire(vigil, number):  # noqa: ASYNC110 - nothing tells of it
            await asyncio.sleep(0.005)
    return desk.received(vigil).total()


async def pass_time(vigil: Vigil) -> None:
    """Long enough for many messages, were they let out: five answers and five looks."""
    for _ in range(5):
        await vigil.group(1).say("/queue")
        await vigil.look()


async def test_nobody_gets_it_once_it_is_paused(everybody: Vigil) -> None:
    vigil = everybody
    number = await desk.going(vigil, 20)
    assert "Paused. Nobody gets it until somebody lets it go on." in await desk.tap(
        vigil.group(), "Pause"
    )
    done = await settled(vigil, number)
    assert done < CROWD
    await pass_time(vigil)
    assert await desk.state(vigil, number) == (PAUSED, None)
    assert desk.received(vigil).total() == done


async def test_a_throttled_send_is_paused_as_quickly(vigil: Vigil, start: Start) -> None:
    """What waits for its turn when the pause comes does not go out when its turn has come."""
    number = await desk.approve(vigil)
    vigil = await start(owners=vigil.settings.owners, messages_per_second=5)
    vigil.world.clock.jump(MINUTE)
    await vigil.look()
    await desk.arrived(vigil, 3)
    await vigil.group().send_data(f"admin:pause:{number}")
    done = await settled(vigil, number)
    for _ in range(3):  # each of these answers had to wait for a turn, too
        await vigil.group(1).say("/queue")
    assert await desk.state(vigil, number) == (PAUSED, None)
    assert desk.received(vigil).total() == done < FEW


async def test_nobody_gets_it_once_all_is_frozen(everybody: Vigil) -> None:
    vigil = everybody
    number = await desk.going(vigil, 20)
    await vigil.group(1).say("/freeze")
    done = await settled(vigil, number)
    assert done < CROWD
    await pass_time(vigil)
    assert await desk.state(vigil, number) == (SENDING, None)
    assert desk.received(vigil).total() == done
    await vigil.group().say("/unfreeze")
    await vigil.sent()
    got = desk.received(vigil)
    assert len(got) == got.total() == CROWD


async def test_paused_and_resumed_ten_times_nobody_gets_it_twice(everybody: Vigil) -> None:
    vigil, hanna = everybody, everybody.group()
    number = await desk.approve(vigil)
    vigil.world.clock.jump(MINUTE)
    await vigil.look()
    await vigil.keep()
    for _ in range(10):
        await desk.arrived(vigil, desk.received(vigil).total() + 5)
        await hanna.tap("Pause")
        assert await desk.state(vigil, number) == (PAUSED, None)
        await hanna.tap("Go on")
        await vigil.look()
    await vigil.sent()
    assert await desk.state(vigil, number) == (FINISHED, None)
    got = desk.received(vigil)
    assert len(got) == got.total() == CROWD
    assert await desk.figures(vigil, number) == {("sent", ""): CROWD}


async def test_a_pause_outlives_a_restart(vigil: Vigil, start: Start) -> None:
    number = await desk.halted(vigil)
    await vigil.keep()
    done = desk.received(vigil).total()
    await desk.tap(vigil.group(), "Pause")
    vigil.world.clock.jump(120 * MINUTE)
    vigil = await again(vigil, start)
    await vigil.sent()
    assert await desk.state(vigil, number) == (PAUSED, None)
    assert desk.received(vigil).total() == done
    await desk.tap(vigil.group(), "Go on")
    await vigil.sent()
    assert await desk.state(vigil, number) == (FINISHED, None)
    got = desk.received(vigil)
    assert len(got) == got.total() == FEW


async def test_a_second_tap_on_go_on_changes_nothing(vigil: Vigil, start: Start) -> None:
    await desk.halted(vigil)
    await vigil.keep()
    await desk.tap(vigil.group(), "Pause")
    assert (await desk.forge(vigil.group(1), "admin:pause:1")).startswith(MOVED)
    vigil = await again(vigil, start)
    await desk.tap(vigil.group(), "Go on")
    assert (await desk.forge(vigil.group(1), "admin:resume:1")).startswith(MOVED)
    await vigil.sent()
    assert desk.received(vigil).total() == FEW


@pytest.mark.parametrize("is_paused", [True, False], ids=["paused", "sending"])
async def test_who_has_not_had_it_when_it_is_cancelled_does_not_get_it(
    vigil: Vigil, start: Start, is_paused: bool
) -> None:
    number = await desk.halted(vigil)
    await vigil.keep()
    done = desk.received(vigil).total()
    if is_paused:
        await desk.tap(vigil.group(), "Pause")
    await vigil.group(1).send_data(f"admin:cancel:{number}")
    vigil = await again(vigil, start)
    await vigil.sent()
    assert await desk.state(vigil, number) == (CANCELLED, None)
    assert desk.received(vigil).total() == done
    rest = FEW - done
    assert await desk.figures(vigil, number) == {("sent", ""): done, ("skipped", "cancelled"): rest}
    [report] = desk.reports(vigil, number)
    assert "It was cancelled. Who had it has it; nobody else gets it." in report
    assert f"Sent: {done}\nSkipped: {rest} ({rest} cancelled)" in report
    assert f"Together: {FEW} people" in report
    for verb in ("resume", "pause", "cancel", "retry:failed", "retry:unknown"):
        assert (await desk.forge(vigil.group(), f"admin:{verb}:{number}")).startswith(MOVED), verb
    assert (await desk.forge(vigil.group(), f"admin:release:{number}:4:20")).startswith(
        ("It has moved on", "It was changed")
    )
    await vigil.sent()
    assert desk.received(vigil).total() == done


async def test_authors_stop_their_own_alerts_and_cannot_let_them_go_on(vigil: Vigil) -> None:
    number, ravi = await desk.halted(vigil), vigil.organiser()
    await ravi.say("/queue")
    await desk.tap(ravi, f"Urgent action {number}")
    changes = ["Correct", "Recall"]
    assert ravi.buttons == ["Pause", *changes, "Back to the list"]
    assert "Paused." in await ravi.tap("Pause")
    assert ravi.buttons == ["Cancel for good", *changes, "Back to the list"]
    assert await desk.forge(ravi, f"admin:resume:{number}") == (
        "This button works in the admin group only."
    )
    assert await desk.state(vigil, number) == (PAUSED, None)
    await ravi.tap("Cancel for good")
    assert await desk.state(vigil, number) == (CANCELLED, None)


async def test_other_organisers_cannot_stop_it(vigil: Vigil) -> None:
    number, ines = await desk.halted(vigil), vigil.chat(4)
    await vigil.services.staff.appoint(vigil.world.admins[0].id, ines.user, Role.ORGANISER)
    await ines.say("/queue")
    await desk.tap(ines, f"Urgent action {number}")
    assert ines.buttons == ["Back to the list"]
    for verb in ("pause", "cancel"):
        assert (await ines.send_data(f"queue:{verb}:{number}")).startswith("Only admins can")
    assert await desk.state(vigil, number) == (SENDING, None)


async def test_an_author_who_is_no_organiser_any_more_cannot_stop_it(vigil: Vigil) -> None:
    number, ravi = await desk.halted(vigil), vigil.organiser()
    await vigil.services.staff.appoint(vigil.world.admins[0].id, ravi.user, Role.VIEWER)
    for verb in ("pause", "cancel"):
        await ravi.send_data(f"queue:{verb}:{number}")
        assert ravi.popups[-1].startswith("Only organisers can")
    assert await desk.state(vigil, number) == (SENDING, None)


async def test_what_comes_back_after_the_end_waits_for_nothing(vigil: Vigil, start: Start) -> None:
    """Telegram says “later” to a message, and meanwhile somebody cancels the alert."""
    number = await desk.halted(vigil)
    person = next(one for one in vigil.world.crowd.ids if not desk.received(vigil)[one])
    alert = (await vigil.services.watching.one(number)).alert
    async with vigil.database.write() as db:
        [grant] = await deliveries.claim(db, alert, [person], vigil.services.now())
        assert grant.person == person
    await vigil.services.control.cancel(number, vigil.world.admins[0].id)
    await vigil.keep()
    assert not desk.reports(vigil, number)  # its figures are not final
    async with vigil.database.write() as db:
        back = deliveries.Record(number, person, DeliveryState.PENDING)
        await deliveries.record(db, [back], vigil.services.now())
    await vigil.keep()
    rest = FEW - desk.received(vigil).total()
    [report] = desk.reports(vigil, number)
    assert f"Skipped: {rest} ({rest} cancelled)" in report


async def test_admins_freeze_and_only_owners_unfreeze(vigil: Vigil) -> None:
    omar, hanna = vigil.group(1), vigil.group()
    ravi = vigil.organiser()
    vigil.world.admin_chat.members.append(ravi.user)
    there = Chat(vigil.world, ravi.user, vigil.world.admin_chat.id)
    assert (await there.say("/freeze")).startswith("Only admins can")
    assert not await vigil.services.watching.frozen()
    assert (await omar.say("/freeze")).startswith("Frozen.")
    assert (await omar.say("/unfreeze")).startswith("Only owners can")
    assert await vigil.services.watching.frozen()
    assert (await hanna.say("/unfreeze")).startswith("Sends may go on.")
    assert await hanna.say("/unfreeze") == "Nothing was frozen."
    assert not await vigil.services.watching.frozen()


async def test_the_role_is_asked_again_in_the_transaction_that_acts(vigil: Vigil) -> None:
    """Whatever a gate let through a moment ago: a role can be taken away in between."""
    number = await desk.halted(vigil)
    services = vigil.services
    ravi, omar = vigil.world.organiser.id, vigil.world.admins[1].id
    await services.staff.appoint(vigil.world.admins[0].id, ravi, Role.VIEWER)
    refused = [
        services.approvals.approve(number, 4, ravi, FEW),
        services.approvals.release(number, 4, ravi, FEW),
        services.approvals.send_back(number, 4, ravi),
        services.control.pause(number, ravi),
        services.control.resume(number, ravi),
        services.control.cancel(number, ravi),
        services.control.retry(number, ravi, DeliveryState.UNKNOWN),
        services.control.freeze(ravi),
        services.control.unfreeze(omar),
        services.drafts.begin(ravi, AlertKind.URGENT),
        services.drafts.submit(number, 4, ravi),
        services.drafts.take_back(number, 4, ravi),
        services.drafts.discard(number, 4, ravi),
    ]
    before = (await services.watching.one(number)).alert
    for act in refused:
        with pytest.raises(NotAllowed):
            await act
    assert (await services.watching.one(number)).alert == before
    assert not await services.watching.frozen()


async def test_a_stop_and_two_erasures_in_the_middle_keep_the_sum(
    vigil: Vigil, start: Start
) -> None:
    number = await desk.halted(vigil)
    people = [one for one in vigil.world.crowd.ids[:FEW] if not desk.received(vigil)[one]]
    had = next(one for one in vigil.world.crowd.ids if desk.received(vigil)[one])
    vigil = await again(vigil, start)
    for person, words in ((people[0], "/stop"), (people[1], "/forgetme"), (had, "/forgetme")):
        chat = Chat(vigil.world, person)
        await chat.say(words)
        if words == "/forgetme":
            await chat.tap("Erase everything")
    await vigil.sent()
    assert sum((await desk.figures(vigil, number)).values()) == FEW
    assert await desk.figures(vigil, number) == {
        ("sent", ""): FEW - 3,
        ("sent", "erased"): 1,
        ("skipped", "erased"): 1,
        ("skipped", "stopped"): 1,
    }
