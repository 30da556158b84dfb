"""What voids an approval: every change, by whom and when ever."""

from collections.abc import Awaitable, Callable

import pytest

from bot.models import AlertState, Role
from playground.wire import Upload
from playground.world import World
from tests.conftest import Start, Vigil
from tests.conversation import Chat
from tests.handlers.organiser import desk
from tests.handlers.organiser.desk import MINUTE
from tests.playground.wire import PNG

WAITING, APPROVED, DRAFT = AlertState.WAITING, AlertState.APPROVED, AlertState.DRAFT
CHANGED = "It was changed while you were looking at it"
MOVED = "It has moved on since this button was made"
PICTURE = Upload("march.png", PNG, "image/png")


@pytest.fixture
async def world() -> World:
    return desk.crowded(30)


@pytest.fixture
async def vigil(start: Start, world: World) -> Vigil:
    """Hanna is the owner, Omar an admin, Ravi an organiser; ten people want urgent actions."""
    vigil = await start(owners=frozenset({world.admins[0].id}))
    await desk.staffed(vigil)
    await desk.enrol(vigil, last=10)
    return vigil


Edit = Callable[[Vigil, Chat], Awaitable[object]]


async def _text(_: Vigil, ravi: Chat) -> None:
    await ravi.tap("Text")
    await ravi.say("Something else")


async def _picture(vigil: Vigil, ravi: Chat) -> None:
    await ravi.tap("Picture")
    vigil.world.photo(ravi.user, PICTURE)
    await vigil.world.settled()


async def _when(_: Vigil, ravi: Chat) -> None:
    await ravi.tap("When")
    await ravi.say("2 March 18:00")


async def _until(_: Vigil, ravi: Chat) -> None:
    await ravi.tap("Until")
    await ravi.say("2 March 18:00")


async def _attach(_: Vigil, ravi: Chat) -> None:
    await ravi.tap("Attach")
    await desk.tap(ravi, "Petition: Cameroon")


async def _signers(vigil: Vigil, ravi: Chat) -> None:
    await _attach(vigil, ravi)
    await ravi.tap("Audience")
    await ravi.tap("✓ Leave out who has signed")
    await ravi.tap("Back")


async def _nothing(_: Vigil, ravi: Chat) -> None:
    """Taking it back is a change, too."""


EDITS: dict[str, Edit] = {
    "text": _text,
    "picture": _picture,
    "when": _when,
    "until": _until,
    "attach": _attach,
    "audience": _signers,
    "nothing": _nothing,
}


@pytest.mark.parametrize("approved", [False, True], ids=["submitted", "approved"])
@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
async def test_any_change_voids_it(vigil: Vigil, edit: Edit, approved: bool) -> None:
    """Also within the cooling-off minute; the button that approved it before is dead."""
    number = await desk.submit(vigil)
    kept, ravi = desk.kept(vigil), vigil.organiser()
    if approved:
        await desk.tap(vigil.group(), "Approve")
        vigil.world.clock.jump(MINUTE / 2)

    await ravi.tap("Change it (voids the approval)")
    await edit(vigil, ravi)

    assert await desk.state(vigil, number) == (DRAFT, None)
    alert = (await vigil.services.watching.one(number)).alert
    assert (alert.digest, alert.approver, alert.not_before) == (None, None, None)
    vigil.world.clock.jump(MINUTE)
    await vigil.sent()
    assert not desk.received(vigil)
    [card] = desk.cards(vigil, number)
    assert "Taken back for a change. Nobody gets it before it is approved anew." in card
    assert "Approve: 10 people" not in vigil.group().buttons
    assert (await desk.press(vigil.group(), kept)).startswith(CHANGED)
    await ravi.tap("Submit for approval")
    assert (await desk.press(vigil.group(), kept)).startswith(CHANGED)
    assert await desk.state(vigil, number) == (WAITING, None)


@pytest.mark.parametrize("approved", [False, True], ids=["submitted", "approved"])
async def test_a_button_of_an_older_draft_card_voids_it_too(vigil: Vigil, approved: bool) -> None:
    """Two organisers on one draft: the other one still has its card from before."""
    number = await desk.draft(vigil)
    ravi, ines = vigil.organiser(), vigil.chat(4)
    await desk.appoint(vigil, ines.user, Role.ORGANISER)
    await ines.say("/alert")
    await desk.tap(ines, "Go on with draft")
    await ines.tap("Text")
    await ravi.tap("Submit for approval")
    await vigil.keep()
    kept = desk.kept(vigil)
    if approved:
        await desk.tap(vigil.group(), "Approve")
    await ines.say("Something else")
    assert await desk.state(vigil, number) == (DRAFT, None)
    assert (await desk.press(vigil.group(), kept)).startswith(CHANGED)


async def test_nothing_can_be_changed_while_it_is_sent_or_afterwards(vigil: Vigil) -> None:
    number = await desk.submit(vigil)
    ravi = vigil.organiser()
    await ravi.tap("Preview")
    reopen = "Change it (voids the approval)"
    await desk.tap(vigil.group(), "Approve")
    vigil.world.clock.jump(MINUTE)
    await vigil.sent()
    assert (await ravi.tap(reopen)).startswith(MOVED)
    assert await desk.state(vigil, number) == (AlertState.FINISHED, None)


async def test_what_is_sent_back_returns_to_its_author(vigil: Vigil) -> None:
    number = await desk.submit(vigil)
    kept, ravi = desk.kept(vigil), vigil.organiser()
    await desk.tap(vigil.group(1), "Send back")
    assert await desk.state(vigil, number) == (DRAFT, None)
    assert ravi.last["text"].startswith("Urgent action 1 comes back to you for a change.")
    assert (await desk.press(vigil.group(), kept)).startswith(MOVED)
    await vigil.keep()
    await ravi.say("/alert")
    await desk.tap(ravi, "Go on with draft")
    await ravi.tap("Submit for approval")
    await vigil.keep()
    assert "Approved by Omar" in await desk.tap(vigil.group(1), "Approve")
    assert await desk.state(vigil, number) == (APPROVED, None)
