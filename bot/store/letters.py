"""Who said that she wrote a letter, and who waits for a reminder of one."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.models import Preferences
from bot.store.preferences import read
from bot.store.schema import (
    letter_counts,
    letter_reminders,
    letter_writers,
    preferences,
    quiet_times,
    supporters,
)


@dataclass(frozen=True, slots=True)
class Reminder:
    """Somebody who is still to be reminded. `preferences` are None where she chose nothing."""

    person: int
    letter: str
    language: str
    preferences: Preferences | None


async def has_written(db: AsyncConnection, person: int, letter: str) -> bool:
    return bool(await db.scalar(sa.select(sa.exists().where(*_of(letter_writers, person, letter)))))


async def waits(db: AsyncConnection, person: int, letter: str) -> bool:
    found = sa.exists().where(*_of(letter_reminders, person, letter))
    return bool(await db.scalar(sa.select(found)))


async def wrote(db: AsyncConnection) -> Mapping[str, int]:
    """How many said that they wrote, by letter."""
    found = await db.execute(sa.select(letter_counts.c.letter, letter_counts.c.wrote))
    return {row.letter: row.wrote for row in found}


async def waiting(db: AsyncConnection) -> Mapping[str, int]:
    """How many are still to be reminded, by letter."""
    letter = letter_reminders.c.letter
    found = await db.execute(sa.select(letter, sa.func.count().label("people")).group_by(letter))
    return {row.letter: row.people for row in found}


async def add_writer(db: AsyncConnection, person: int, letter: str) -> None:
    """Count somebody who has a row, once, however often she says it."""
    row = insert(letter_writers).values(supporter_id=person, letter=letter)
    new = row.on_conflict_do_nothing().returning(letter_writers.c.letter)
    if await db.scalar(new) is None:
        return
    count = insert(letter_counts).values(letter=letter, wrote=1)
    more = {"wrote": letter_counts.c.wrote + 1}
    await db.execute(count.on_conflict_do_update(index_elements=["letter"], set_=more))


async def drop_writer(db: AsyncConnection, person: int, letter: str) -> None:
    await _drop_writers(db, *_of(letter_writers, person, letter))


async def forget(db: AsyncConnection, person: int) -> None:
    """Count one less for each letter that the person wrote, and remind her of none."""
    await _drop_writers(db, letter_writers.c.supporter_id == person)
    await drop_reminders(db, person)


async def ask(db: AsyncConnection, person: int, letter: str) -> None:
    """Keep the wish of somebody who has a row."""
    row = insert(letter_reminders).values(supporter_id=person, letter=letter)
    await db.execute(row.on_conflict_do_nothing())


async def drop_reminder(db: AsyncConnection, person: int, letter: str) -> bool:
    """Says whether there was one."""
    gone = sa.delete(letter_reminders).where(*_of(letter_reminders, person, letter))
    return await db.scalar(gone.returning(letter_reminders.c.letter)) is not None


async def drop_reminders(db: AsyncConnection, person: int) -> None:
    mine = letter_reminders.c.supporter_id == person
    await db.execute(sa.delete(letter_reminders).where(mine))


async def drop_reminders_beyond(db: AsyncConnection, letters: Collection[str]) -> bool:
    """Of all letters but these. Says whether there were any."""
    gone = sa.delete(letter_reminders).where(letter_reminders.c.letter.not_in(letters))
    return (await db.scalars(gone.returning(letter_reminders.c.letter))).first() is not None


async def has_reminders_beyond(db: AsyncConnection, letters: Collection[str]) -> bool:
    others = sa.exists().where(letter_reminders.c.letter.not_in(letters))
    return bool(await db.scalar(sa.select(others)))


async def every_reminder(db: AsyncConnection) -> Sequence[tuple[int, str]]:
    """Who waits, and for which letter."""
    found = await db.execute(sa.select(letter_reminders.c.supporter_id, letter_reminders.c.letter))
    return [(person, letter) for person, letter in found]


async def tellable(
    db: AsyncConnection, letters: Collection[str], now: datetime, person: int | None = None
) -> Sequence[Reminder]:
    """Who waits for a reminder of these and may be written to at all; or whether this person may.

    A wish outlives no stop, so that it is newer than one that is still on record.
    """
    mine = sa.true() if person is None else letter_reminders.c.supporter_id == person
    person_id = letter_reminders.c.supporter_id
    found = await db.execute(
        sa.select(
            person_id.label("person"),
            letter_reminders.c.letter,
            supporters.c.language,
            preferences,
        )
        .join(supporters, supporters.c.supporter_id == person_id)
        .outerjoin(preferences, preferences.c.supporter_id == person_id)
        .where(
            letter_reminders.c.letter.in_(letters),
            mine,
            supporters.c.stopped_at.is_(None),
            supporters.c.unreachable_since.is_(None),
            ~sa.exists().where(
                quiet_times.c.supporter_id == person_id, quiet_times.c.quiet_until > now
            ),
            ~sa.exists().where(
                letter_writers.c.supporter_id == person_id,
                letter_writers.c.letter == letter_reminders.c.letter,
            ),
        )
        .order_by(person_id)
    )
    return [
        Reminder(row.person, row.letter, row.language, None if row.zone is None else read(row))
        for row in found
    ]


async def _drop_writers(db: AsyncConnection, *which: sa.ColumnElement[bool]) -> None:
    gone = await db.scalars(
        sa.delete(letter_writers).where(*which).returning(letter_writers.c.letter)
    )
    for letter in gone.all():
        await db.execute(
            sa.update(letter_counts)
            .where(letter_counts.c.letter == letter)
            .values(wrote=letter_counts.c.wrote - 1)
        )


def _of(table: sa.Table, person: int, letter: str) -> tuple[sa.ColumnElement[bool], ...]:
    return (table.c.supporter_id == person, table.c.letter == letter)
