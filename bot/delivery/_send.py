"""The course of one alert through its recipients, until none waits any more."""

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable
from datetime import datetime

from telegram.ext import ExtBot

from bot.delivery._exchange import Exchange
from bot.delivery._line import Line
from bot.delivery.ledger import Ledger
from bot.delivery.outcomes import Meaning
from bot.delivery.rendering import Rendered, render
from bot.delivery.ticket import Ticket
from bot.i18n import Catalogues
from bot.models import Alert, DeliveryState
from bot.store import Database, deliveries

log = logging.getLogger(__name__)
WORKERS = 16
_BATCH = 500
_PAUSE = 1.0  # seconds before the next round, when one has brought nobody anything
_PEACE = 10.0  # the same, when all who still wait are left in peace


class Send:
    """Goes round by id, in batches, until a round finds nobody who waits.

    Rows that were given back meanwhile wait behind the round, and the next one meets them. So a
    restart needs no pointer, and nothing that is passed over is lost.
    """

    def __init__(
        self,
        alert: Alert,
        *,
        bot: ExtBot[Ticket],
        database: Database,
        catalogues: Catalogues,
        ledger: Ledger,
        line: Line,
        now: Callable[[], datetime],
        sleep: Callable[[float], Awaitable[None]],
        begun: Callable[[asyncio.Task[Meaning]], None],
    ) -> None:
        """`begun` hears of each message, which must be seen through if the send is cancelled."""
        self._alert = alert
        self._bot = bot
        self._database = database
        self._catalogues = catalogues
        self._ledger = ledger
        self._line = line
        self._now = now
        self._sleep = sleep
        self._begun = begun
        self._after = 0
        self._batch: deque[tuple[int, str | None]] = deque()
        self._reading = asyncio.Lock()
        self._rendered: dict[str, Rendered] = {}
        self._settled = 0
        self.is_over = False

    async def run(self) -> None:
        """Return when the alert is finished, or is not to be sent any more."""
        while not self.is_over:
            self._after, self._settled = 0, 0
            async with asyncio.TaskGroup() as group:
                for _ in range(WORKERS):
                    group.create_task(self._work())
            async with self._database.write() as db:
                if await deliveries.finish(db, self._alert.id, self._now()):
                    return
                standing = await deliveries.standing(db, self._alert.id, self._now())
            if standing is deliveries.Standing.STANDS:
                return
            if not self._settled:
                await self._sleep(_PAUSE if self._after else _PEACE)

    async def _work(self) -> None:
        while not self.is_over and (recipient := await self._next()) is not None:
            async with self._line.open() as failures:
                self._note(await self._serve(*recipient), failures)

    def _note(self, found: Meaning, failures: int) -> None:
        self.is_over |= found.is_over
        if found.is_away:
            self._line.failed(failures)
        if found.state is not DeliveryState.PENDING:
            self._settled += 1
            if not found.is_away:
                self._line.works()

    async def _next(self) -> tuple[int, str | None] | None:
        async with self._reading:
            if not self._batch:
                async with self._database.read() as db:
                    found = await deliveries.recipients(
                        db, self._alert.id, self._after, _BATCH, self._now()
                    )
                self._batch.extend(found)
                self._after = found[-1][0] if found else self._after
            return self._batch.popleft() if self._batch else None

    async def _serve(self, person: int, language: str | None) -> Meaning:
        message = self._message(language)
        exchange = Exchange(self._bot, self._ledger, self._alert, person, message)
        task = asyncio.create_task(exchange.run())
        self._begun(task)
        try:
            return await asyncio.shield(task)
        except asyncio.CancelledError:
            if not exchange.has_begun:
                task.cancel()
            raise

    def _message(self, language: str | None) -> Rendered:
        code = self._catalogues.released(language)
        if code not in self._rendered:
            self._rendered[code] = render(self._alert, code, self._catalogues)
        return self._rendered[code]
