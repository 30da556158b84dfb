"""The chains of signatures: added to in the transaction of what they tell, and never changed."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.models.chains import BEGINNING, Event, Link, commitment
from bot.store.schema import petitions, signature_chain, signatures

_LINK = sa.select(
    signature_chain.c.place,
    signature_chain.c.event,
    signature_chain.c.number,
    signature_chain.c.version,
    signature_chain.c.day,
    signature_chain.c.commitment,
    signature_chain.c.digest,
).order_by(signature_chain.c.place)
_TIED = (
    _LINK.add_columns(
        signatures.c.salt,
        signatures.c.supporter_id,
        signatures.c.number,
        signatures.c.name,
        signatures.c.version,
        signatures.c.signed_at,
    )
    .select_from(signature_chain)
    .outerjoin(
        signatures,
        (signatures.c.petition == signature_chain.c.petition)
        & (signatures.c.number == signature_chain.c.number)
        & (signature_chain.c.event == Event.SIGNED),
    )
)
_AT_ONCE = 256
"""Links that are read at a time: one by one is slow, and with more of them people would wait."""
_OF_LINK = len(_LINK.selected_columns)
_LAST = (
    sa.select(signature_chain.c.place, signature_chain.c.digest)
    .where(signature_chain.c.petition == sa.bindparam("slug"))
    .order_by(signature_chain.c.place.desc())
    .limit(1)
)
_ADD = sa.insert(signature_chain)


@dataclass(frozen=True, slots=True)
class Claim:
    """What is stored of a petition beside its chain, and has to agree with it."""

    slug: str
    signatures: int
    last_number: int
    delivered: int | None


@dataclass(frozen=True, slots=True)
class Tied:
    """A link, and whether there is a signature of its number, which it describes as it is."""

    link: Link
    is_held: bool
    is_true: bool


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
    async with db.stream(_LINK.where(signature_chain.c.petition == slug)) as found:
        async for rows in found.partitions(_AT_ONCE):
            for row in rows:
                yield Link(*row)


async def tied(db: AsyncConnection, slug: str) -> AsyncIterator[Tied]:
    """A whole chain, in order, beside the signatures that there are."""
    async with db.stream(_TIED.where(signature_chain.c.petition == slug)) as found:
        async for rows in found.partitions(_AT_ONCE):
            for row in rows:
                yield _tied(row)


def _tied(row: Sequence[Any]) -> Tied:
    link, (salt, person, *rest) = Link(*row[:_OF_LINK]), row[_OF_LINK:]
    is_held = person is not None
    return Tied(link, is_held, is_held and commitment(salt, person, *rest) == link.commitment)


async def numbers(db: AsyncConnection, slug: str) -> AsyncIterator[tuple[int, date]]:
    """The signatures that there are, with their days, in order."""
    mine = sa.select(signatures.c.number, signatures.c.signed_at)
    query = mine.where(signatures.c.petition == slug).order_by(signatures.c.number)
    async with db.stream(query) as found:
        async for rows in found.partitions(_AT_ONCE):
            for number, signed_at in rows:
                yield number, signed_at.date()


async def claims(db: AsyncConnection) -> Sequence[Claim]:
    """Of all petitions."""
    columns = (petitions.c.signatures, petitions.c.last_number, petitions.c.delivered)
    found = await db.execute(sa.select(petitions.c.slug, *columns).order_by(petitions.c.slug))
    return [Claim(*row) for row in found]


async def claim(db: AsyncConnection, slug: str) -> Claim | None:
    return next((one for one in await claims(db) if one.slug == slug), None)
