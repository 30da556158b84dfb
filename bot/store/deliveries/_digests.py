"""What a weekly limit held back, and the one message that brings it after all."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.models import Alert, DeliveryState, Reason
from bot.store import alerts
from bot.store.deliveries._eligibility import Candidate, left_out
from bot.store.schema import deliveries, supporters

MOST = 20  # parts of one digest; what is more waits for the next


async def with_parts(
    db: AsyncConnection, digest: Alert, found: Sequence[Candidate], now: datetime
) -> Sequence[Candidate]:
    """Each with what her digest brings, which is noted as brought; without any she is skipped."""
    people = [one.person for one in found if one.may_go]
    parts = await _parts(db, digest, people, now)
    await _note(db, parts, now)
    return [_with(one, parts.get(one.person, ())) if one.may_go else one for one in found]


def _with(one: Candidate, parts: Sequence[Alert]) -> Candidate:
    """All that was held back for her may be too late by now, or signed."""
    return replace(one, parts=parts, reason=None if parts else Reason.EXPIRED)


async def _parts(
    db: AsyncConnection, digest: Alert, people: Sequence[int], now: datetime
) -> Mapping[int, Sequence[Alert]]:
    """What was held back from each and may still reach her, oldest first."""
    parts: dict[int, list[Alert]] = {}
    for alert in await alerts.readable(db, now):
        found = await db.scalars(
            sa.select(deliveries.c.supporter_id)
            .outerjoin(supporters, supporters.c.supporter_id == deliveries.c.supporter_id)
            .where(
                deliveries.c.alert_id == alert.id,
                deliveries.c.supporter_id.in_(people),
                deliveries.c.state == DeliveryState.SKIPPED,
                _waits_for(digest),
                left_out(alert).is_(None),
            )
        )
        for person in found:
            parts.setdefault(person, []).append(alert)
    return {person: found[:MOST] for person, found in parts.items()}


def _waits_for(digest: Alert) -> sa.ColumnElement[bool]:
    """Also what this very digest was to bring when it was given back for another try."""
    began = digest.started_at
    in_this_one = (deliveries.c.reason == Reason.IN_DIGEST) & (deliveries.c.settled_at >= began)
    return sa.or_(deliveries.c.reason == Reason.OVER_CAP, in_this_one)


async def _note(db: AsyncConnection, parts: Mapping[int, Sequence[Alert]], now: datetime) -> None:
    rows = [
        {"of_alert": alert.id, "of_person": person, "at": now}
        for person, found in parts.items()
        for alert in found
    ]
    if rows:
        await db.execute(
            sa.update(deliveries)
            .where(
                deliveries.c.alert_id == sa.bindparam("of_alert"),
                deliveries.c.supporter_id == sa.bindparam("of_person"),
            )
            .values(reason=Reason.IN_DIGEST, settled_at=sa.bindparam("at")),
            rows,
        )


async def part(db: AsyncConnection, person: int, number: int, now: datetime) -> Alert | None:
    """What a digest offered to her, while it may be read."""
    readable = {alert.id: alert for alert in await alerts.readable(db, now)}
    offered = await db.scalar(
        sa.select(deliveries.c.alert_id).where(
            deliveries.c.alert_id == number,
            deliveries.c.supporter_id == person,
            deliveries.c.reason == Reason.IN_DIGEST,
        )
    )
    return None if offered is None else readable.get(number)


async def note_read(
    db: AsyncConnection, person: int, number: int, message_id: int, now: datetime
) -> None:
    """From now on she has it like everybody else: it can be corrected and recalled."""
    await db.execute(
        sa.update(deliveries)
        .where(
            deliveries.c.alert_id == number,
            deliveries.c.supporter_id == person,
            deliveries.c.reason == Reason.IN_DIGEST,
        )
        .values(state=DeliveryState.SENT, message_id=message_id, settled_at=now)
    )
