"""What people of the staff, and people who were, could try with roles, links and lists."""

import pytest

from bot.models import Role
from playground.faults import Fault
from tests.conftest import Start, Vigil
from tests.conversation import Chat
from tests.handlers.organiser import desk
from tests.handlers.test_choosing import choose
from tests.handlers.test_stop import unreachable


@pytest.fixture
async def vigil(start: Start) -> Vigil:
    """Hanna is the owner, Omar an admin, Ravi an organiser."""
    vigil = await start()
    vigil = await start(owners=frozenset({vigil.world.admins[0].id}))
    await desk.staffed(vigil)
    return vigil


async def appoint(vigil: Vigil, person: int, role: Role) -> None:
    await vigil.services.staff.appoint(vigil.world.admins[0].id, person, role)


async def role(vigil: Vigil, person: int) -> Role:
    async with vigil.database.read() as db:
        return await vigil.services.staff.role_in(db, person)


async def test_a_long_list_of_staff_can_still_be_read(vigil: Vigil) -> None:
    """An admin could fill it, so that nobody finds the button that removes her."""
    for number in range(300):
        await appoint(vigil, 700_000_000 + number, Role.VIEWER)
    listed = await vigil.group().say("/staff")
    assert listed.startswith("Staff")
    assert "Remove Omar Bensaïd" in [label.strip() for label in plain(vigil.group().buttons)]
    assert "more" in listed


def plain(labels: list[str]) -> list[str]:
    return [label.replace("\u2068", "").replace("\u2069", "") for label in labels]


async def test_who_erases_herself_keeps_no_menu_of_the_staff(vigil: Vigil) -> None:
    ravi = vigil.organiser()
    await ravi.say("/start")
    assert "alert" in menu(vigil, ravi)
    await ravi.say("/forgetme")
    await ravi.tap("Erase everything")
    assert "alert" not in menu(vigil, ravi)
    assert await role(vigil, ravi.user) is Role.SUPPORTER


def menu(vigil: Vigil, chat: Chat) -> list[str]:
    person = vigil.world.people[chat.user]
    seen = vigil.world.menus.seen_by(person, vigil.world.chat(chat.id))
    return [one["command"] for one in seen]


async def test_a_test_in_a_group_that_is_lost_makes_nobody_unreachable(vigil: Vigil) -> None:
    """The group has put the bot out; the organiser has not blocked it."""
    ravi = vigil.organiser()
    await choose(ravi)
    await desk.draft(vigil)
    vigil.world.faults.add(Fault("blocked", chat=vigil.world.admin_chat.id))
    told = await ravi.tap("Test in the group")
    assert not await unreachable(vigil, ravi.user)
    assert any("The admin group cannot be reached" in one for one in ravi.replies)
    assert told


async def test_a_kill_keeps_no_new_member_of_the_staff_from_the_group(vigil: Vigil) -> None:
    """The link was used, and the process killed before it told anybody; Telegram asks again."""
    token = await vigil.services.staff.invite(vigil.world.admins[0].id, Role.ORGANISER)
    amara = vigil.chat()
    await vigil.services.staff.join(amara.user, token)
    assert "used" in await vigil.chat(1).link(f"staff-{token}")
    assert "You are an organiser now" in await amara.link(f"staff-{token}")
    assert "Amara Okafor\u2069 an organiser." in vigil.group().last["text"]
    assert "used" in await amara.link(f"staff-{token}")


async def test_a_link_that_was_used_does_not_bring_back_who_was_removed(vigil: Vigil) -> None:
    token = await vigil.services.staff.invite(vigil.world.admins[0].id, Role.ORGANISER)
    amara = vigil.chat()
    await vigil.services.staff.join(amara.user, token)
    await appoint(vigil, amara.user, Role.SUPPORTER)
    assert "used" in await amara.link(f"staff-{token}")
    assert await role(vigil, amara.user) is Role.SUPPORTER
