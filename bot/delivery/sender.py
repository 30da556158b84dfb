"""Sends what is to be sent: looks for it, leaves no send alone, and ends in good order."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Collection, Mapping
from contextlib import suppress
from datetime import datetime, timedelta

from bot.delivery._line import Line
from bot.delivery._send import Office, Send
from bot.delivery.ledger import Ledger
from bot.delivery.rendering import TEXT_DIFFERS, digest
from bot.delivery.wire import Wire
from bot.i18n import Catalogues
from bot.models import Alert, AlertKind, AlertState, Topic
from bot.store import Database, alerts, deliveries

log = logging.getLogger(__name__)
_GRACE = timedelta(seconds=10)


class Sender:
    """One for each process.

    `drained` is set while what people have said is handled, as far as Telegram has it: a stop
    comes before any message. It is cleared here when Telegram cannot be reached, since nobody's
    stop comes then; whoever fetches the updates sets it again. With `is_paid` urgent alerts use
    Telegram's paid rate. Tests give `sleep`, in seconds.
    """

    def __init__(
        self,
        wire: Wire,
        database: Database,
        catalogues: Catalogues,
        versions: Mapping[Topic, int],
        now: Callable[[], datetime],
        drained: asyncio.Event,
        *,
        is_paid: bool = False,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._database = database
        self._catalogues = catalogues
        self._now = now
        self._drained = drained
        self._ledger = Ledger(database, now, sleep)
        self._office = Office(
            wire=wire,
            database=database,
            catalogues=catalogues,
            versions=versions,
            ledger=self._ledger,
            line=Line(sleep, drained.clear),
            drained=drained,
            now=now,
            sleep=sleep,
            is_paid=is_paid,
            begun=self._watch,
        )
        self._sends: dict[int, asyncio.Task[None]] = {}
        self._on_the_wire: set[asyncio.Task[int | None]] = set()
        self._has_ended = False

    async def recover(self) -> None:
        """Once at the start: what the last process had on the wire is unknown from now on."""
        async with self._database.write() as db:
            await deliveries.recover(db)

    async def look(self) -> None:
        """Begin what is to be sent and is not, and leave what is not to be sent any more.

        To be called every second or so; returns at once. A pause does not wait for it, for each
        claim asks; but what waits for its turn is let go here. A send that gets nowhere since
        Telegram is away gives no sign of life, and is held when that has lasted too long.
        """
        if self._has_ended or not self._drained.is_set():
            return
        async with self._database.read() as db:
            wanted = await deliveries.sending(db)
        for number in [one for one in self._sends if one not in wanted]:
            self._sends.pop(number).cancel()
        for number in wanted:
            if number not in self._sends:
                self._begin(number)
        if self._sends and not self._office.line.is_down:
            await self._touch(self._sends)

    async def stop(self, grace: timedelta = _GRACE) -> None:
        """Begin nothing more, and see through what is on the wire, for no longer than `grace`."""
        self._has_ended = True
        sends, self._sends = list(self._sends.values()), {}
        for send in sends:
            send.cancel()
        await asyncio.gather(*sends, return_exceptions=True)
        if self._on_the_wire:
            await asyncio.wait(self._on_the_wire, timeout=grace.total_seconds())
        for exchange in self._on_the_wire:
            exchange.cancel()
        await asyncio.gather(*self._on_the_wire, return_exceptions=True)
        with suppress(TimeoutError):
            async with asyncio.timeout(grace.total_seconds()):
                await self._ledger.written()
        await self._ledger.close()

    def _begin(self, number: int) -> None:
        self._sends[number] = task = asyncio.create_task(self._send(number))
        task.add_done_callback(lambda done: self._left(number, done))

    def _left(self, number: int, task: asyncio.Task[None]) -> None:
        if self._sends.get(number) is task:
            del self._sends[number]  # the next look begins it anew, should it not be through
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("A send broke off (%s) and begins again.", type(error).__name__)

    async def _send(self, number: int) -> None:
        alert = await self._as_approved(number)
        if alert is None:
            return
        send = Send(alert, self._office)
        await send.run()
        if send.is_over:
            self._has_ended = True
            log.error("Telegram does not accept the token: nothing more is sent.")

    async def _as_approved(self, number: int) -> Alert | None:
        """The alert, unless it would go out otherwise than it was approved; then it is held.

        Of a digest the parts were approved.
        """
        async with self._database.read() as db:
            alert = await alerts.alert(db, number)
        if alert is None or alert.kind is AlertKind.DIGEST:
            return alert
        if alert.digest == digest(alert, self._catalogues):
            return alert
        async with self._database.write() as db:
            await alerts.move(
                db, number, {AlertState.SENDING}, AlertState.HELD, reason=TEXT_DIFFERS
            )
        return None

    async def _touch(self, numbers: Collection[int]) -> None:
        async with self._database.write() as db:
            await deliveries.touch(db, list(numbers), self._now())

    def _watch(self, exchange: asyncio.Task[int | None]) -> None:
        self._on_the_wire.add(exchange)
        exchange.add_done_callback(self._on_the_wire.discard)
