"""Which updates have been handled, so that a second delivery changes nothing."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.schema import handled_updates

_ADD = insert(handled_updates).on_conflict_do_nothing()


async def add(db: AsyncConnection, update_ids: Sequence[int], now: datetime) -> None:
    await db.execute(_ADD, [{"update_id": one, "handled_at": now} for one in update_ids])


async def drop_before(db: AsyncConnection, moment: datetime) -> None:
    await db.execute(sa.delete(handled_updates).where(handled_updates.c.handled_at < moment))
