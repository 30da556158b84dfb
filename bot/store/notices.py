"""What the admin group has been told, so that it is told once."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.schema import notices


async def is_told(db: AsyncConnection, key: str) -> bool:
    found = await db.scalar(sa.select(notices.c.key).where(notices.c.key == key))
    return found is not None


async def tell(db: AsyncConnection, key: str, now: datetime) -> None:
    await db.execute(insert(notices).values(key=key, told_at=now).on_conflict_do_nothing())
