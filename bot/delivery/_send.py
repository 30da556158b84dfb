"""The course of one alert through its recipients, until none waits any more."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.delivery._amendments import Amendments
from bot.delivery._breaker import Breaker
from bot.delivery._exchange import Exchange
from bot.delivery._letters import Letters
from bot.delivery._line import Line
from bot.delivery.ledger import Ledger
from bot.delivery.outcomes import Meaning
from bot.delivery.ticket import Lane, Ticket
from bot.delivery.wire import Wire
from bot.i18n import Catalogues
from bot.models import Alert, AlertKind, AlertState, DeliveryState, Topic
from bot.store import Connection, Database, alerts, amendments, audiences, deliveries

WORKERS = 16
PAID_WORKERS = 256  # a thousand a second on a line of a tenth of one, and as many for stalls
TOO_MANY_ERRORS = "too many errors"
_BATCH = 500
_PAUSE = 1.0  # seconds before the next round, when one has brought nobody anything
_PEACE = 10.0  # the same, when all who still wait are left in peace


@dataclass(frozen=True, slots=True)
class Office:
    """What all sends share.

    Attributes:
        versions: Those of the consent's wording that count today.
        drained: Cleared while people may have said something that has not come to us: a stop
            comes before any message.
        is_paid: Urgent alerts may ask for more than the free rate.
        begun: Hears of each message, which must be seen through if the send is cancelled.
    """

    wire: Wire
    database: Database
    catalogues: Catalogues
    versions: Mapping[Topic, int]
    ledger: Ledger
    line: Line
    drained: asyncio.Event
    now: Callable[[], datetime]
    sleep: Callable[[float], Awaitable[None]]
    is_paid: bool
    begun: Callable[[asyncio.Task[int | None]], None]


class Send:
    """Goes round by id, in batches, until a round finds nobody who waits.

    Rows that were given back meanwhile wait behind the round, and the next one meets them. So a
    restart needs no pointer, and nothing that is passed over is lost. While the audience is still
    being written into the ledger, the round goes on behind it.
    """

    def __init__(self, alert: Alert, office: Office) -> None:
        is_urgent = alert.kind is AlertKind.URGENT
        is_amendment = alert.amends is not None
        self._alert = alert
        self._office = office
        self._is_paid = office.is_paid and is_urgent
        self._lane = Lane.URGENT if is_urgent or is_amendment else Lane.ROUTINE
        self._letters = (
            Amendments(alert, office.catalogues)
            if is_amendment
            else Letters(alert, office.catalogues, is_paid=self._is_paid)
        )
        self._breaker = Breaker()
        self._after = 0
        self._batch: deque[int] = deque()
        self._reading = asyncio.Lock()
        self._grown = asyncio.Event()
        self._is_enlisted = alert.enlisted_to is None
        self._settled = 0
        self.is_over = False

    async def run(self) -> None:
        """Return when the alert is finished, or is not to be sent any more."""
        async with asyncio.TaskGroup() as group:
            enlisting = group.create_task(self._enlist())
            await self._rounds()
            enlisting.cancel()

    async def _rounds(self) -> None:
        while not self.is_over:
            self._after, self._settled = 0, 0
            async with asyncio.TaskGroup() as group:
                for _ in range(PAID_WORKERS if self._is_paid else WORKERS):
                    group.create_task(self._work())
            await self._office.ledger.written()
            if self._breaker.is_open:
                await self._hold()
            if await self._ends():
                return
            if not self._settled:
                await self._office.sleep(_PAUSE if self._after else _PEACE)

    async def _ends(self) -> bool:
        """Whether it is through, or stands. Asked first without the writer: others need it."""
        number, now = self._alert.id, self._office.now()
        async with self._office.database.read() as db:
            if await deliveries.standing(db, self._alert, now) is deliveries.Standing.STANDS:
                return True
            if await deliveries.is_open(db, number):
                return False
        async with self._office.database.write() as db:
            return await deliveries.finish(db, number, now)

    async def _hold(self) -> None:
        async with self._office.database.write() as db:
            await alerts.move(
                db,
                self._alert.id,
                {AlertState.SENDING},
                AlertState.HELD,
                reason=TOO_MANY_ERRORS,
            )

    async def _enlist(self) -> None:
        """Write the audience into the ledger, in steps between which others write."""
        after, number = self._alert.enlisted_to, self._alert.id
        while after is not None:
            async with self._office.database.write() as db:
                after = await self._enlist_next(db, after)
                await alerts.change(db, number, enlisted_to=after)
            self._is_enlisted = after is None
            self._grown.set()

    async def _enlist_next(self, db: Connection, after: int) -> int | None:
        alert = self._alert
        if alert.amends is not None:
            last = await amendments.enlist(db, alert.id, alert.amends, after)
            if last is None and alert.kind is AlertKind.CORRECTION:
                await amendments.go_on(db, alert.amends, self._office.now())
            return last
        return await audiences.enlist(db, alert.id, alert.audience, self._office.versions, after)

    async def _work(self) -> None:
        while not self._is_to_end() and (person := await self._next()) is not None:
            async with self._office.line.open() as failures:
                await self._office.drained.wait()
                self._note(await self._serve(person), failures)

    def _is_to_end(self) -> bool:
        return self.is_over or self._breaker.is_open

    def _note(self, found: Meaning, failures: int) -> None:
        self.is_over |= found.is_over
        self._breaker.note(found)
        self._settled += found.state is not DeliveryState.PENDING
        if found.is_away:
            self._office.line.failed(failures)
        elif not found.is_silent:
            self._office.line.works()

    async def _next(self) -> int | None:
        async with self._reading:
            while not self._batch:
                if not await self._read():
                    return None
            return self._batch.popleft()

    async def _read(self) -> bool:
        """Take the next batch; False when there is none and none can come any more."""
        is_enlisted = self._is_enlisted
        self._grown.clear()
        async with self._office.database.read() as db:
            found = await deliveries.recipients(
                db, self._alert.id, self._after, _BATCH, self._office.now()
            )
        if found:
            self._batch.extend(found)
            self._after = found[-1]
        elif not is_enlisted:
            await self._grown.wait()
        return bool(found) or not is_enlisted

    async def _serve(self, person: int) -> Meaning:
        office = self._office
        exchange = Exchange(office.wire, office.ledger, self._letters, self._alert, person)
        ticket = Ticket(self._lane, exchange.claim, self._is_paid, self._alert.id)
        task = asyncio.create_task(exchange.run(ticket))
        task.add_done_callback(exchange.settle)
        office.begun(task)
        try:
            await asyncio.wait([task])
        except asyncio.CancelledError:
            if not exchange.has_begun:
                task.cancel()
            raise
        return exchange.found
