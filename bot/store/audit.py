"""What the staff did: added to, read, and never changed."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import asdict
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.models.audit import BEGINNING, Entry, digest_of
from bot.store import about
from bot.store.schema import audit

_ENTRY = sa.select(*audit.c)


async def add(
    db: AsyncConnection, at: datetime, pseudonym: str, act: str, subject: str, detail: str
) -> None:
    """Put an entry behind the last one, and note in `about` which one is the last now."""
    before, former = await last(db)
    digest = digest_of(former, before + 1, at, pseudonym, act, subject, detail)
    entry = Entry(before + 1, at, pseudonym, act, subject, detail, digest)
    await db.execute(sa.insert(audit).values(asdict(entry)))
    await about.put(db, about.AUDITED, f"{entry.number} {digest}")


async def last(db: AsyncConnection) -> tuple[int, str]:
    """Number and digest of the last entry, as they were noted when it was added."""
    noted = await about.value(db, about.AUDITED)
    if noted is None:
        return 0, BEGINNING
    number, _, digest = noted.partition(" ")
    return int(number), digest


async def names(db: AsyncConnection, pseudonym: str) -> bool:
    """Whether an entry says that somebody of this pseudonym did something."""
    found = await db.scalar(sa.select(sa.exists().where(audit.c.pseudonym == pseudonym)))
    return bool(found)


async def newest(db: AsyncConnection, most: int, skipped: int = 0) -> Sequence[Entry]:
    order = audit.c.number.desc()
    found = await db.execute(_ENTRY.order_by(order).limit(most).offset(skipped))
    return [Entry(*row) for row in found]


async def of(db: AsyncConnection, subject: str) -> Sequence[Entry]:
    """What was done to this, the latest first."""
    order = audit.c.number.desc()
    found = await db.execute(_ENTRY.where(audit.c.subject == subject).order_by(order))
    return [Entry(*row) for row in found]


async def entries(db: AsyncConnection) -> AsyncIterator[Entry]:
    """All of them, in order."""
    async with db.stream(_ENTRY.order_by(audit.c.number)) as found:
        async for row in found:
            yield Entry(*row)
