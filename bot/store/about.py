"""What the database knows about itself and the house: one value for each key."""

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.schema import about

FROZEN = "frozen"  # since when, as long as all sends are stopped
COPIED = "copied"  # that it was found to be a copy, as `services.copies` writes it; sends stop too
WORD = "word"  # what the marker beside the key must know; see `bot.marker`
JOURNAL = "journal"  # the number of the last line of the journal beside the key that was seen
NEW = "new"  # in the place of a word in a database that was only just made
PROVEN = "proven"  # the last day on which `services.integrity` went through all chains
AUDITED = "audited"  # number and digest of the last entry, as `store.audit` writes it
ADMIN_CHAT = "admin_chat"  # where the admin group went, as `services.staff` writes it


async def value(db: AsyncConnection, key: str) -> str | None:
    found: str | None = await db.scalar(sa.select(about.c.value).where(about.c.key == key))
    return found


async def put(db: AsyncConnection, key: str, value: str) -> None:
    """Set a value, whatever stood there before."""
    row = insert(about).values(key=key, value=value)
    await db.execute(
        row.on_conflict_do_update(index_elements=[about.c.key], set_={"value": row.excluded.value})
    )


async def drop(db: AsyncConnection, key: str) -> None:
    await db.execute(sa.delete(about).where(about.c.key == key))
