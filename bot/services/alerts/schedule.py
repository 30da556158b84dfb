"""What becomes due: the rows are the schedule, and each tick only looks at them."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.delivery.rendering import TEXT_DIFFERS
from bot.models import AMENDMENTS, TAKES_BACK, Alert, AlertKind, AlertState, Reason
from bot.services.alerts._amending import make_way
from bot.services.alerts._desk import Desk, drifted
from bot.services.alerts.moves import origins
from bot.store import Connection, deliveries
from bot.store import alerts as store
from bot.store.audiences import skip_outdated

GRACE = timedelta(minutes=15)
LATE, INTERRUPTED = "late", "interrupted"
COUNT_CHANGED, APPROVER_GONE = "count changed", "approver gone"

_OF_OTHERS = {AlertKind.DIGEST, *AMENDMENTS}
"""What asks for no consent of its own."""

NOBODY_YET = 0  # ids of people are greater

_BEGUN = {AlertState.SENDING, AlertState.PAUSED, AlertState.HELD}


class Schedule:
    """Moves alerts on when their time has come. As often as one likes, also at the same time."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def tick(self) -> None:
        for number in await self._due():
            people = await self._people(number)
            async with self._desk.database.write() as db:
                alert = await store.alert(db, number)
                if alert is not None:
                    frozen = await deliveries.is_frozen(db)
                    await self._look_at(db, alert, people, frozen)

    async def recover(self) -> None:
        """Once at the start: this program may ask for consent in other words than the last one.

        Who said yes to those gets nothing more of what is on its way, or waits for a digest.
        """
        async with self._desk.database.write() as db:
            begun = await store.in_states(db, _BEGUN)
            ended = await store.readable(db, self._desk.now())
            for alert in {one.id: one for one in (*begun, *ended)}.values():
                if alert.kind not in _OF_OTHERS:
                    await skip_outdated(db, alert.id, alert.audience, self._desk.versions)

    async def next_moments(self) -> Sequence[tuple[datetime, str]]:
        """When something happens next, and what."""
        async with self._desk.database.read() as db:
            waiting = await store.in_states(db, origins(AlertState.EXPIRED))
        begins = [
            (due, "an alert goes out") for one in waiting if (due := begins_at(one)) is not None
        ]
        ends = [(one.expires_at, "an alert expires") for one in waiting if one.expires_at]
        return [*begins, *ends]

    async def _due(self) -> Sequence[int]:
        """Asked without the writer, since it is asked every second and mostly for nothing."""
        async with self._desk.database.read() as db:
            alerts = await store.in_states(db, origins(AlertState.EXPIRED))
            frozen = await deliveries.is_frozen(db)
        now = self._desk.now()
        return [one.id for one in alerts if _has_expired(one, now) or _moves(one, now, frozen)]

    async def _people(self, number: int) -> int:
        """How many it is for. Asked without the writer: of a million people it takes a while."""
        async with self._desk.database.read() as db:
            return (await self._desk.count(db, await self._desk.alert(db, number))).total

    async def _look_at(self, db: Connection, alert: Alert, people: int, frozen: bool) -> None:
        now = self._desk.now()
        if _has_expired(alert, now):
            await store.move(
                db, alert.id, origins(AlertState.EXPIRED), AlertState.EXPIRED, ended_at=now
            )
            await deliveries.skip_pending(db, alert.id, Reason.EXPIRED)
        elif frozen:
            return
        elif _is_due(alert, now):
            await self._start(db, alert, people)
        elif _is_interrupted(alert, now):
            await self._hold(db, alert, INTERRUPTED)

    async def _start(self, db: Connection, alert: Alert, people: int) -> None:
        if reason := await self._obstacle(db, alert, people):
            await self._hold(db, alert, reason)
            return
        if alert.amends is not None and not await make_way(self._desk, db, alert):
            return  # the next tick asks again
        now = self._desk.now()
        await store.move(
            db,
            alert.id,
            {AlertState.APPROVED},
            AlertState.SENDING,
            started_at=now,
            touched_at=now,
            counted=people,
            enlisted_to=NOBODY_YET,
        )

    async def _obstacle(self, db: Connection, alert: Alert, people: int) -> str | None:
        """Why nobody may begin to send it without asking.

        What mends something is never too late, and nobody waits for it.
        """
        due = begins_at(alert)
        if due is None or (self._desk.now() - due > GRACE and alert.amends is None):
            return LATE
        if alert.amends is not None and alert.digest != self._desk.digest(alert):
            return TEXT_DIFFERS
        if alert.kind in TAKES_BACK:
            return None
        if not await self._desk.staff.may_approve_in(db, alert.approver):
            return APPROVER_GONE
        if alert.amends is not None:
            return None
        if reason := await self._desk.dead_end(db, alert, people):
            return reason
        return COUNT_CHANGED if drifted(alert.counted or 0, people) else None

    async def _hold(self, db: Connection, alert: Alert, reason: str) -> None:
        await store.move(db, alert.id, origins(AlertState.HELD), AlertState.HELD, reason=reason)


def begins_at(alert: Alert) -> datetime | None:
    """When it goes out: never before it has cooled off."""
    if alert.state is not AlertState.APPROVED or alert.not_before is None:
        return None
    return max(alert.send_at or alert.not_before, alert.not_before)


def _moves(alert: Alert, now: datetime, frozen: bool) -> bool:
    return not frozen and (_is_due(alert, now) or _is_interrupted(alert, now))


def _is_due(alert: Alert, now: datetime) -> bool:
    due = begins_at(alert)
    return due is not None and due <= now


def _has_expired(alert: Alert, now: datetime) -> bool:
    return alert.expires_at is not None and alert.expires_at <= now


def _is_interrupted(alert: Alert, now: datetime) -> bool:
    """Nobody has sent for so long that what it says may no longer be true.

    What mends something goes on, and what waits only for those who rest: the admin group has
    read so, and can end it.
    """
    if alert.state is not AlertState.SENDING or alert.touched_at is None or alert.amends:
        return False
    if alert.reported_at is not None:
        return False
    return now - alert.touched_at > GRACE
