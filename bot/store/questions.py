"""Questions that people passed to the team, without any trace of who asked."""

from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.schema import questions


async def add(db: AsyncConnection, language: str, text: str, day: date) -> None:
    await db.execute(sa.insert(questions).values(language=language, text=text, asked_on=day))


async def all_texts(db: AsyncConnection) -> Sequence[str]:
    """Every question that is kept, the newest first."""
    found = await db.scalars(
        sa.select(questions.c.text).order_by(questions.c.asked_on.desc(), questions.c.question_id)
    )
    return found.all()


async def drop_before(db: AsyncConnection, day: date) -> None:
    await db.execute(sa.delete(questions).where(questions.c.asked_on < day))
