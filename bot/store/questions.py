"""Questions that people passed to the team, without any trace of who asked.

One that is quoted in a proposal names it: it is free again when the proposal is dropped or void,
and goes when it is accepted. What is let go of is let go of in undone proposals too.
"""

from collections.abc import Collection, Sequence
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.models.content import ChangeState
from bot.models.questions import Question, Quoted
from bot.store.schema import content_changes as changes
from bot.store.schema import questions

_QUOTED = sa.outerjoin(questions, changes, changes.c.change_id == questions.c.change_id)
_CAME_TO_NOTHING = (ChangeState.DROPPED, ChangeState.VOID)
_UNDONE = (ChangeState.WAITING, *_CAME_TO_NOTHING)
_OPEN = (ChangeState.WAITING, ChangeState.COOLING, ChangeState.WRITING)
_IS_FREE = changes.c.state.is_(None) | changes.c.state.in_(_CAME_TO_NOTHING)
_QUOTING = "%/questions/asked%"  # the files in which nothing but questions of people is proposed


async def add(db: AsyncConnection, language: str, text: str, day: date) -> None:
    await db.execute(sa.insert(questions).values(language=language, text=text, asked_on=day))


async def free(db: AsyncConnection, most: int) -> Sequence[Question]:
    """The newest of those that no open proposal quotes, the oldest of them first."""
    rows = await db.execute(
        sa.select(questions.c.question_id, questions.c.language, questions.c.text)
        .select_from(_QUOTED)
        .where(_IS_FREE)
        .order_by(questions.c.question_id.desc())
        .limit(most)
    )
    return [Question(*row) for row in reversed(rows.all())]


async def quoted(db: AsyncConnection) -> Sequence[Quoted]:
    """The proposals that wait, oldest first."""
    rows = await db.execute(
        sa.select(changes.c.change_id, changes.c.place, sa.func.count())
        .select_from(_QUOTED)
        .where(changes.c.state.in_(_OPEN))
        .group_by(changes.c.change_id, changes.c.place)
        .order_by(changes.c.change_id)
    )
    return [Quoted(*row) for row in rows]


async def quote(
    db: AsyncConnection, numbers: Collection[int], change: int, former: int | None
) -> None:
    """Note that a proposal quotes these, and all that were in the one whose place it takes."""
    mine: sa.ColumnElement[bool] = questions.c.question_id.in_(numbers)
    if former is not None:
        mine = mine | (questions.c.change_id == former)
    await _forget_quotes(db, mine, _CAME_TO_NOTHING)
    await db.execute(sa.update(questions).where(mine).values(change_id=change))


async def drop(db: AsyncConnection, numbers: Collection[int]) -> None:
    await _let_go(db, questions.c.question_id.in_(numbers))


async def drop_before(db: AsyncConnection, moment: datetime) -> None:
    """Let go of what is older, and of proposals with people's words that nobody has decided."""
    await _let_go(db, questions.c.asked_on < moment.date())
    await db.execute(
        sa.delete(changes).where(
            changes.c.place.like(_QUOTING),
            changes.c.state.in_(_UNDONE),
            changes.c.made_at < moment,
        )
    )


async def drop_answered(db: AsyncConnection) -> None:
    """Let go of those whose proposal was accepted: their words help to find a text now."""
    done = sa.select(changes.c.change_id).where(changes.c.state == ChangeState.DONE)
    await db.execute(sa.delete(questions).where(questions.c.change_id.in_(done)))


async def drop_beyond(db: AsyncConnection, most: int) -> None:
    """Let go of the oldest when there are more than so many that no proposal quotes."""
    kept = (
        sa.select(questions.c.question_id)
        .where(questions.c.change_id.is_(None))
        .order_by(questions.c.question_id.desc())
        .limit(most)
    )
    await db.execute(
        sa.delete(questions).where(
            questions.c.change_id.is_(None), questions.c.question_id.not_in(kept)
        )
    )


async def _let_go(db: AsyncConnection, which: sa.ColumnElement[bool]) -> None:
    await _forget_quotes(db, which, _UNDONE)
    await db.execute(sa.delete(questions).where(which))


async def _forget_quotes(
    db: AsyncConnection, which: sa.ColumnElement[bool], states: Collection[ChangeState]
) -> None:
    quoting = sa.select(questions.c.change_id).where(which, questions.c.change_id.is_not(None))
    await db.execute(
        sa.delete(changes).where(changes.c.change_id.in_(quoting), changes.c.state.in_(states))
    )
