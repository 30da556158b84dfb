"""Who still waits, and what moves many rows at once."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.models import AlertState, DeliveryState
from bot.store.deliveries.reasons import Reason
from bot.store.quiet import is_quiet
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
) -> Sequence[tuple[int, str | None]]:
    """Who waits, by id from `after` on, each with her language; None when she has no row.

    Who is left in peace now goes on waiting.
    """
    found = await db.execute(
        sa.select(deliveries.c.supporter_id, supporters.c.language)
        .select_from(deliveries)
        .outerjoin(supporters, supporters.c.supporter_id == deliveries.c.supporter_id)
        .where(
            deliveries.c.alert_id == alert,
            deliveries.c.supporter_id > after,
            deliveries.c.state == DeliveryState.PENDING,
            ~is_quiet(deliveries.c.supporter_id, now),
        )
        .order_by(deliveries.c.supporter_id)
        .limit(limit)
    )
    return [(row.supporter_id, row.language) for row in found]


async def recover(db: AsyncConnection) -> None:
    """After the end of a process: what it had on the wire may have arrived, or not."""
    await _move(
        db,
        DeliveryState.SENDING,
        DeliveryState.UNKNOWN,
        Reason.INTERRUPTED,
        deliveries.c.alert_id.in_(
            sa.select(alerts.c.alert_id).where(alerts.c.state.in_(_UNDER_WAY))
        ),
    )


async def skip_pending(db: AsyncConnection, alert: int, reason: str) -> None:
    """Nobody who still waits for this alert gets it."""
    await _move(
        db,
        DeliveryState.PENDING,
        DeliveryState.SKIPPED,
        reason,
        deliveries.c.alert_id == alert,
    )


async def skip_person(db: AsyncConnection, person: int, reason: str) -> None:
    """She gets nothing of what she still waits for."""
    await _move(
        db,
        DeliveryState.PENDING,
        DeliveryState.SKIPPED,
        reason,
        deliveries.c.supporter_id == person,
    )


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


async def _move(
    db: AsyncConnection,
    origin: DeliveryState,
    state: DeliveryState,
    reason: str | None,
    which: sa.ColumnElement[bool],
) -> None:
    await db.execute(
        sa.update(deliveries)
        .where(deliveries.c.state == origin, which)
        .values(state=state, reason=reason)
    )
