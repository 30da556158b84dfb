"""Corrections and recalls: they go to whoever has a message of another alert."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.models import AlertKind, AlertState, DeliveryState
from bot.store.audiences import Count, enlist_next
from bot.store.schema import alerts, deliveries, supporters

DELETABLE_FOR = timedelta(hours=48) - timedelta(minutes=5)
"""Telegram's limit, less what clocks may differ and an answer may take."""


BEING_CORRECTED = "being corrected"
"""The reason of an alert that stands until its new words are approved, and then goes on."""


@dataclass(frozen=True, slots=True)
class Reach:
    """Who has an alert's message, in numbers.

    Attributes:
        people: Those whose message is known, and was not taken back.
        young: Of them, those whose message Telegram still deletes.
        unknown: They may have it, and nobody knows which message it is.
    """

    people: int
    young: int
    unknown: int


async def enlist(db: AsyncConnection, number: int, original: int, after: int) -> int | None:
    """As `audiences.enlist` does, with whoever has a message of the original."""
    return await enlist_next(db, number, deliveries.c.supporter_id, after, _has_it(original))


async def go_on(db: AsyncConnection, original: int, now: datetime) -> None:
    """Let an alert go on that stood still for its correction, and for nothing else."""
    await db.execute(
        sa.update(alerts)
        .where(
            alerts.c.alert_id == original,
            alerts.c.state == AlertState.PAUSED,
            alerts.c.reason == BEING_CORRECTED,
        )
        .values(state=AlertState.SENDING, touched_at=now, reason=None)
    )


async def reach(db: AsyncConnection, original: int, now: datetime) -> Reach:
    young = deliveries.c.settled_at > now - DELETABLE_FOR
    row = (
        await db.execute(
            sa.select(
                sa.func.count(),
                sa.func.coalesce(sa.func.sum(sa.case((young, 1), else_=0)), 0),
            ).where(_has_it(original))
        )
    ).one()
    return Reach(row[0], row[1], await unknown(db, original))


async def count(db: AsyncConnection, original: int) -> Count:
    """Of whoever has a message of the original, by language."""
    found = await db.execute(
        sa.select(supporters.c.language, sa.func.count().label("number"))
        .select_from(deliveries)
        .join(supporters, supporters.c.supporter_id == deliveries.c.supporter_id)
        .where(_has_it(original))
        .group_by(supporters.c.language)
        .order_by(supporters.c.language)
    )
    lost = await unknown(db, original)
    languages = {row.language: row.number for row in found}
    return Count(languages, {"unknown": lost} if lost else {})


async def is_on_the_wire(db: AsyncConnection, *numbers: int) -> bool:
    """Whether any message of one of these is on its way at this moment."""
    sending = sa.exists().where(
        deliveries.c.alert_id.in_(numbers), deliveries.c.state == DeliveryState.SENDING
    )
    return bool(await db.scalar(sa.select(sending)))


async def known(db: AsyncConnection, original: int) -> int:
    """Of how many the message is known, and was not taken back."""
    number = await db.scalar(sa.select(sa.func.count()).where(_has_it(original)))
    return number or 0


async def untold(db: AsyncConnection, original: int) -> int:
    """The same, less those to whom a family's words are on their way or came."""
    words = sa.select(alerts.c.alert_id).where(
        alerts.c.amends == original, alerts.c.kind == AlertKind.FAMILY
    )
    theirs = deliveries.alias("theirs")
    is_told = sa.exists().where(
        theirs.c.alert_id.in_(words), theirs.c.supporter_id == deliveries.c.supporter_id
    )
    number = await db.scalar(sa.select(sa.func.count()).where(_has_it(original) & ~is_told))
    return number or 0


def _has_it(original: int) -> sa.ColumnElement[bool]:
    """Less those from whom it was taken back."""
    is_known = (deliveries.c.alert_id == original) & deliveries.c.message_id.is_not(None)
    recalls = sa.select(alerts.c.alert_id).where(
        alerts.c.amends == original, alerts.c.kind == AlertKind.RECALL
    )
    theirs = deliveries.alias("theirs")
    is_taken_back = sa.exists().where(
        theirs.c.alert_id.in_(recalls),
        theirs.c.supporter_id == deliveries.c.supporter_id,
        theirs.c.state == DeliveryState.SENT,
    )
    return is_known & ~is_taken_back


async def unknown(db: AsyncConnection, original: int) -> int:
    """How many may have it, while nobody knows which message it is."""
    number = await db.scalar(
        sa.select(sa.func.count()).where(
            deliveries.c.alert_id == original,
            deliveries.c.state == DeliveryState.UNKNOWN,
            deliveries.c.message_id.is_(None),
        )
    )
    return number or 0
