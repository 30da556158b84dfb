"""Who belongs to the staff, and the links with which one joins it.

Owners stand in the settings: a row of theirs has the role SUPPORTER and is there for its
pseudonym. Somebody who was removed keeps hers in the same way, so that she cannot come back as
another author and approve what she wrote before.
"""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.models import AlertState, Invitation, Member, Role
from bot.store.alerts import drop
from bot.store.schema import alert_authors, alerts, staff, staff_links

ERASED = "erased"  # why an alert was cancelled: its author has had herself erased
_UNSENT = (AlertState.DRAFT, AlertState.WAITING, AlertState.APPROVED, AlertState.HELD)


async def role(db: AsyncConnection, person: int) -> Role:
    """What the row says; the settings may say that she is an owner."""
    found = await db.scalar(sa.select(staff.c.role).where(staff.c.supporter_id == person))
    return Role(found or Role.SUPPORTER)


async def member(db: AsyncConnection, person: int) -> Member | None:
    return await _one(db, staff.c.supporter_id == person)


async def by_pseudonym(db: AsyncConnection, pseudonym: str) -> Member | None:
    return await _one(db, staff.c.pseudonym == pseudonym)


async def members(db: AsyncConnection) -> Sequence[Member]:
    """Everybody with a row, the highest role first."""
    order = (staff.c.role.desc(), staff.c.since, staff.c.pseudonym)
    return [_member(row) for row in await db.execute(sa.select(staff).order_by(*order))]


async def put(db: AsyncConnection, person: Member) -> None:
    """Add somebody, or change the role of somebody who has a row; pseudonyms never change."""
    row = insert(staff).values(
        supporter_id=person.id,
        role=person.role,
        pseudonym=person.pseudonym,
        since=person.since,
        appointed_by=person.appointed_by,
    )
    await db.execute(
        row.on_conflict_do_update(
            index_elements=[staff.c.supporter_id],
            set_={
                "role": row.excluded.role,
                "since": row.excluded.since,
                "appointed_by": row.excluded.appointed_by,
            },
        )
    )


async def add_link(db: AsyncConnection, invitation: Invitation) -> None:
    await db.execute(
        sa.insert(staff_links).values(
            digest=invitation.digest,
            supporter_id=invitation.maker,
            role=invitation.role,
            expires_at=invitation.expires_at,
        )
    )


async def link(db: AsyncConnection, digest: str, now: datetime) -> Invitation | None:
    """The link with this digest, unless its time is over."""
    found = await db.execute(
        sa.select(staff_links).where(staff_links.c.digest == digest, staff_links.c.expires_at > now)
    )
    row = found.one_or_none()
    if row is None:
        return None
    return Invitation(row.digest, row.supporter_id, Role(row.role), row.expires_at)


async def drop_link(db: AsyncConnection, digest: str) -> None:
    await db.execute(sa.delete(staff_links).where(staff_links.c.digest == digest))


async def drop_links_of(db: AsyncConnection, maker: int) -> None:
    await db.execute(sa.delete(staff_links).where(staff_links.c.supporter_id == maker))


async def drop_expired_links(db: AsyncConnection, now: datetime) -> None:
    await db.execute(sa.delete(staff_links).where(staff_links.c.expires_at <= now))


async def drop_unsent_of(db: AsyncConnection, pseudonym: str, now: datetime) -> None:
    """Let nothing go out any more that somebody wrote who is about to be erased.

    She could come back under another pseudonym and approve it herself. Drafts that nobody else
    has seen are deleted; what was submitted, or has other authors, is cancelled.
    """
    hers = sa.select(alert_authors.c.alert_id).where(alert_authors.c.pseudonym == pseudonym)
    others = sa.select(alert_authors.c.alert_id).where(alert_authors.c.pseudonym != pseudonym)
    number = alerts.c.alert_id
    unseen = sa.select(number).where(
        number.in_(hers),
        number.not_in(others),
        alerts.c.state == AlertState.DRAFT,
        alerts.c.card.is_(None),
    )
    for draft in (await db.scalars(unseen)).all():
        await drop(db, draft)
    await db.execute(
        sa.update(alerts)
        .where(number.in_(hers), alerts.c.state.in_(_UNSENT), alerts.c.started_at.is_(None))
        .values(
            state=AlertState.CANCELLED,
            revision=alerts.c.revision + 1,
            ended_at=now,
            reason=ERASED,
        )
    )


async def _one(db: AsyncConnection, condition: sa.ColumnElement[bool]) -> Member | None:
    row = (await db.execute(sa.select(staff).where(condition))).one_or_none()
    return None if row is None else _member(row)


def _member(row: sa.Row[tuple[object, ...]]) -> Member:
    return Member(row.supporter_id, Role(row.role), row.pseudonym, row.since, row.appointed_by)
