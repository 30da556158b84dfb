"""Which text somebody was shown last, so that “why?” can be understood; for minutes only."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.schema import last_read


async def keep(db: AsyncConnection, person: int, passage: str, until: datetime) -> None:
    """In the place of what was kept before: one row tells of one text, never of a history."""
    values = {"passage": passage, "until": until}
    await db.execute(
        insert(last_read)
        .values(supporter_id=person, **values)
        .on_conflict_do_update(index_elements=["supporter_id"], set_=values)
    )


async def drop(db: AsyncConnection, person: int) -> None:
    await db.execute(sa.delete(last_read).where(last_read.c.supporter_id == person))


async def drop_passed(db: AsyncConnection, now: datetime) -> None:
    await db.execute(sa.delete(last_read).where(last_read.c.until <= now))
