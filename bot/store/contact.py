"""Who is behind an alias, and who may not write to the team any more. Never what was written."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.models import Ban, Relay
from bot.store.schema import contact_bans, relays


async def relay_of(db: AsyncConnection, person: int, now: datetime) -> Relay | None:
    return await _one(db, relays.c.supporter_id == person, now)


async def behind(db: AsyncConnection, alias: str, now: datetime) -> Relay | None:
    return await _one(db, relays.c.alias == alias, now)


async def is_taken(db: AsyncConnection, alias: str) -> bool:
    """Also by one whose week is over and which is still to be erased."""
    found = await db.scalar(sa.select(relays.c.alias).where(relays.c.alias == alias))
    return found is not None


async def put(db: AsyncConnection, relay: Relay) -> None:
    """Give somebody an alias, or note the language that she speaks now."""
    row = insert(relays).values(
        supporter_id=relay.person,
        alias=relay.alias,
        language=relay.language,
        given_at=relay.given_at,
        ends_at=relay.ends_at,
    )
    await db.execute(
        row.on_conflict_do_update(
            index_elements=[relays.c.supporter_id], set_={"language": row.excluded.language}
        )
    )


async def drop(db: AsyncConnection, person: int) -> bool:
    """Erase an alias; says whether there was one."""
    gone = await db.execute(
        sa.delete(relays).where(relays.c.supporter_id == person).returning(relays.c.alias)
    )
    return gone.one_or_none() is not None


async def drop_ended(db: AsyncConnection, now: datetime) -> bool:
    """Erase what has lived its week; says whether there was any."""
    gone = await db.execute(
        sa.delete(relays).where(relays.c.ends_at <= now).returning(relays.c.alias)
    )
    return bool(gone.all())


async def ban(db: AsyncConnection, ban: Ban) -> None:
    """Banned twice, the first time counts."""
    values = {"supporter_id": ban.person, "handle": ban.handle, "since": ban.since}
    await db.execute(insert(contact_bans).values(values).on_conflict_do_nothing())


async def ban_of(db: AsyncConnection, person: int) -> Ban | None:
    found = await db.execute(sa.select(contact_bans).where(contact_bans.c.supporter_id == person))
    row = found.one_or_none()
    return _ban(row) if row else None


async def bans(db: AsyncConnection) -> Sequence[Ban]:
    """All of them, the newest first."""
    order = contact_bans.c.since.desc(), contact_bans.c.handle
    return [_ban(row) for row in await db.execute(sa.select(contact_bans).order_by(*order))]


async def drop_ban(db: AsyncConnection, handle: str) -> bool:
    """Lift a ban; says whether there was one."""
    gone = await db.execute(
        sa.delete(contact_bans)
        .where(contact_bans.c.handle == handle)
        .returning(contact_bans.c.handle)
    )
    return gone.one_or_none() is not None


async def _one(db: AsyncConnection, which: sa.ColumnElement[bool], now: datetime) -> Relay | None:
    found = await db.execute(sa.select(relays).where(which, relays.c.ends_at > now))
    row = found.one_or_none()
    if row is None:
        return None
    return Relay(row.supporter_id, row.alias, row.language, row.given_at, row.ends_at)


def _ban(row: sa.Row[tuple[int, str, datetime]]) -> Ban:
    return Ban(row.supporter_id, row.handle, row.since)
