"""Rows about a person that other parts of the product make, each from one line."""

from datetime import timedelta

import sqlalchemy as sa

from bot.models import AlertKind, Audience, Ban, DeliveryState, Invitation, Member, Relay, Role
from bot.models.sharing import Kind, ShareLink, Target
from bot.store import alerts, contact, letters, shares, staff
from bot.store.schema import deliveries
from tests.conftest import PETITION, Vigil


async def delivered(
    vigil: Vigil, person: int, state: DeliveryState = DeliveryState.SENT, message: int | None = None
) -> int:
    """An alert with this one recipient; the number of it."""
    async with vigil.database.write() as db:
        now = vigil.world.clock.now()
        number = await alerts.add(db, AlertKind.URGENT, "UTC", Audience(), now)
        values = {"alert_id": number, "supporter_id": person, "state": state, "message_id": message}
        await db.execute(sa.insert(deliveries).values(values))
    return number


async def employ(vigil: Vigil, person: int, role: Role = Role.ORGANISER) -> None:
    async with vigil.database.write() as db:
        await staff.put(db, Member(person, role, f"S-{person}", vigil.world.clock.now()))


async def invited(vigil: Vigil, maker: int) -> None:
    """A link for somebody else to join the staff."""
    hour = vigil.world.clock.now() + timedelta(hours=1)
    async with vigil.database.write() as db:
        await staff.add_link(db, Invitation(f"digest of {maker}", maker, Role.VIEWER, hour))


async def written_to_the_team(vigil: Vigil, person: int) -> None:
    """An alias, and a ban besides."""
    now = vigil.world.clock.now()
    async with vigil.database.write() as db:
        week = now + timedelta(days=7)
        await contact.put(db, Relay(person, f"amber_heron_{person}", "en", now, week))
        await contact.ban(db, Ban(person, f"ban of {person}", now))


async def passed_on(vigil: Vigil, person: int) -> None:
    """A link of a signer's, and that somebody came by it: here she is that as well."""
    day = vigil.world.clock.now() + timedelta(days=1)
    link = ShareLink(f"token of {person}", Target(Kind.PETITION, PETITION))
    async with vigil.database.write() as db:
        await shares.add(db, person, link)
        await shares.note_visit(db, person, PETITION, link.token, day)


async def lettered(vigil: Vigil, person: int) -> None:
    """A signer who said that she wrote one letter, and wants to be reminded of another."""
    async with vigil.database.write() as db:
        await letters.add_writer(db, person, "write")
        await letters.ask(db, person, "another")
