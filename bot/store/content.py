"""Corrections and reviews of texts: what was proposed, what it replaced, and who stands for it."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.models.content import Change, ChangeState
from bot.store.schema import content_changes as changes

_CHANGE = sa.select(
    changes.c.change_id,
    changes.c.place,
    changes.c.state,
    changes.c.body,
    changes.c.base,
    changes.c.former,
    changes.c.author,
    changes.c.accepted_by,
    changes.c.reviewer,
    changes.c.made_at,
    changes.c.not_before,
    changes.c.ended_at,
)


async def add(
    db: AsyncConnection,
    place: str,
    body: bytes,
    base: str | None,
    author: str | None,
    now: datetime,
) -> int:
    """Keep a proposal; its number."""
    number = await db.scalar(
        sa.insert(changes)
        .values(
            place=place,
            state=ChangeState.WAITING,
            body=body,
            base=base,
            author=author,
            made_at=now,
        )
        .returning(changes.c.change_id)
    )
    assert isinstance(number, int)
    return number


async def one(db: AsyncConnection, number: int) -> Change | None:
    found = await _changes(db, _CHANGE.where(changes.c.change_id == number))
    return found[0] if found else None


async def in_state(db: AsyncConnection, state: ChangeState) -> Sequence[Change]:
    """Oldest first."""
    return await _changes(db, _CHANGE.where(changes.c.state == state).order_by(changes.c.change_id))


async def cooled(db: AsyncConnection, now: datetime) -> Sequence[int]:
    """The numbers of those that have been thought over long enough."""
    found = await db.scalars(
        sa.select(changes.c.change_id).where(
            changes.c.state == ChangeState.COOLING, changes.c.not_before <= now
        )
    )
    return found.all()


async def move(
    db: AsyncConnection,
    number: int,
    origin: Collection[ChangeState],
    state: ChangeState,
    **columns: object,
) -> bool:
    """Go from one of the states to another; False when it is in none of them any more."""
    moved = await db.execute(
        sa.update(changes)
        .where(changes.c.change_id == number, changes.c.state.in_(origin))
        .values(state=state, **columns)
        .returning(changes.c.change_id)
    )
    return moved.one_or_none() is not None


async def authors_since_review(db: AsyncConnection, place: str) -> frozenset[str]:
    """Whose corrections no other person has reviewed yet."""
    is_done = (changes.c.place == place) & (changes.c.state == ChangeState.DONE)
    last = sa.select(sa.func.coalesce(sa.func.max(changes.c.change_id), 0)).where(
        is_done & changes.c.reviewer.is_not(None)
    )
    found = await db.scalars(
        sa.select(changes.c.author).where(
            is_done, changes.c.author.is_not(None), changes.c.change_id > last.scalar_subquery()
        )
    )
    return frozenset(found.all())


async def reviews(db: AsyncConnection, most: int) -> Sequence[Change]:
    """What was reviewed, newest first."""
    query = (
        _CHANGE.where(changes.c.state == ChangeState.DONE, changes.c.reviewer.is_not(None))
        .order_by(changes.c.ended_at.desc(), changes.c.change_id.desc())
        .limit(most)
    )
    return await _changes(db, query)


async def _changes(db: AsyncConnection, query: sa.Select[Any]) -> Sequence[Change]:
    rows = await db.execute(query)
    return [Change(row[0], row[1], ChangeState(row[2]), *row[3:]) for row in rows]
