"""Questions that people passed to the team, without any trace of who asked."""

from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.schema import questions


async def add(db: AsyncConnection, language: str, text: str, day: date) -> None:
    await db.execute(sa.insert(questions).values(language=language, text=text, asked_on=day))


async def frequent(db: AsyncConnection, most: int) -> Sequence[tuple[str, int]]:
    """The texts that came most often, with how often; capitals do not tell them apart."""
    times = sa.func.count()
    found = await db.execute(
        sa.select(sa.func.min(questions.c.text), times)
        .group_by(sa.func.lower(questions.c.text))
        .order_by(times.desc(), sa.func.max(questions.c.asked_on).desc())
        .limit(most)
    )
    return [(text, count) for text, count in found]


async def drop_before(db: AsyncConnection, day: date) -> None:
    await db.execute(sa.delete(questions).where(questions.c.asked_on < day))
