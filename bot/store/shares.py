"""Personal links: whose they are, and how many signed after one. Never who."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.models.sharing import Kind, ShareLink, Target
from bot.store.schema import ended_links, share_links, share_visits, signatures

_THIS_VISIT = (share_visits.c.supporter_id == sa.bindparam("person")) & (
    share_visits.c.petition == sa.bindparam("petition")
)
_ARRIVED = sa.select(share_visits.c.token, share_visits.c.until).where(_THIS_VISIT)
_LEFT = sa.delete(share_visits).where(_THIS_VISIT).returning(share_visits.c.token)
_COUNTED = (
    sa.select(sa.true())
    .select_from(share_visits)
    .join(
        signatures,
        (signatures.c.supporter_id == share_visits.c.supporter_id)
        & (signatures.c.petition == share_visits.c.petition),
    )
    .where(
        share_visits.c.supporter_id == sa.bindparam("person"),
        share_visits.c.petition != sa.bindparam("petition"),
        share_visits.c.token == sa.bindparam("token"),
    )
    .limit(1)
)


async def link_of(db: AsyncConnection, person: int, target: Target) -> ShareLink | None:
    found = await db.execute(
        sa.select(share_links.c.token, share_links.c.signed).where(
            share_links.c.supporter_id == person,
            share_links.c.kind == target.kind,
            share_links.c.slug == target.slug,
        )
    )
    row = found.one_or_none()
    return None if row is None else ShareLink(row.token, target, row.signed)


async def add(db: AsyncConnection, person: int, link: ShareLink) -> None:
    """The person must have a row; there must be no link of hers to this target."""
    await db.execute(
        sa.insert(share_links).values(
            token=link.token,
            supporter_id=person,
            kind=link.target.kind,
            slug=link.target.slug,
        )
    )


async def owned(db: AsyncConnection, token: str) -> tuple[Target, int] | None:
    """Where somebody's link leads, and whose it is."""
    found = await db.execute(
        sa.select(share_links.c.kind, share_links.c.slug, share_links.c.supporter_id).where(
            share_links.c.token == token
        )
    )
    row = found.one_or_none()
    return None if row is None else (Target(Kind(row.kind), row.slug), row.supporter_id)


async def ended(db: AsyncConnection, token: str) -> Target | None:
    """Where a link leads that was somebody's once."""
    found = await db.execute(
        sa.select(ended_links.c.kind, ended_links.c.slug).where(ended_links.c.token == token)
    )
    row = found.one_or_none()
    return None if row is None else Target(Kind(row.kind), row.slug)


async def end(db: AsyncConnection, person: int, token: str) -> Target | None:
    """Make a link nobody's, and forget who came by it; None when it is not this person's."""
    gone = await db.execute(
        sa.delete(share_links)
        .where(share_links.c.token == token, share_links.c.supporter_id == person)
        .returning(share_links.c.kind, share_links.c.slug)
    )
    row = gone.one_or_none()
    if row is None:
        return None
    await db.execute(sa.insert(ended_links).values(token=token, kind=row.kind, slug=row.slug))
    return Target(Kind(row.kind), row.slug)


async def end_to(db: AsyncConnection, person: int, target: Target) -> None:
    """Make the person's link to this nobody's, if there is one."""
    if link := await link_of(db, person, target):
        await end(db, person, link.token)


async def note_visit(
    db: AsyncConnection, person: int, petition: str, token: str, until: datetime
) -> None:
    """In the place of the link she came by before: one row tells of one link."""
    values = {"token": token, "until": until}
    await db.execute(
        insert(share_visits)
        .values(supporter_id=person, petition=petition, **values)
        .on_conflict_do_update(index_elements=["supporter_id", "petition"], set_=values)
    )


async def signed(db: AsyncConnection, person: int, petition: str, now: datetime) -> None:
    """Count a person who signed for the link that led her to it.

    Who came by a link to a case is counted once, whatever she signs. The visit stays until its
    day is over: as long as it does, the signature that stands beside it is one that was counted.
    """
    asked = {"person": person, "petition": petition}
    visit = (await db.execute(_ARRIVED, asked)).one_or_none()
    if visit is None:
        return
    if visit.until <= now:
        await db.execute(_LEFT, asked)
    elif not await db.scalar(_COUNTED, {**asked, "token": visit.token}):
        await _count(db, visit.token, 1)


async def unsigned(db: AsyncConnection, person: int, petition: str) -> None:
    """Count one less for the link that led to a signature which is gone by now, and forget it."""
    asked = {"person": person, "petition": petition}
    token = await db.scalar(_LEFT, asked)
    if token is not None and not await db.scalar(_COUNTED, {**asked, "token": token}):
        await _count(db, token, -1)


async def _count(db: AsyncConnection, token: str, number: int) -> None:
    await db.execute(
        sa.update(share_links)
        .where(share_links.c.token == token)
        .values(signed=share_links.c.signed + number)
    )


async def drop_passed(db: AsyncConnection, now: datetime) -> None:
    await db.execute(sa.delete(share_visits).where(share_visits.c.until <= now))
