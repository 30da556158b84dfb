"""What people have chosen to be told of, each with the words that they said yes to."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.models import Choice, Topic
from bot.store.schema import choices

_CHOICE = sa.select(
    choices.c.topic,
    choices.c.about,
    choices.c.wording,
    choices.c.version,
    choices.c.chosen_at,
)
_ONE = _CHOICE.where(
    choices.c.supporter_id == sa.bindparam("person"),
    choices.c.topic == sa.bindparam("topic"),
    choices.c.about == sa.bindparam("about"),
)


async def choices_of(db: AsyncConnection, person: int) -> Sequence[Choice]:
    """All choices of a person, oldest first."""
    found = await db.execute(
        _CHOICE.where(choices.c.supporter_id == person).order_by(
            choices.c.chosen_at, choices.c.topic, choices.c.about
        )
    )
    return [_choice(row) for row in found]


async def choice(db: AsyncConnection, person: int, topic: Topic, about: str) -> Choice | None:
    found = await db.execute(_ONE, {"person": person, "topic": topic, "about": about})
    row = found.one_or_none()
    return None if row is None else _choice(row)


async def everything(db: AsyncConnection) -> Sequence[tuple[int, Topic, str]]:
    """Who has chosen what."""
    found = await db.execute(sa.select(choices.c.supporter_id, choices.c.topic, choices.c.about))
    return [(person, Topic(topic), what) for person, topic, what in found]


async def keep(db: AsyncConnection, person: int, made: Choice) -> Choice:
    """Keep a yes; where there is one to the same version of the words, that one stands."""
    row = insert(choices).values(
        supporter_id=person,
        topic=made.topic,
        about=made.about,
        wording=made.wording,
        version=made.version,
        chosen_at=made.chosen_at,
    )
    new = row.excluded
    await db.execute(
        row.on_conflict_do_update(
            index_elements=["supporter_id", "topic", "about"],
            set_={"wording": new.wording, "version": new.version, "chosen_at": new.chosen_at},
            where=choices.c.version != new.version,
        )
    )
    kept = await choice(db, person, made.topic, made.about)
    assert kept is not None  # in this transaction
    return kept


async def drop(db: AsyncConnection, person: int, topic: Topic, about: str) -> None:
    await db.execute(
        sa.delete(choices).where(
            choices.c.supporter_id == person,
            choices.c.topic == topic,
            choices.c.about == about,
        )
    )


async def drop_all(db: AsyncConnection, person: int) -> None:
    await db.execute(sa.delete(choices).where(choices.c.supporter_id == person))


def _choice(row: Sequence[Any]) -> Choice:
    return Choice(Topic(row[0]), *row[1:])
