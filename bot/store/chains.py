"""The chains of signatures: added to in the transaction of what they tell, and never changed."""

from collections.abc import AsyncIterator
from dataclasses import asdict
from datetime import UTC, datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.models.chains import BEGINNING, Event, Link
from bot.store.schema import signature_chain

_LINK = sa.select(
    signature_chain.c.place,
    signature_chain.c.event,
    signature_chain.c.number,
    signature_chain.c.version,
    signature_chain.c.day,
    signature_chain.c.commitment,
    signature_chain.c.digest,
)
_LAST = (
    sa.select(signature_chain.c.place, signature_chain.c.digest)
    .where(signature_chain.c.petition == sa.bindparam("slug"))
    .order_by(signature_chain.c.place.desc())
    .limit(1)
)
_ADD = sa.insert(signature_chain)


async def add(
    db: AsyncConnection,
    slug: str,
    event: Event,
    number: int,
    now: datetime,
    version: int = 0,
    commitment: bytes = b"",
) -> None:
    """Put a link behind the last one: two statements, however long the chain is."""
    last = (await db.execute(_LAST, {"slug": slug})).one_or_none()
    place, former = last or (0, BEGINNING)
    day = now.astimezone(UTC).date()
    link = Link(place + 1, event, number, version, day, commitment).after(former)
    await db.execute(_ADD, {"petition": slug, **asdict(link)})


async def links(db: AsyncConnection, slug: str) -> AsyncIterator[Link]:
    """A whole chain, in order."""
    query = _LINK.where(signature_chain.c.petition == slug).order_by(signature_chain.c.place)
    async with db.stream(query) as found:
        async for row in found:
            yield Link(*row)
