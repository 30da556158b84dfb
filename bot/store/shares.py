"""Personal links: whose they are, and how many signed after one. Never who."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.models.sharing import Kind, ShareLink, Target
from bot.store.schema import ended_links, share_links, share_visits

_ARRIVED = (
    sa.delete(share_visits)
    .where(
        share_visits.c.supporter_id == sa.bindparam("person"),
        share_visits.c.petition == sa.bindparam("petition"),
    )
    .returning(share_visits.c.token, share_visits.c.until)
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
    """Count a signature for the link that led to it, and forget which one that was.

    Who came by a link to a case is counted once, whatever she signs.
    """
    gone = await db.execute(_ARRIVED, {"person": person, "petition": petition})
    visit = gone.one_or_none()
    if visit is None or visit.until <= now:
        return
    same = (share_visits.c.supporter_id == person) & (share_visits.c.token == visit.token)
    await db.execute(sa.delete(share_visits).where(same))
    await db.execute(
        sa.update(share_links)
        .where(share_links.c.token == visit.token)
        .values(signed=share_links.c.signed + 1)
    )


async def drop_passed(db: AsyncConnection, now: datetime) -> None:
    await db.execute(sa.delete(share_visits).where(share_visits.c.until <= now))
