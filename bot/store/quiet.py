"""Until when somebody is sent nothing that she has not asked for, and shown no door to it.

One row for each person, whatever it is for: nobody who reads it learns why she is left in peace.
"""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.schema import quiet_times


async def keep(db: AsyncConnection, person: int, until: datetime) -> None:
    """In the place of what was kept before."""
    row = insert(quiet_times).values(supporter_id=person, quiet_until=until)
    await db.execute(
        row.on_conflict_do_update(index_elements=["supporter_id"], set_={"quiet_until": until})
    )


async def until(db: AsyncConnection, person: int) -> datetime | None:
    wanted = sa.select(quiet_times.c.quiet_until).where(quiet_times.c.supporter_id == person)
    moment: datetime | None = await db.scalar(wanted)
    return moment


async def drop(db: AsyncConnection, person: int) -> None:
    await db.execute(sa.delete(quiet_times).where(quiet_times.c.supporter_id == person))


async def drop_passed(db: AsyncConnection, now: datetime) -> None:
    await db.execute(sa.delete(quiet_times).where(quiet_times.c.quiet_until <= now))
