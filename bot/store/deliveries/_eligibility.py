"""Whether somebody may be written to at this very moment, and if not, why and for how long."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.models import Alert, Audience, DeliveryState, Reason
from bot.store.schema import choices, deliveries, quiet_times, signatures, supporters

_REASON = deliveries.c.reason.type


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who waits. Without a reason she may have it now.

    Attributes:
        held_until: She goes on waiting until then; None with a reason: she is skipped for good.
    """

    person: int
    language: str | None
    reason: Reason | None
    held_until: datetime | None

    @property
    def may_go(self) -> bool:
        return self.reason is None


async def candidates(
    db: AsyncConnection, alert: Alert, people: Collection[int], now: datetime
) -> Sequence[Candidate]:
    """Those of these people who wait for this alert."""
    found = await db.execute(
        sa.select(
            deliveries.c.supporter_id,
            supporters.c.language,
            _left_out(alert.audience).label("reason"),
            quiet_times.c.quiet_until,
        )
        .select_from(deliveries)
        .outerjoin(supporters, supporters.c.supporter_id == deliveries.c.supporter_id)
        .outerjoin(quiet_times, quiet_times.c.supporter_id == deliveries.c.supporter_id)
        .where(
            deliveries.c.alert_id == alert.id,
            deliveries.c.supporter_id.in_(people),
            deliveries.c.state == DeliveryState.PENDING,
        )
    )
    return [_candidate(row, now) for row in found]


def _candidate(row: Any, now: datetime) -> Candidate:
    person, language, reason, quiet_until = row
    held_until = None
    if reason is None and quiet_until is not None and quiet_until > now:
        reason, held_until = Reason.QUIET, quiet_until
    return Candidate(person, language, reason, held_until)


def _left_out(audience: Audience) -> sa.ColumnElement[Reason | None]:
    """Why somebody is not written to after all."""
    me = deliveries.c.supporter_id
    wanted = [
        (choices.c.topic == topic) & (choices.c.about == about) for topic, about in audience.choices
    ]
    chose = sa.exists().where(choices.c.supporter_id == me, sa.or_(sa.false(), *wanted))
    reasons = [
        (supporters.c.supporter_id.is_(None), Reason.ERASED),
        (supporters.c.stopped_at.is_not(None), Reason.STOPPED),
        (supporters.c.unreachable_since.is_not(None), Reason.UNREACHABLE),
        (~chose, Reason.UNSUBSCRIBED),
    ]
    if audience.without_signers_of is not None:
        petition = audience.without_signers_of
        signed = sa.exists().where(
            signatures.c.supporter_id == me, signatures.c.petition == petition
        )
        reasons.append((signed, Reason.SIGNED))
    return sa.type_coerce(
        sa.case(*((when, sa.literal(reason, _REASON)) for when, reason in reasons), else_=None),
        _REASON,
    )
