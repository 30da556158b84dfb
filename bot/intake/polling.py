"""Our own polling: PTB's confirms updates before they are handled, and a crash loses them."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta

from telegram import Bot, Update
from telegram.request import BaseRequest

from bot.intake._people import Handle, People
from bot.intake._receipts import Receipts
from bot.intake._source import VIEW, Raw, Source
from bot.intake._work import Work

_GLANCE = 0.1  # seconds between looks while something is in flight


class Intake:
    """Fetches updates, hands each to `handle`, and confirms it once that is over.

    While something is in flight it looks again and again from the lowest unhandled update on, so
    that a slow one holds up its own person and nobody else. When all is handled it confirms, and
    then waits for news without an offset, for after a quiet week ids start anywhere.

    A kill leaves unconfirmed what was not handled, and Telegram sends it again. What `handle`
    raises is a bug there: it is logged by type and place, and the update counts as handled.

    `urgent` names the kind of what a flood may not drop, and is None for the rest; of one kind the
    last does the work of all. `shed` is told once in a flood, with its first dropped update;
    `conflict` once when another program polls with the same token (or a webhook is
    set), until that is over. `request` is for the long polls, if the bot's own is too small.
    """

    def __init__(
        self,
        bot: Bot,
        handle: Handle,
        *,
        allowed_updates: Sequence[str] = (),
        urgent: Callable[[Update], str | None] = lambda _: None,
        shed: Handle | None = None,
        conflict: Callable[[], Awaitable[None]] | None = None,
        request: BaseRequest | None = None,
        slots: int = 32,
        queue: int = 20,
        poll: timedelta = timedelta(seconds=50),
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        drained: asyncio.Event | None = None,
    ) -> None:
        self._conflict = conflict
        self._poll = poll
        self._sleep = sleep
        self._source = Source(
            bot,
            request or bot.request,
            allowed_updates,
            self._tell_conflict,
            self._lose_track,
            sleep,
        )
        self._people = People(
            handle, urgent=urgent, shed=shed, done=self._handled, slots=slots, queue=queue
        )
        self._receipts = Receipts()
        self._work = Work()
        self._change = asyncio.Event()
        self._stopping = asyncio.Event()
        self._over = asyncio.Event()
        self._over.set()
        self._backlog: frozenset[int] | None = None  # what a look has brought that saw it all
        self.drained = drained or asyncio.Event()
        """Set once all that waited at Telegram is handled. A look that fails clears it, and so may
        others who doubt it: then all counts that the next look finds."""

    async def run(self, grace: timedelta = timedelta(seconds=10)) -> None:
        """Work until `stop()`. Cancelled, it drops everything where it is.

        Raises:
            TokenRejected: Only another token can help.
        """
        self._over.clear()
        polling = asyncio.create_task(self._keep_polling())
        stopping = asyncio.create_task(self._stopping.wait())
        try:
            await asyncio.wait({polling, stopping}, return_when=asyncio.FIRST_COMPLETED)
            self._people.close()
            polling.cancel()
            await asyncio.wait({polling})
            await self._people.finish(grace)
            if self._receipts.offset is not None:
                await self._source.confirm(self._receipts.offset, grace)
            if not polling.cancelled():
                polling.result()
        finally:
            self._people.close()
            polling.cancel()
            stopping.cancel()
            await asyncio.gather(polling, stopping, return_exceptions=True)
            await self._people.abort()
            await self._work.abort()
            self._over.set()

    async def stop(self) -> None:
        """Poll no more, finish what has begun within the grace given to `run`, and confirm it."""
        self._people.close()
        self._stopping.set()
        await self._over.wait()

    async def _keep_polling(self) -> None:
        quiet = False
        while True:
            self._change.clear()
            offset = self._receipts.offset
            raw = await self._source.look(offset, self._poll if quiet else timedelta())
            if raw is None:
                quiet = False
                continue
            self._receipts.confirmed(offset)
            new = self._unknown(raw)
            self._people.add(new, more_may_wait=len(raw) >= VIEW)
            self._measure(is_all=len(raw) < VIEW)
            quiet = not raw and not self._receipts.in_flight
            if not quiet and not new and self._receipts.in_flight:
                await _first(self._change.wait(), self._sleep(_GLANCE))

    def _lose_track(self) -> None:
        self._backlog = None
        self.drained.clear()

    def _measure(self, *, is_all: bool) -> None:
        """Tell whether we have caught up. What comes meanwhile does not count: it never ends."""
        if self.drained.is_set():
            return
        if self._backlog is None and is_all:
            self._backlog = self._receipts.unhandled
        if self._backlog is not None and self._backlog.isdisjoint(self._receipts.unhandled):
            self._backlog = None
            self.drained.set()

    def _unknown(self, raw: list[Raw]) -> list[Update]:
        new: list[Update] = []
        for each in raw:
            if self._receipts.take(each["update_id"]):
                update = self._source.read(each)
                if update is not None:
                    new.append(update)
                else:
                    self._handled(each["update_id"])
        return new

    def _handled(self, update_id: int) -> None:
        self._receipts.handled(update_id)
        self._change.set()

    def _tell_conflict(self) -> None:
        if self._conflict is not None:
            self._work.start(self._conflict())


async def _first(*waits: Awaitable[object]) -> None:
    tasks = [asyncio.ensure_future(wait) for wait in waits]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
