"""Which updates have been handled, so that a second delivery changes nothing."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.schema import handled_updates


async def add(db: AsyncConnection, update_id: int, now: datetime) -> None:
    values = {"update_id": update_id, "handled_at": now}
    await db.execute(insert(handled_updates).values(values).on_conflict_do_nothing())


async def drop_before(db: AsyncConnection, moment: datetime) -> None:
    await db.execute(sa.delete(handled_updates).where(handled_updates.c.handled_at < moment))
