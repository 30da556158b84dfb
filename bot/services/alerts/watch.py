"""How an alert stands, as those see it who watch over it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot.models import AMENDMENTS, TAKES_BACK, Alert, AlertKind, AlertState, DeliveryState
from bot.services.alerts._desk import Desk
from bot.services.alerts.moves import UNDER_WAY
from bot.services.housekeeping import DELIVERIES_KEPT
from bot.store import Connection, amendments, audit, deliveries
from bot.store import alerts as store
from bot.store.audiences import Count

RECENT = timedelta(days=30)
LEFT, RETRIED = "unknown left", "alert tried again"
"""What the record of the staff says of those who may have it or not."""
SETTLED_AFTER = timedelta(days=1)  # by then the nights of all clocks are over
_OPEN = {DeliveryState.PENDING, DeliveryState.SENDING}

Totals = Mapping[tuple[DeliveryState, str], int]


@dataclass(frozen=True, slots=True)
class Watch:
    """An alert as the admin group watches it.

    Attributes:
        count: As of now, while it has not begun; None afterwards.
        totals: Numbers by state and reason ("" without one), from the ledger.
        alone: Nobody but those who wrote it could approve it.
        frozen: All sends are stopped.
        amendments: What has corrected or recalled it, or will; oldest first.
        out_of_reach: Of a correction or recall: who may have the message, and nobody knows which.
        left_by: The pseudonym of who has said that all who are unknown be left as they are.
    """

    alert: Alert
    count: Count | None
    totals: Totals
    alone: bool
    frozen: bool
    amendments: Sequence[Alert] = ()
    out_of_reach: int = 0
    left_by: str | None = None

    def number(self, *states: DeliveryState) -> int:
        """How many recipients are in these states; all without one."""
        return sum(n for (state, _), n in self.totals.items() if not states or state in states)

    @property
    def lost(self) -> int:
        """How many it failed to reach, or may have failed to while nobody has decided on them."""
        failed, unknown = self.number(DeliveryState.FAILED), self.number(DeliveryState.UNKNOWN)
        return failed if self.left_by else failed + unknown

    @property
    def is_recalled(self) -> bool:
        """An admin has said that it shall be taken back, or is asked to say so."""
        recalls = (one for one in self.amendments if one.kind in TAKES_BACK)
        return any(one.state is not AlertState.CANCELLED for one in recalls)

    @property
    def is_over(self) -> bool:
        """Ended, and nothing is on the wire any more: its figures are final."""
        return self.alert.ended_at is not None and not self.number(*_OPEN)


class Watching:
    """Questions only; whoever may read the answers is the handlers' to say."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def one(self, number: int) -> Watch:
        """Raises:
        AlertGone: There is none of this number.
        """
        async with self._desk.database.read() as db:
            return await watch(self._desk, db, await self._desk.alert(db, number))

    async def under_way(self) -> Sequence[Alert]:
        """What was submitted and has not ended, oldest first."""
        async with self._desk.database.read() as db:
            return await store.in_states(db, UNDER_WAY)

    async def unreported(self) -> Sequence[Alert]:
        """What has ended since the admin group last read of it."""
        async with self._desk.database.read() as db:
            return await store.unreported(db)

    async def resting(self) -> Sequence[Alert]:
        """Outcomes that wait only for people who rest, for weeks perhaps, and no report says so."""
        begun_before = self._desk.now() - SETTLED_AFTER
        async with self._desk.database.read() as db:
            return [
                one
                for one in await store.in_states(db, {AlertState.SENDING})
                if one.kind is AlertKind.OUTCOME
                and one.reported_at is None
                and (one.started_at or self._desk.now()) <= begun_before
                and await deliveries.rests(db, one.id, self._desk.now())
            ]

    async def recent(self) -> Sequence[Watch]:
        """What ended in the last thirty days, oldest first; of digests where somebody was lost."""
        async with self._desk.database.read() as db:
            found = await store.ended_since(db, self._desk.now() - RECENT)
            seen = [await watch(self._desk, db, one) for one in found if _was_submitted(one)]
        return [one for one in seen if one.alert.kind is not AlertKind.DIGEST or one.lost]

    async def amendable(self) -> Sequence[Alert]:
        """What has ended and whose messages are known still, oldest first."""
        async with self._desk.database.read() as db:
            found = await store.ended_since(db, self._desk.now() - DELIVERIES_KEPT)
        return [one for one in found if can_be_amended(one)]

    async def drafts(self) -> Sequence[Alert]:
        async with self._desk.database.read() as db:
            return await store.in_states(db, {AlertState.DRAFT})

    async def taken_back(self) -> Sequence[Alert]:
        """Drafts that a card in the admin group still asks to approve."""
        return [alert for alert in await self.drafts() if alert.card is not None]

    async def frozen(self) -> bool:
        async with self._desk.database.read() as db:
            return await deliveries.is_frozen(db)

    async def remember_card(self, number: int, message_id: int | None) -> None:
        async with self._desk.database.write() as db:
            await store.change(db, number, card=message_id)

    async def post(self, alert: Alert, message_id: int) -> bool:
        """Note the card that shows it as it is here; False when it has been changed since.

        What stands above a card must be what its button approves.
        """
        async with self._desk.database.write() as db:
            found = await store.alert(db, alert.id)
            if found is None or found.revision != alert.revision:
                return False
            await store.change(db, alert.id, card=message_id)
        return True

    async def reported(self, number: int) -> None:
        async with self._desk.database.write() as db:
            await store.change(db, number, reported_at=self._desk.now())


def _was_submitted(alert: Alert) -> bool:
    """A digest counts as such, although nobody wrote it."""
    return alert.digest is not None or alert.kind is AlertKind.DIGEST


def can_be_amended(alert: Alert) -> bool:
    """Whether it has begun, with words of its own: a digest has none, nor has what mends others."""
    return alert.started_at is not None and alert.kind not in {AlertKind.DIGEST, *AMENDMENTS}


async def watch(desk: Desk, db: Connection, alert: Alert) -> Watch:
    totals = await deliveries.totals(db, alert.id)
    return Watch(
        alert,
        None if alert.started_at else await desk.count(db, alert),
        totals,
        await desk.staff.is_alone_in(db, alert.authors),
        await deliveries.is_frozen(db),
        await store.amending(db, alert.id),
        await amendments.unknown(db, alert.amends) if alert.amends is not None else 0,
        await _left_by(db, alert, totals),
    )


async def _left_by(db: Connection, alert: Alert, totals: Totals) -> str | None:
    """As the record says; None also when others are unknown since. Asked once it has ended."""
    unknown = sum(n for (state, _), n in totals.items() if state is DeliveryState.UNKNOWN)
    if alert.ended_at is None or not unknown:
        return None
    for entry in await audit.of(db, f"alert:{alert.id}"):
        if entry.act == RETRIED and entry.detail == DeliveryState.UNKNOWN:
            return None
        if entry.act == LEFT:
            return entry.pseudonym if entry.detail == str(unknown) else None
    return None
