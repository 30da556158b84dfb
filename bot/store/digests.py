"""The digest of a day: an alert that nobody wrote, for those from whom a limit held others back."""

from collections.abc import Collection, Mapping
from datetime import UTC, date, datetime, time, timedelta

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.models import AlertKind, AlertState, DeliveryState, Preferences, Reason
from bot.store.alerts import is_readable
from bot.store.preferences import read
from bot.store.schema import alerts, deliveries, preferences

_LASTS = timedelta(days=2)  # from midnight in UTC: its day, and the night after it, everywhere


async def waiting(
    db: AsyncConnection, weekdays: Collection[int], now: datetime
) -> Mapping[int, Preferences]:
    """Who wants a digest on one of these days, and has something to read in it."""
    found = await db.execute(
        sa.select(preferences).where(
            preferences.c.per_week.is_not(None),
            preferences.c.digest_on.in_(weekdays),
            _waits(preferences.c.supporter_id, now),
        )
    )
    return {row.supporter_id: read(row) for row in found}


async def waits(db: AsyncConnection, person: int, now: datetime) -> bool:
    return bool(await db.scalar(sa.select(_waits(sa.literal(person), now))))


async def enlist(db: AsyncConnection, day: date, people: Collection[int], now: datetime) -> None:
    """Let these people have the digest of that day; whoever has had it gets it no second time."""
    number = await _begun(db, day, now)
    if number is None:
        return
    rows = [
        {"alert_id": number, "supporter_id": person, "state": DeliveryState.PENDING}
        for person in people
    ]
    await db.execute(insert(deliveries).on_conflict_do_nothing(), rows)
    has_ended = (alerts.c.alert_id == number) & (alerts.c.state == AlertState.FINISHED)
    await db.execute(
        sa.update(alerts)
        .where(has_ended, sa.exists().where(*_open(number)))
        .values(
            state=AlertState.SENDING, touched_at=now, ended_at=None, reported_at=None, reason=None
        )
    )


async def _begun(db: AsyncConnection, day: date, now: datetime) -> int | None:
    """The digest of that day, which is made if need be; None once it is cancelled or too late."""
    midnight = datetime.combine(day, time(), UTC)
    found = await db.execute(
        sa.select(alerts.c.alert_id, alerts.c.state).where(
            alerts.c.kind == AlertKind.DIGEST, alerts.c.send_at == midnight
        )
    )
    row = found.one_or_none()
    if row is not None:
        is_over = row.state in {AlertState.CANCELLED, AlertState.EXPIRED}
        return None if is_over else row.alert_id
    made = sa.insert(alerts).values(
        kind=AlertKind.DIGEST,
        state=AlertState.SENDING,
        revision=1,
        made_at=now,
        audience={"choices": [], "languages": [], "without_signers_of": None},
        send_at=midnight,
        expires_at=midnight + _LASTS,
        zone="UTC",
        started_at=now,
        touched_at=now,
    )
    number: int | None = await db.scalar(made.returning(alerts.c.alert_id))
    return number


def _waits(person: sa.ColumnElement[int], now: datetime) -> sa.ColumnElement[bool]:
    """By the key of each alert in turn: there is no index by person."""
    return sa.exists().where(
        deliveries.c.alert_id.in_(sa.select(alerts.c.alert_id).where(is_readable(now))),
        deliveries.c.supporter_id == person,
        deliveries.c.state == DeliveryState.SKIPPED,
        deliveries.c.reason == Reason.OVER_CAP,
    )


def _open(number: int) -> tuple[sa.ColumnElement[bool], ...]:
    return (deliveries.c.alert_id == number, deliveries.c.state == DeliveryState.PENDING)
