"""Numbers that always add up to the audience, also after somebody was erased."""

from collections import Counter
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.models import DeliveryState, Reason
from bot.store.deliveries._rows import of_person
from bot.store.schema import alerts, deliveries, tallies

Totals = dict[tuple[DeliveryState, str], int]
"""By state and reason, which is "" where there is none."""

_KIND = (deliveries.c.alert_id, deliveries.c.state, deliveries.c.reason)
_ERASED = {
    DeliveryState.PENDING: DeliveryState.SKIPPED,
    DeliveryState.SENDING: DeliveryState.UNKNOWN,
}


async def totals(db: AsyncConnection, alert: int) -> Totals:
    numbers: Counter[tuple[DeliveryState, str]] = Counter()
    ledger = sa.select(deliveries.c.state, deliveries.c.reason, sa.func.count())
    for state, reason, number in await db.execute(
        ledger.where(deliveries.c.alert_id == alert).group_by(
            deliveries.c.state, deliveries.c.reason
        )
    ):
        numbers[state, reason or ""] += number
    folded = sa.select(tallies.c.state, tallies.c.reason, tallies.c.number)
    for state, reason, number in await db.execute(folded.where(tallies.c.alert_id == alert)):
        numbers[DeliveryState(state), reason] += number
    return dict(numbers)


async def fold(db: AsyncConnection, person: int) -> None:
    """Before she is erased: her rows become numbers, which name nobody."""
    found = await db.execute(
        sa.delete(deliveries)
        .where(of_person(person))
        .returning(deliveries.c.alert_id, deliveries.c.state)
    )
    for alert, state in found.all():
        await _add(db, alert, _ERASED.get(state, state), Reason.ERASED, 1)


async def fold_ended_before(db: AsyncConnection, moment: datetime) -> bool:
    """Of what ended before then only numbers stay; says whether there was anything to fold.

    Of what goes on for weeks, too, for those with whom it was through before then.
    """
    original = alerts.alias("original")
    of_old = sa.exists().where(
        original.c.alert_id == alerts.c.amends, original.c.ended_at < moment
    )  # who got it is to be known no longer because it was corrected
    is_old = sa.or_(alerts.c.ended_at < moment, alerts.c.ended_at.is_not(None) & of_old)
    old = sa.select(alerts.c.alert_id).where(is_old)
    begun = sa.select(alerts.c.alert_id).where(sa.or_(is_old, alerts.c.started_at < moment))
    closed = (
        deliveries.c.alert_id.in_(begun)  # by its key: the ledger is long
        & sa.or_(deliveries.c.alert_id.in_(old), deliveries.c.settled_at < moment)
        & deliveries.c.state.not_in(_ERASED)
    )
    numbers = await db.execute(sa.select(*_KIND, sa.func.count()).where(closed).group_by(*_KIND))
    for alert, state, why, number in numbers.all():
        await _add(db, alert, state, why or "", number)
    gone = await db.scalar(sa.delete(deliveries).where(closed).returning(deliveries.c.alert_id))
    return gone is not None


async def _add(
    db: AsyncConnection, alert: int, state: DeliveryState, reason: str, number: int
) -> None:
    row = insert(tallies).values(alert_id=alert, state=state, reason=reason, number=number)
    await db.execute(
        row.on_conflict_do_update(
            index_elements=["alert_id", "state", "reason"],
            set_={"number": tallies.c.number + number},
        )
    )
