"""People who talk with the bot meanwhile: how long each one waits for an answer."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from itertools import count

from benchmarks.delivery._stub import TALKS_FROM

EVERY = 0.2  # seconds


class Talk:
    """A message every fifth of a second, each to a chat of its own; whether the last one is
    answered or not, since people do not wait for each other.
    """

    def __init__(self, say: Callable[[int], Awaitable[None]]) -> None:
        self._say = say
        self._waits: list[float] = []
        self._open: set[asyncio.Task[None]] = set()

    def waits(self) -> tuple[float, ...]:
        """Seconds from when each was due until its answer, since this was last asked."""
        found, self._waits = self._waits, []
        return tuple(found)

    @asynccontextmanager
    async def going_on(self) -> AsyncIterator[None]:
        """At the end those are waited for who still wait."""
        task = asyncio.create_task(self._begin())
        try:
            yield
        finally:
            task.cancel()
            await asyncio.gather(task, *self._open, return_exceptions=True)

    async def _begin(self) -> None:
        due = time.perf_counter()
        for chat in count(TALKS_FROM):
            task = asyncio.create_task(self._answer(chat, due))
            self._open.add(task)
            task.add_done_callback(self._open.discard)
            due += EVERY
            await asyncio.sleep(max(0.0, due - time.perf_counter()))

    async def _answer(self, chat: int, due: float) -> None:
        await self._say(chat)
        self._waits.append(time.perf_counter() - due)
