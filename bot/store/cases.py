"""How cases ended: a row from the first word of a draft on."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.models import Topic
from bot.models.cases import Ending, EndingState, Fate
from bot.store.schema import case_endings, choices, petitions

_OPEN = (EndingState.DRAFT, EndingState.WAITING)


async def add(db: AsyncConnection, slug: str, fate: Fate, pseudonym: str, now: datetime) -> int:
    """Begin a draft; the number that it is known by."""
    number = await db.scalar(
        sa.insert(case_endings)
        .values(
            slug=slug,
            fate=fate,
            state=EndingState.DRAFT,
            revision=1,
            words={},
            authors=[pseudonym],
            made_at=now,
        )
        .returning(case_endings.c.number)
    )
    assert isinstance(number, int)
    return number


async def ending(db: AsyncConnection, number: int) -> Ending | None:
    found = await _endings(db, case_endings.c.number == number)
    return found[0] if found else None


async def begun(db: AsyncConnection, slug: str) -> Sequence[Ending]:
    """What is drafted for this case, or waits; oldest first."""
    return await _endings(db, (case_endings.c.slug == slug) & case_endings.c.state.in_(_OPEN))


async def done(db: AsyncConnection, slug: str | None = None) -> Sequence[Ending]:
    """What became of this case, or of all of them, as it was decided here: the latest is last."""
    is_done = case_endings.c.state == EndingState.DONE
    wanted = is_done if slug is None else is_done & (case_endings.c.slug == slug)
    return await _endings(db, wanted, case_endings.c.decided_at)


async def closed(db: AsyncConnection) -> frozenset[str]:
    """The cases that their families have ended."""
    found = await db.scalars(
        sa.select(case_endings.c.slug).where(
            case_endings.c.state == EndingState.DONE, case_endings.c.fate == Fate.CLOSED
        )
    )
    return frozenset(found)


async def unreported(db: AsyncConnection) -> Sequence[Ending]:
    """Those that families have ended, and the admin group has not read what came of it."""
    return await _endings(
        db,
        (case_endings.c.state == EndingState.DONE)
        & (case_endings.c.fate == Fate.CLOSED)
        & case_endings.c.reported_at.is_(None),
    )


async def petitions_of(db: AsyncConnection, slug: str) -> Collection[str]:
    """The petitions that were tied to this case in the chat; files tie others."""
    found = await db.scalars(sa.select(petitions.c.slug).where(petitions.c.case_slug == slug))
    return found.all()


async def tied(db: AsyncConnection) -> frozenset[str]:
    """The cases to which petitions were tied in the chat."""
    found = await db.scalars(
        sa.select(petitions.c.case_slug).where(petitions.c.case_slug.is_not(None))
    )
    return frozenset(found)


async def chosen(db: AsyncConnection) -> Mapping[str, str]:
    """By petition, the case that was tied to it in the chat."""
    tied = petitions.c.case_slug.is_not(None)
    found = await db.execute(sa.select(petitions.c.slug, petitions.c.case_slug).where(tied))
    return {row.slug: row.case_slug for row in found}


async def change(db: AsyncConnection, number: int, **columns: object) -> None:
    """Set columns, as a new revision."""
    await db.execute(
        sa.update(case_endings)
        .where(case_endings.c.number == number)
        .values(revision=case_endings.c.revision + 1, **columns)
    )


async def reported(db: AsyncConnection, number: int, now: datetime) -> None:
    await db.execute(
        sa.update(case_endings).where(case_endings.c.number == number).values(reported_at=now)
    )


async def drop_choices(db: AsyncConnection, told_of: Collection[tuple[Topic, str]]) -> None:
    """End everybody's wish to be told of these."""
    for topic, about in told_of:
        await db.execute(
            sa.delete(choices).where(choices.c.topic == topic, choices.c.about == about)
        )


async def _endings(
    db: AsyncConnection, condition: sa.ColumnElement[bool], *order: sa.ColumnElement[datetime]
) -> Sequence[Ending]:
    found = await db.execute(
        sa.select(case_endings).where(condition).order_by(*order, case_endings.c.number)
    )
    return [_ending(row) for row in found.mappings()]


def _ending(row: sa.RowMapping) -> Ending:
    return Ending(
        number=row["number"],
        case=row["slug"],
        fate=Fate(row["fate"]),
        state=EndingState(row["state"]),
        revision=row["revision"],
        words=row["words"],
        authors=frozenset(row["authors"]),
        made_at=row["made_at"],
        former=None if row["former"] is None else Fate(row["former"]),
        decided_at=row["decided_at"],
        reported_at=row["reported_at"],
    )
