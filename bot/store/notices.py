"""What the admin group has been told, so that it is told once."""

from collections.abc import Collection
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.schema import notices


async def told(db: AsyncConnection, keys: Collection[str]) -> frozenset[str]:
    """Those of the keys of which the group has heard."""
    found = await db.scalars(sa.select(notices.c.key).where(notices.c.key.in_(keys)))
    return frozenset(found.all())


async def tell(db: AsyncConnection, key: str, now: datetime) -> None:
    await db.execute(insert(notices).values(key=key, told_at=now).on_conflict_do_nothing())
