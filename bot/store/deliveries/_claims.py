"""A row on its way: claimed before its request goes out, settled when the answer is there."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.models import Alert, AlertKind, AlertState, DeliveryState, Grant, Reason
from bot.store.about import FROZEN
from bot.store.deliveries._amended import amended
from bot.store.deliveries._digests import with_parts
from bot.store.deliveries._eligibility import Candidate, candidates
from bot.store.deliveries._rows import skip_pending
from bot.store.schema import about, alerts, deliveries, supporters

_OVER: Mapping[str, Reason] = {
    AlertState.CANCELLED: Reason.CANCELLED,
    AlertState.EXPIRED: Reason.EXPIRED,
}


@dataclass(frozen=True, slots=True)
class Record:
    """What became of a claimed row; `pending` is another try, later."""

    alert: int
    person: int
    state: DeliveryState
    reason: Reason | None = None
    message_id: int | None = None
    is_unreachable: bool = False


class Standing(Enum):
    """Whether anything of an alert may go out."""

    GOES = "it is being sent"
    STANDS = "it is paused, over, or everything is frozen"
    EXPIRED = "it is being sent, and its time is over"


_STANDING = (
    sa.select(alerts.c.state, alerts.c.digest, alerts.c.expires_at, about.c.value.label("frozen"))
    .select_from(alerts)
    .outerjoin(about, about.c.key == FROZEN)
    .where(alerts.c.alert_id == sa.bindparam("of_alert"))
)
_SETTLE = (
    sa.update(deliveries)
    .where(
        deliveries.c.alert_id == sa.bindparam("of_alert"),
        deliveries.c.supporter_id == sa.bindparam("of_person"),
        deliveries.c.state == DeliveryState.SENDING,
    )
    .values(
        state=sa.bindparam("to_state"),
        reason=sa.bindparam("for_reason"),
        message_id=sa.bindparam("as_message"),
        settled_at=sa.bindparam("at"),
    )
)


async def standing(db: AsyncConnection, alert: Alert, now: datetime) -> Standing:
    """What is no longer as it was read stands, too: its text was corrected meanwhile."""
    found = await db.execute(_STANDING, {"of_alert": alert.id})
    row = found.one_or_none()
    if row is None or row.state != AlertState.SENDING or row.frozen is not None:
        return Standing.STANDS
    if row.digest != alert.digest:
        return Standing.STANDS
    is_expired = row.expires_at is not None and row.expires_at <= now
    return Standing.EXPIRED if is_expired else Standing.GOES


async def claim(
    db: AsyncConnection, alert: Alert, people: Collection[int], now: datetime
) -> Sequence[Grant]:
    """Mark as `sending` those of these people who may be written to now, and say who they are.

    Whoever has stopped, withdrawn, signed or gone since the start is skipped for good; once the
    alert is past its expiry, all who still wait are. Who is left in peace now goes on waiting.
    """
    match await standing(db, alert, now):
        case Standing.STANDS:
            return ()
        case Standing.EXPIRED:
            await skip_pending(db, alert.id, Reason.EXPIRED)
            return ()
    ask = candidates if alert.amends is None else amended
    found = await ask(db, alert, people, now)
    if alert.kind is AlertKind.DIGEST:
        found = await with_parts(db, alert, found, now)
    granted = [one for one in found if one.may_go]
    await _set(db, alert.id, [one.person for one in granted], state=DeliveryState.SENDING)
    for one in found:
        if not one.may_go:
            await _turn_away(db, alert.id, one)
    return [one.grant for one in granted]


async def record(db: AsyncConnection, records: Sequence[Record], now: datetime) -> None:
    """Write what became of rows that were claimed; rows that were erased meanwhile stay gone."""
    if not records:
        return
    await db.execute(_SETTLE, [_settled(one, now) for one in records])
    await _skip_what_is_over(
        db, {one.alert for one in records if one.state is DeliveryState.PENDING}
    )
    if gone := [one.person for one in records if one.is_unreachable]:
        await db.execute(
            sa.update(supporters)
            .where(supporters.c.supporter_id.in_(gone), supporters.c.unreachable_since.is_(None))
            .values(unreachable_since=now)
        )


def _settled(one: Record, now: datetime) -> dict[str, object]:
    is_open = one.state is DeliveryState.PENDING
    return {
        "of_alert": one.alert,
        "of_person": one.person,
        "to_state": one.state,
        "for_reason": one.reason,
        "as_message": one.message_id,
        "at": None if is_open else now,
    }


async def _skip_what_is_over(db: AsyncConnection, numbers: Collection[int]) -> None:
    """What was given back while its alert was cancelled or expired waits for nothing any more."""
    if not numbers:
        return
    found = await db.execute(
        sa.select(alerts.c.alert_id, alerts.c.state).where(
            alerts.c.alert_id.in_(numbers), alerts.c.state.in_(_OVER)
        )
    )
    for row in found.all():
        await skip_pending(db, row.alert_id, _OVER[row.state])


async def _turn_away(db: AsyncConnection, alert: int, one: Candidate) -> None:
    state = DeliveryState.PENDING if one.held_until else DeliveryState.SKIPPED
    await _set(db, alert, [one.person], state=state, reason=one.reason, not_before=one.held_until)


async def _set(db: AsyncConnection, alert: int, people: Collection[int], **columns: object) -> None:
    if people:
        await db.execute(
            sa.update(deliveries)
            .where(
                deliveries.c.alert_id == alert,
                deliveries.c.supporter_id.in_(people),
                deliveries.c.state == DeliveryState.PENDING,
            )
            .values({"reason": None, "not_before": None, **columns})
        )
