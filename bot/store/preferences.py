"""How somebody wants to be reached; a row only while something differs from what all others get."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.models import Preferences, QuietHours
from bot.store.schema import preferences


async def of_person(db: AsyncConnection, person: int) -> Preferences | None:
    found = await db.execute(sa.select(preferences).where(preferences.c.supporter_id == person))
    row = found.one_or_none()
    return None if row is None else read(row)


async def keep(db: AsyncConnection, person: int, chosen: Preferences) -> None:
    """In the place of what was kept before."""
    hours = chosen.quiet_hours
    values = {
        "zone": chosen.zone,
        "quiet_from": hours and hours.begin,
        "quiet_to": hours and hours.end,
        "per_week": chosen.per_week,
        "digest_on": chosen.digest_on,
        "rings": chosen.rings,
    }
    await db.execute(
        insert(preferences)
        .values(supporter_id=person, **values)
        .on_conflict_do_update(index_elements=["supporter_id"], set_=values)
    )


async def drop(db: AsyncConnection, person: int) -> None:
    await db.execute(sa.delete(preferences).where(preferences.c.supporter_id == person))


def read(row: Any) -> Preferences:
    """A row that has the columns of the table."""
    return Preferences(
        row.zone, hours(row.quiet_from, row.quiet_to), row.per_week, row.digest_on, row.rings
    )


def hours(begin: int | None, end: int | None) -> QuietHours | None:
    return None if begin is None or end is None else QuietHours(begin, end)
