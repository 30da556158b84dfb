"""A process that sends as the program does: its sender, its ledger, its limiter, its database."""

import asyncio
import multiprocessing
import os
import signal
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection
from telegram.ext import ExtBot

from benchmarks.delivery._apart import cpu, in_loop, rss_mb
from benchmarks.delivery._clients import say
from benchmarks.delivery._crowd import KEY, LANGUAGES
from benchmarks.delivery._messages import TOKEN
from benchmarks.delivery._talk import Talk
from bot.delivery import Pace, Sender, Ticket, wire
from bot.i18n import Catalogues
from bot.models import AlertState
from bot.services.choices import CURRENT
from bot.store import Database, alerts, open_database
from bot.telegram_http import AiohttpRequest

_LOOK = 1.0  # seconds, as the program looks
FREE = 28  # messages a second
_OFTEN = 0.02  # seconds
_SLOW = 0.05  # messages a second, when none are to go out


@dataclass(frozen=True)
class Task:
    """Attributes:
    idle: Seconds of conversation before the sending is let go.
    per_second: The paid rate; None: the ledger is filled, and all but nothing goes out.
    """

    path: Path
    url: str
    number: int
    idle: float = 0.0
    per_second: float | None = 1_000


@dataclass(frozen=True)
class Sample:
    """How it stands, once a second; times of conversation are those since the last one.

    Attributes:
        started: When the process had imported all that it needs.
        at: When it is; both of the monotonic clock, which all processes share.
        enlisted: Seconds until the whole audience stood in the ledger; None, as long as it does
            not.
        locked: The longest that a transaction has held the write lock so far, in seconds.
        talks: Seconds that messages of conversation took.
    """

    started: float
    at: float
    cpu: float
    rss: float
    is_idle: bool
    enlisted: float | None
    is_over: bool
    locked: float
    talks: tuple[float, ...]


class Campaign:
    """Seen from the process that measures."""

    def __init__(self, process: Any, here: Connection) -> None:
        self._process = process
        self._here = here
        self.samples: list[Sample] = []

    def follow(self, seconds: float, until: Callable[[Sample], bool] = lambda _: False) -> None:
        """Read samples for so long, or until one of them is what was waited for."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            if not self._here.poll(left):
                return
            sample = self._here.recv()
            self.samples.append(sample)
            if until(sample):
                return

    def kill(self) -> None:
        os.kill(self._process.pid, signal.SIGKILL)
        self._process.join()

    def end(self) -> None:
        """In good order."""
        os.kill(self._process.pid, signal.SIGTERM)
        self._process.join()


@contextmanager
def running(task: Task) -> Iterator[Campaign]:
    here, there = multiprocessing.Pipe(duplex=False)
    context = multiprocessing.get_context("spawn")
    process = context.Process(target=_campaign, args=(task, there), daemon=True)
    process.start()
    there.close()
    try:
        yield Campaign(process, here)
    finally:
        process.kill()
        process.join()


def _campaign(task: Task, there: Connection) -> None:
    in_loop(lambda: _send(task, there), as_program=True)


class _Timed(Database):
    """Notes for how long the write lock is held."""

    longest = 0.0

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncConnection]:
        begun = time.perf_counter()
        async with super().write() as db:
            begun = time.perf_counter()
            yield db
        self.longest = max(self.longest, time.perf_counter() - begun)


async def _send(task: Task, there: Connection) -> None:
    stopping, drained = asyncio.Event(), asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stopping.set)
    started = time.monotonic()
    async with AsyncExitStack() as stack:
        await (await open_database(task.path, KEY)).close()
        database = _Timed(task.path, KEY)
        stack.push_async_callback(database.close)
        bot = await _bot(task, stack)
        sender = Sender(
            wire(bot), database, Catalogues(LANGUAGES), CURRENT, _now, drained, is_paid=True
        )
        stack.push_async_callback(sender.stop)
        await sender.recover()
        talk = Talk(partial(say, bot))
        if task.per_second:
            await stack.enter_async_context(talk.going_on())
        begun, filling = time.monotonic(), _Filling(database, task.number, started)
        while not stopping.is_set():
            if time.monotonic() - begun >= task.idle and not drained.is_set():
                drained.set()
                stack.callback(asyncio.create_task(filling.watch()).cancel)
            await sender.look()
            there.send(await _sample(task, database, talk, filling))
            with suppress(TimeoutError):
                await asyncio.wait_for(stopping.wait(), _LOOK)


async def _bot(task: Task, stack: AsyncExitStack) -> ExtBot[Ticket]:
    request = await stack.enter_async_context(AiohttpRequest())
    pace = Pace(FREE, task.per_second) if task.per_second else Pace(_SLOW, _SLOW)
    stack.push_async_callback(pace.shutdown)
    return ExtBot(
        TOKEN,
        base_url=f"{task.url}/bot",
        request=request,
        get_updates_request=request,
        rate_limiter=pace,
    )


async def _sample(task: Task, database: _Timed, talk: Talk, filling: "_Filling") -> Sample:
    async with database.read() as db:
        alert = await alerts.alert(db, task.number)
    assert alert is not None
    return Sample(
        filling.started,
        time.monotonic(),
        cpu(),
        rss_mb(),
        not filling.has_begun,
        filling.seconds,
        alert.state is AlertState.FINISHED,
        database.longest,
        talk.waits(),
    )


class _Filling:
    """How long it takes until the whole audience stands in the ledger."""

    def __init__(self, database: Database, number: int, started: float) -> None:
        self._database = database
        self._number = number
        self.started = started
        self.has_begun = False
        self.seconds: float | None = None

    async def watch(self) -> None:
        self.has_begun, begun = True, time.perf_counter()
        while self.seconds is None:
            await asyncio.sleep(_OFTEN)
            async with self._database.read() as db:
                alert = await alerts.alert(db, self._number)
            if alert is not None and alert.enlisted_to is None:
                self.seconds = time.perf_counter() - begun


def _now() -> datetime:
    return datetime.now(UTC)
