"""Conversations of several messages: one row for each person in each chat."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.models import Dialog
from bot.store.schema import dialogs


async def put(
    db: AsyncConnection, person: int, chat: int, dialog: Dialog, expires_at: datetime
) -> None:
    """Begin a dialog or move it on; a person has one at a time in a chat."""
    values = {
        "name": dialog.name,
        "step": dialog.step,
        "data": dialog.data,
        "update_id": dialog.update_id,
        "expires_at": expires_at,
    }
    await db.execute(
        insert(dialogs)
        .values(supporter_id=person, chat_id=chat, **values)
        .on_conflict_do_update(index_elements=["supporter_id", "chat_id"], set_=values)
    )


async def drop(db: AsyncConnection, person: int, chat: int) -> bool:
    """End a dialog; says whether there was one."""
    gone = await db.execute(
        sa.delete(dialogs)
        .where(dialogs.c.supporter_id == person, dialogs.c.chat_id == chat)
        .returning(dialogs.c.name)
    )
    return gone.one_or_none() is not None


async def drop_expired(db: AsyncConnection, now: datetime) -> None:
    await db.execute(sa.delete(dialogs).where(dialogs.c.expires_at <= now))


async def next_expiry(db: AsyncConnection) -> datetime | None:
    moment: datetime | None = await db.scalar(sa.select(sa.func.min(dialogs.c.expires_at)))
    return moment
