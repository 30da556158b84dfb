"""Four eyes: who may approve, and what."""

from datetime import timedelta

import pytest

from bot.models import AlertState, Role, Supporter
from playground.world import World
from tests.conftest import NOON, Start, Vigil
from tests.conversation import Chat
from tests.handlers.organiser import desk
from tests.handlers.organiser.desk import MINUTE

WAITING, APPROVED, DRAFT = AlertState.WAITING, AlertState.APPROVED, AlertState.DRAFT
CHANGED = "It was changed while you were looking at it"
MOVED = "It has moved on since this button was made"
OWN = "You wrote on this one. Somebody else has to approve it."


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


async def test_the_number_of_people_stands_on_the_button(vigil: Vigil) -> None:
    await desk.submit(vigil)
    assert vigil.group().buttons == [
        "Approve: 10 people",
        "Send back to its author",
        "Cancel for good",
    ]


async def test_a_draft_asks_nobody_and_sends_nothing(vigil: Vigil) -> None:
    number = await desk.draft(vigil)
    before = len(vigil.world.admin_chat.messages)
    vigil.world.clock.jump(2 * MINUTE)
    await vigil.sent()
    assert await desk.state(vigil, number) == (DRAFT, None)
    assert len(vigil.world.admin_chat.messages) == before
    assert not desk.received(vigil)


async def test_two_admins_can_approve_what_an_organiser_wrote(vigil: Vigil) -> None:
    number = await desk.submit(vigil)
    told = await desk.tap(vigil.group(1), "Approve")
    assert "Approved by Omar" in told
    assert "It can be cancelled until 12:01:00 UTC" in told
    assert await desk.state(vigil, number) == (APPROVED, None)
    assert vigil.group().buttons == ["Cancel for good"]


async def test_the_author_cannot_approve_even_as_an_admin(vigil: Vigil) -> None:
    number = await desk.submit(vigil)
    ravi = vigil.world.organiser.id
    await desk.appoint(vigil, ravi, Role.ADMIN)
    assert await desk.press(desk.enter(vigil, ravi), desk.kept(vigil)) == OWN
    assert await desk.state(vigil, number) == (WAITING, None)


async def test_who_wrote_a_part_of_it_cannot_approve(vigil: Vigil) -> None:
    """Inés changes Ravi's text, is then made an admin, and he submits it."""
    await desk.draft(vigil)
    ines, ravi = vigil.chat(4), vigil.organiser()
    await desk.appoint(vigil, ines.user, Role.ORGANISER)
    await ines.say("/alert")
    await desk.tap(ines, "Go on with draft")
    await ines.tap("Text")
    await ines.say("They hold Samira. Ask for a lawyer.")
    await desk.appoint(vigil, ines.user, Role.ADMIN)
    await ravi.say("/alert")
    await desk.tap(ravi, "Go on with draft")
    await ravi.tap("Submit for approval")
    await vigil.keep()
    assert await desk.press(desk.enter(vigil, ines.user), desk.kept(vigil)) == OWN
    assert "Approved by" in await desk.tap(vigil.group(1), "Approve")


async def test_who_has_only_taken_it_back_cannot_approve(vigil: Vigil) -> None:
    """Whoever reopens it is in its history, though she gave it back as it was."""
    await desk.submit(vigil)
    omar = Chat(vigil.world, vigil.world.admins[1].id)
    await omar.say("/queue")
    await desk.tap(omar, "Urgent action 1")
    await omar.tap("Change it (voids the approval)")
    await omar.tap("Submit for approval")
    await vigil.keep()
    assert await desk.press(vigil.group(1), desk.kept(vigil)) == OWN


@pytest.mark.parametrize("role", [Role.SUPPORTER, Role.VIEWER, Role.ORGANISER])
async def test_a_demoted_approvers_tap_is_refused(vigil: Vigil, role: Role) -> None:
    number = await desk.submit(vigil)
    kept = desk.kept(vigil)
    await desk.appoint(vigil, vigil.world.admins[1].id, role)
    assert (await desk.press(vigil.group(1), kept)).startswith("Only admins can do that.")
    assert await desk.state(vigil, number) == (WAITING, None)


@pytest.mark.parametrize("role", [Role.SUPPORTER, Role.VIEWER, Role.ORGANISER])
async def test_only_admins_approve(vigil: Vigil, role: Role) -> None:
    number = await desk.submit(vigil)
    person = vigil.world.supporters[4].id
    await desk.appoint(vigil, person, role)
    for opening in ("Approve", "Send back", "Cancel"):
        told = await desk.press(desk.enter(vigil, person), desk.kept(vigil, opening))
        assert told.startswith(("Only admins", "Only organisers")), opening
    assert await desk.state(vigil, number) == (WAITING, None)


async def test_a_forged_approval_in_a_private_chat_does_nothing(vigil: Vigil) -> None:
    """Even an admin's: what happens to alerts happens before the eyes of the group."""
    number = await desk.submit(vigil)
    _, data = desk.kept(vigil)
    omar = Chat(vigil.world, vigil.world.admins[1].id)
    await omar.say("/start")
    await omar.send_data(data)
    assert omar.popups[-1] == "This button works in the admin group only."
    assert await desk.state(vigil, number) == (WAITING, None)


async def test_the_tap_of_an_admin_who_is_anonymous_is_hers_all_the_same(vigil: Vigil) -> None:
    """Telegram names who taps also where it hides who writes."""
    number = await desk.submit(vigil)
    omar = vigil.group(1)
    vigil.world.admin_chat.admins.add(omar.user)
    assert "I cannot tell who you are" in await omar.say("/freeze", anonymous=True)
    assert not await vigil.services.watching.frozen()
    assert "Approved by Omar" in await desk.tap(omar, "Approve")
    assert await desk.state(vigil, number) == (APPROVED, None)


async def test_a_forwarded_command_freezes_nothing(vigil: Vigil) -> None:
    assert "A forwarded command does nothing" in await vigil.group().say("/freeze", forwarded=True)
    assert not await vigil.services.watching.frozen()


async def test_a_double_tap_approves_once_and_sends_once(vigil: Vigil) -> None:
    number = await desk.submit(vigil)
    kept = desk.kept(vigil)
    message, data = kept
    for admin in vigil.world.admins * 2:  # all before the first one is handled
        vigil.world.tap(admin.id, vigil.world.admin_chat.id, message, data)
    await vigil.world.settled()
    first = (await vigil.services.watching.one(number)).alert
    vigil.world.clock.jump(MINUTE / 2)
    assert "Approved by" in await desk.press(vigil.group(1), kept)
    again = (await vigil.services.watching.one(number)).alert
    assert (again.approver, again.not_before) == (first.approver, NOON + MINUTE)
    vigil.world.clock.jump(MINUTE / 2)
    await vigil.sent()
    assert (await desk.press(vigil.group(1), kept)).startswith(MOVED)
    await vigil.sent()
    assert len(desk.received(vigil)) == desk.received(vigil).total() == 10


@pytest.mark.parametrize(
    ("more", "passes"), [(2, True), (3, False), (-2, True), (-3, False), (-10, False)]
)
async def test_the_number_on_the_button_may_be_a_fifth_off(
    vigil: Vigil, more: int, passes: bool
) -> None:
    """Otherwise nothing is done, and the card shows the new one."""
    number = await desk.submit(vigil)
    kept = desk.kept(vigil)
    await change_number(vigil, more)
    told = await desk.press(vigil.group(), kept)
    assert told.startswith(CHANGED) is not passes
    assert await desk.state(vigil, number) == (APPROVED if passes else WAITING, None)
    await vigil.keep()
    if not passes:
        assert f"Approve: {10 + more} people" in vigil.group().buttons


async def change_number(vigil: Vigil, more: int) -> None:
    """Let ten people become more or fewer, from the end."""
    if more > 0:
        await desk.enrol(vigil, 10, 10 + more)
    for person in vigil.world.crowd.ids[10 + more : 10] if more < 0 else ():
        await vigil.services.supporters.stop(Supporter(person, "en", known=True))


async def test_who_is_alone_waits_ten_minutes_instead_of_one(start: Start, vigil: Vigil) -> None:
    await desk.appoint(vigil, vigil.world.admins[1].id, Role.SUPPORTER)
    hanna = Chat(vigil.world, vigil.world.admins[0].id)
    number = await desk.submit(vigil, author=hanna)
    [card] = desk.cards(vigil, number)
    assert "it waits ten minutes instead of one before it goes out" in card
    told = await desk.tap(vigil.group(), "Approve")
    assert "It can be cancelled until 12:10:00 UTC" in told
    vigil.world.clock.jump(10 * MINUTE - timedelta(seconds=1))
    await vigil.sent()
    assert not desk.received(vigil)
    vigil.world.clock.jump(timedelta(seconds=1))
    await vigil.sent()
    assert desk.received(vigil).total() == 10


async def test_a_second_admin_ends_the_right_of_the_first_to_approve_alone(vigil: Vigil) -> None:
    await desk.appoint(vigil, vigil.world.admins[1].id, Role.SUPPORTER)
    number = await desk.submit(vigil, author=Chat(vigil.world, vigil.world.admins[0].id))
    kept = desk.kept(vigil)
    await desk.appoint(vigil, vigil.world.admins[1].id, Role.ADMIN)
    assert await desk.press(vigil.group(), kept) == OWN
    await vigil.keep()
    [card] = desk.cards(vigil, number)
    assert "ten minutes" not in card
    assert "Approved by Omar" in await desk.tap(vigil.group(1), "Approve")


async def test_an_owner_who_has_never_said_a_word_is_a_second_person(start: Start) -> None:
    """Both admins are owners here, and nobody has met one of them yet."""
    vigil = await start()
    await desk.staffed(vigil)
    await desk.enrol(vigil, last=10)
    await desk.submit(vigil, author=Chat(vigil.world, vigil.world.admins[0].id))
    assert await desk.press(vigil.group(), desk.kept(vigil)) == OWN


async def test_a_card_from_before_a_restart_still_works(start: Start, vigil: Vigil) -> None:
    number = await desk.submit(vigil)
    kept = desk.kept(vigil)
    vigil = await start(owners=vigil.settings.owners)
    assert "Approved by Omar" in await desk.press(vigil.group(1), kept)
    vigil = await start(owners=vigil.settings.owners)
    await vigil.keep()
    assert len(desk.cards(vigil, number)) == 1
    assert "Cancelled" in await desk.tap(vigil.group(), "Cancel")


async def test_a_card_that_somebody_has_deleted_can_still_be_tapped(vigil: Vigil) -> None:
    """It stands on somebody's screen for a moment; what she decides is answered below."""
    number = await desk.submit(vigil)
    kept = desk.kept(vigil)
    vigil.world.admin_chat.remove([kept[0]])
    assert "Approved by Omar" in await desk.press(vigil.group(1), kept)
    assert await desk.state(vigil, number) == (APPROVED, None)
    await vigil.keep()
    await vigil.keep()
    assert "Cancelled." in await desk.tap(vigil.group(), "Cancel")


async def test_nothing_of_it_goes_out_when_it_is_cancelled_in_its_minute(vigil: Vigil) -> None:
    number = await desk.approve(vigil)
    await desk.tap(vigil.group(1), "Cancel")
    vigil.world.clock.jump(MINUTE)
    await vigil.sent()
    assert not desk.received(vigil)
    assert await desk.state(vigil, number) == (AlertState.CANCELLED, None)
    assert vigil.organiser().last["text"].startswith("Urgent action 1 has not gone out.")
    assert not desk.reports(vigil, number)


async def test_an_alert_that_has_begun_cannot_be_approved_anew(vigil: Vigil) -> None:
    """Interrupted and held, it has its own button; one of before must not start it over."""
    number = await desk.submit(vigil)
    kept = desk.kept(vigil)
    await desk.tap(vigil.group(), "Approve")
    vigil.world.clock.jump(MINUTE)
    await vigil.services.schedule.tick()
    vigil.world.clock.jump(20 * MINUTE)
    await vigil.services.schedule.tick()
    assert await desk.state(vigil, number) == (AlertState.HELD, "interrupted")
    assert (await desk.press(vigil.group(), kept)).startswith(MOVED)
    assert await desk.state(vigil, number) == (AlertState.HELD, "interrupted")


async def test_the_author_hears_that_it_was_approved_once(vigil: Vigil) -> None:
    await desk.submit(vigil)
    ravi, kept = vigil.organiser(), desk.kept(vigil)
    before = len(ravi.messages)
    await desk.press(vigil.group(), kept)
    await desk.press(vigil.group(1), kept)
    [told] = ravi.messages[before:]
    assert told["text"].startswith("Urgent action 1 is approved.")
