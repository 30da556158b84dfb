"""Trying again: only those whom it may not have reached, and only when an admin says so."""

import pytest

from bot.models import AlertState
from playground.faults import Fault
from playground.world import World
from tests.conftest import NOON, Start, Vigil
from tests.conversation import Chat
from tests.handlers.organiser import desk
from tests.handlers.organiser.desk import MINUTE

SENDING, PAUSED, FINISHED = AlertState.SENDING, AlertState.PAUSED, AlertState.FINISHED
MOVED = "It has moved on since this button was made"
FEW = 20


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


async def again(vigil: Vigil, start: Start) -> Vigil:
    return await start(owners=vigil.settings.owners)


async def test_who_blocks_the_bot_is_tried_again_once_she_is_back(vigil: Vigil) -> None:
    """The report offers it, and says so when there is nobody to try."""
    people = vigil.world.crowd.ids
    number = await desk.approve(vigil)
    vigil.world.people[people[3]].blocked = True  # which the bot has not heard of
    vigil.world.clock.jump(MINUTE)
    await vigil.sent()
    assert await desk.figures(vigil, number) == {("sent", ""): FEW - 1, ("failed", "blocked"): 1}
    [report] = desk.reports(vigil, number)
    assert "Failed: 1 (1 have blocked the bot)" in report
    again = "Try the failed ones again"
    await vigil.group().tap(again)
    assert vigil.group().popups[-1].startswith("None of them can be reached so far")
    assert await desk.state(vigil, number) == (FINISHED, None)

    vigil.world.block(people[3], blocked=False)
    await vigil.world.settled()
    vigil.world.clock.jump(120 * MINUTE)  # which is no interruption
    await vigil.group().tap(again)
    assert await desk.state(vigil, number) == (SENDING, None)
    await vigil.sent()
    assert await desk.figures(vigil, number) == {("sent", ""): FEW}
    got = desk.received(vigil)
    assert len(got) == got.total() == FEW
    assert len(desk.reports(vigil, number)) == 2


async def test_what_is_tried_again_has_one_card_that_is_kept(vigil: Vigil) -> None:
    """The report stays, and no message says for ever that it is being sent."""
    person = vigil.world.crowd.ids[3]
    number = await desk.approve(vigil)
    vigil.world.people[person].blocked = True
    vigil.world.clock.jump(MINUTE)
    await vigil.sent()
    vigil.world.block(person, blocked=False)
    await vigil.world.settled()
    await vigil.group().tap("Try the failed ones again")
    await vigil.keep()
    finished, card = desk.cards(vigil, number)
    assert "Finished." in finished
    assert "Is being sent." in card
    assert f"{FEW - 1} of {FEW}" in card
    await vigil.sent()
    assert desk.cards(vigil, number) == [finished, desk.card(vigil, number)]
    assert "Finished." in desk.card(vigil, number)


async def test_unknown_ones_are_sent_to_again_only_when_an_admin_says_so(
    vigil: Vigil, start: Start
) -> None:
    """One has it and one has not; nobody can tell, so both may get it again."""
    has, has_not = vigil.world.crowd.ids[3:5]
    number = await desk.approve(vigil)
    vigil.world.faults.add(Fault("reset", chat=has, after_effect=True))
    vigil.world.faults.add(Fault("bad_gateway", chat=has_not))
    vigil.world.clock.jump(MINUTE)
    await vigil.sent()
    vigil = await again(vigil, start)
    await vigil.sent()
    assert await desk.figures(vigil, number) == {
        ("sent", ""): FEW - 2,
        ("unknown", "no answer"): 2,
    }
    label = "Send again to 2 unknown"
    assert label in vigil.group().buttons
    [report] = desk.reports(vigil, number)
    assert "Nothing is sent to them again unless you say so" in report
    ravi = vigil.organiser()
    vigil.world.admin_chat.members.append(ravi.user)
    await Chat(vigil.world, ravi.user, vigil.world.admin_chat.id).tap(label)
    assert ravi.popups[-1].startswith("Only admins can")
    await vigil.sent()
    got = desk.received(vigil)
    assert (got[has], got[has_not]) == (1, 0)

    await vigil.group(1).tap(label)
    await vigil.sent()
    assert await desk.figures(vigil, number) == {("sent", ""): FEW}
    assert (got[has], got[has_not]) == (2, 1)
    assert got.total() == FEW + 1


@pytest.mark.parametrize("state", ["failed", "unknown"])
async def test_nobody_is_tried_again_while_it_is_sent_or_paused(vigil: Vigil, state: str) -> None:
    number = await desk.halted(vigil)
    await vigil.keep()
    data = f"admin:retry:{state}:{number}"
    assert (await desk.forge(vigil.group(), data)).startswith(MOVED)
    await desk.tap(vigil.group(), "Pause")
    assert (await desk.forge(vigil.group(), data)).startswith(MOVED)
    assert await desk.state(vigil, number) == (PAUSED, None)


async def test_nobody_is_tried_again_after_its_time(vigil: Vigil) -> None:
    number = await desk.approve(vigil)
    vigil.world.faults.add(Fault("bad_gateway", chat=vigil.world.crowd.ids[3]))
    vigil.world.clock.jump(MINUTE)
    await vigil.sent()
    vigil.world.clock.jump_to(NOON.replace(day=3, hour=18))
    await vigil.group().tap("Send again to 1 unknown")
    assert vigil.group().popups[-1].startswith(MOVED)
    await vigil.sent()
    assert await desk.state(vigil, number) == (FINISHED, None)
    assert desk.received(vigil).total() == FEW - 1
