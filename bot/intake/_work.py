"""Tasks that may fail without anybody else noticing."""

import asyncio
import logging
import traceback
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path

logger = logging.getLogger(__name__)

Ended = Callable[[asyncio.Task[None]], None]


class Work:
    """What runs beside the polling, and how it ends."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[None]] = set()

    def start(self, work: Awaitable[None], ended: Ended | None = None) -> None:
        task = asyncio.create_task(_awaited(work))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        task.add_done_callback(ended or report)

    async def finish(self, grace: timedelta) -> None:
        """Wait for what runs, but no longer than that."""
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=grace.total_seconds())

    async def abort(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)


async def _awaited(work: Awaitable[None]) -> None:
    await work


def report(task: asyncio.Task[None]) -> None:
    """Log how a task failed, if it did."""
    error = None if task.cancelled() else task.exception()
    if error is not None:
        report_error(error)


def report_error(error: BaseException) -> None:
    """Log a failure by type and place: its message may hold what somebody wrote."""
    place = traceback.extract_tb(error.__traceback__)[-1]
    file = Path(place.filename).name
    logger.error("%s in %s, line %s", type(error).__name__, file, place.lineno)
