"""Who still waits, and what moves many rows at once."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.models import AlertState, DeliveryState, Reason
from bot.store.deliveries._amended import of_amendments_under_way
from bot.store.schema import alerts, deliveries, supporters

_MAY_CHANGE = (Reason.BLOCKED, Reason.NOT_STARTED, Reason.NO_CHAT)
_UNDER_WAY = (
    AlertState.SENDING,
    AlertState.PAUSED,
    AlertState.HELD,
    AlertState.CANCELLED,
    AlertState.EXPIRED,
)


async def recipients(
    db: AsyncConnection, alert: int, after: int, limit: int, now: datetime
) -> Sequence[int]:
    """Who waits and is not held, by id from `after` on."""
    found = await db.scalars(
        sa.select(deliveries.c.supporter_id)
        .where(
            deliveries.c.alert_id == alert,
            deliveries.c.supporter_id > after,
            deliveries.c.state == DeliveryState.PENDING,
            sa.or_(deliveries.c.not_before.is_(None), deliveries.c.not_before <= now),
        )
        .order_by(deliveries.c.supporter_id)
        .limit(limit)
    )
    return found.all()


def of_person(person: int) -> sa.ColumnElement[bool]:
    """Her rows, by the key of each alert in turn: there is no index by person."""
    every = sa.select(alerts.c.alert_id)
    return deliveries.c.alert_id.in_(every) & (deliveries.c.supporter_id == person)


async def release(db: AsyncConnection, person: int) -> None:
    """She is not left in peace any more: what was held for her may go."""
    await db.execute(
        sa.update(deliveries)
        .where(of_person(person), deliveries.c.state == DeliveryState.PENDING)
        .values(not_before=None, reason=None)
    )


async def recover(db: AsyncConnection) -> None:
    """After the end of a process: what it had on the wire may have arrived, or not.

    Corrections and recalls wait anew, since one may do them twice.
    """
    await _move(db, DeliveryState.SENDING, DeliveryState.PENDING, None, of_amendments_under_way())
    await _move(
        db,
        DeliveryState.SENDING,
        DeliveryState.UNKNOWN,
        Reason.INTERRUPTED,
        deliveries.c.alert_id.in_(
            sa.select(alerts.c.alert_id).where(alerts.c.state.in_(_UNDER_WAY))
        ),
    )


async def skip_pending(db: AsyncConnection, alert: int, reason: Reason) -> None:
    """Nobody who still waits for this alert gets it."""
    await _move(
        db,
        DeliveryState.PENDING,
        DeliveryState.SKIPPED,
        reason,
        deliveries.c.alert_id == alert,
    )


async def skip_person(db: AsyncConnection, person: int, reason: Reason) -> None:
    """She gets nothing of what she still waits for, nor of what a digest was to bring her."""
    mine, held_back = of_person(person), deliveries.c.reason == Reason.OVER_CAP
    await _move(db, DeliveryState.PENDING, DeliveryState.SKIPPED, reason, mine)
    await _move(db, DeliveryState.SKIPPED, DeliveryState.SKIPPED, reason, mine & held_back)


async def retry(db: AsyncConnection, alert: int, state: DeliveryState) -> None:
    """Let rows wait again.

    Of the failed ones those for whom it can come out otherwise, and who can be reached as far as
    we know. The unknown ones may get it twice, so that is for a person to decide.
    """
    which = deliveries.c.alert_id == alert
    if state is DeliveryState.FAILED:
        reachable = sa.select(supporters.c.supporter_id).where(
            supporters.c.stopped_at.is_(None), supporters.c.unreachable_since.is_(None)
        )
        which &= deliveries.c.reason.in_(_MAY_CHANGE) & deliveries.c.supporter_id.in_(reachable)
    elif state is not DeliveryState.UNKNOWN:
        raise ValueError(f"what is {state} is not tried again")
    await _move(db, state, DeliveryState.PENDING, None, which)


async def retry_amendment(db: AsyncConnection, alert: int) -> None:
    """Let all wait again whose message could not be changed; trying costs them nothing."""
    which = (deliveries.c.alert_id == alert) & (deliveries.c.reason != Reason.GONE)
    await _move(db, DeliveryState.FAILED, DeliveryState.PENDING, None, which)


async def _move(
    db: AsyncConnection,
    origin: DeliveryState,
    state: DeliveryState,
    reason: Reason | None,
    which: sa.ColumnElement[bool],
) -> None:
    await db.execute(
        sa.update(deliveries)
        .where(deliveries.c.state == origin, which)
        .values(state=state, reason=reason, not_before=None)
    )
