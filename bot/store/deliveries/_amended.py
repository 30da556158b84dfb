"""Those whose message is corrected or recalled, whatever they have said since.

An edit makes no sound and asks nothing of anybody: who said stop, or sleeps, must not be left with
words that are wrong.
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.models import Alert, AlertKind, AlertState, DeliveryState, Reason
from bot.store.amendments import DELETABLE_FOR
from bot.store.deliveries._eligibility import Candidate
from bot.store.schema import alerts, deliveries, supporters

_UNDER_WAY = (AlertState.SENDING, AlertState.PAUSED, AlertState.HELD)


async def amended(
    db: AsyncConnection, alert: Alert, people: Collection[int], now: datetime
) -> Sequence[Candidate]:
    """Those of these people who wait for it; the message is the one that the original names."""
    me, original = deliveries.c.supporter_id, deliveries.alias("original")
    its = (original.c.alert_id == alert.amends) & (original.c.supporter_id == me)
    found = await db.execute(
        sa.select(
            me,
            supporters.c.supporter_id.label("there"),
            supporters.c.language,
            deliveries.c.reason,
            original.c.message_id,
            original.c.settled_at,
        )
        .select_from(deliveries)
        .outerjoin(original, its)
        .outerjoin(supporters, supporters.c.supporter_id == me)
        .where(
            deliveries.c.alert_id == alert.id,
            me.in_(people),
            deliveries.c.state == DeliveryState.PENDING,
        )
    )
    return [_candidate(row, alert, now) for row in found]


def of_amendments_under_way() -> sa.ColumnElement[bool]:
    """What these had on the wire may go again: a message that is edited twice is edited once."""
    return deliveries.c.alert_id.in_(
        sa.select(alerts.c.alert_id).where(
            alerts.c.amends.is_not(None), alerts.c.state.in_(_UNDER_WAY)
        )
    )


def _candidate(row: Any, alert: Alert, now: datetime) -> Candidate:
    reason = None
    if row.there is None:
        reason = Reason.ERASED
    elif row.message_id is None:  # nobody knows any more which message it is
        reason = Reason.TOO_OLD
    is_young = row.settled_at is not None and row.settled_at > now - DELETABLE_FOR
    return Candidate(
        row.supporter_id,
        row.language,
        reason,
        held_until=None,
        message_id=row.message_id,
        is_deletable=alert.kind is AlertKind.RECALL
        and is_young
        and row.reason != Reason.UNDELETABLE,
    )
