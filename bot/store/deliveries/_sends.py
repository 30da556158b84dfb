"""The sends as a whole: which ones run, and which are through."""

from collections.abc import Collection
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.models import AlertState, DeliveryState
from bot.store.about import FROZEN
from bot.store.schema import about, alerts, deliveries


async def is_frozen(db: AsyncConnection) -> bool:
    return await db.scalar(sa.select(about.c.key).where(about.c.key == FROZEN)) is not None


async def sending(db: AsyncConnection) -> Collection[int]:
    """The alerts that are to be sent now; none while everything is frozen."""
    if await is_frozen(db):
        return ()
    found = await db.scalars(
        sa.select(alerts.c.alert_id).where(alerts.c.state == AlertState.SENDING)
    )
    return found.all()


async def touch(db: AsyncConnection, numbers: Collection[int], now: datetime) -> None:
    """Leave a sign of life of these sends."""
    await db.execute(
        sa.update(alerts)
        .where(alerts.c.alert_id.in_(numbers), alerts.c.state == AlertState.SENDING)
        .values(touched_at=now)
    )


async def is_open(db: AsyncConnection, number: int) -> bool:
    """Whether anybody still waits, is on the wire, or is yet to be written into the ledger."""
    return bool(await db.scalar(sa.select(_is_open(number))))


async def rests(db: AsyncConnection, number: int, now: datetime) -> bool:
    """Whether all who still wait for it are left in peace, and there are some."""
    mine = deliveries.c.alert_id == number
    waits = deliveries.c.state == DeliveryState.PENDING
    begun = deliveries.c.state == DeliveryState.SENDING
    is_held = sa.func.coalesce(deliveries.c.not_before > now, sa.false())
    some = sa.exists().where(mine, waits, is_held)
    others = sa.exists().where(mine, sa.or_(begun, waits & ~is_held))
    return bool(await db.scalar(sa.select(some & ~others & ~_is_unwritten(number))))


async def finish(db: AsyncConnection, number: int, now: datetime) -> bool:
    """End a send that is through; False while it is open, or when it is not being sent.

    Past its expiry it has expired: those who still waited were skipped for that.
    """
    kind = alerts.c.state.type
    ended = sa.case(
        (alerts.c.expires_at <= now, sa.literal(AlertState.EXPIRED, kind)),
        else_=sa.literal(AlertState.FINISHED, kind),
    )
    done = await db.scalar(
        sa.update(alerts)
        .where(alerts.c.alert_id == number, alerts.c.state == AlertState.SENDING, ~_is_open(number))
        .values(state=ended, ended_at=now, touched_at=now)
        .returning(alerts.c.alert_id)
    )
    return done is not None


def _is_open(number: int) -> sa.ColumnElement[bool]:
    waits = sa.exists().where(
        deliveries.c.alert_id == number,
        deliveries.c.state.in_((DeliveryState.PENDING, DeliveryState.SENDING)),
    )
    return sa.or_(_is_unwritten(number), waits)


def _is_unwritten(number: int) -> sa.ColumnElement[bool]:
    return sa.exists().where(alerts.c.alert_id == number, alerts.c.enlisted_to.is_not(None))
