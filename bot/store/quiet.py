"""Until when somebody is sent nothing that she has not asked for, and shown no door to it.

One row for each person, whatever it is for: nobody who reads it learns why she is left in peace.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.models import Preferences
from bot.store.preferences import read
from bot.store.schema import choices, preferences, quiet_times, supporters


@dataclass(frozen=True, slots=True)
class Kept:
    until: datetime
    announced: bool  # she is told when it is over


@dataclass(frozen=True, slots=True)
class Ended:
    """Somebody whose quiet is over and who is to be told so."""

    person: int
    language: str
    preferences: Preferences | None


async def keep(
    db: AsyncConnection, person: int, until: datetime, *, announced: bool = False
) -> None:
    """In the place of what was kept before; with `announced` she is told when it is over."""
    values = {"quiet_until": until, "announced": announced}
    row = insert(quiet_times).values(supporter_id=person, **values)
    await db.execute(row.on_conflict_do_update(index_elements=["supporter_id"], set_=values))


async def kept(db: AsyncConnection, person: int) -> Kept | None:
    wanted = sa.select(quiet_times).where(quiet_times.c.supporter_id == person)
    row = (await db.execute(wanted)).one_or_none()
    return None if row is None else Kept(row.quiet_until, row.announced)


async def drop(db: AsyncConnection, person: int) -> None:
    await db.execute(sa.delete(quiet_times).where(quiet_times.c.supporter_id == person))


async def drop_passed(db: AsyncConnection, now: datetime) -> None:
    """Not of those who have still to be told."""
    await db.execute(
        sa.delete(quiet_times).where(
            quiet_times.c.quiet_until <= now,
            ~(quiet_times.c.announced & quiet_times.c.supporter_id.in_(_MAY_BE_TOLD)),
        )
    )


async def ended(db: AsyncConnection, now: datetime) -> Sequence[Ended]:
    found = await db.execute(
        sa.select(quiet_times.c.supporter_id.label("person"), supporters.c.language, preferences)
        .join(supporters, supporters.c.supporter_id == quiet_times.c.supporter_id)
        .outerjoin(preferences, preferences.c.supporter_id == quiet_times.c.supporter_id)
        .where(
            quiet_times.c.quiet_until <= now,
            quiet_times.c.announced,
            quiet_times.c.supporter_id.in_(_MAY_BE_TOLD),
        )
    )
    return [
        Ended(row.person, row.language, None if row.zone is None else read(row)) for row in found
    ]


_MAY_BE_TOLD = sa.select(supporters.c.supporter_id).where(
    supporters.c.stopped_at.is_(None),
    supporters.c.unreachable_since.is_(None),
    sa.exists().where(choices.c.supporter_id == supporters.c.supporter_id),
)
"""Who gets something at all once it is over."""
