"""Whether Telegram can be reached at all, as the last messages have shown."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

_PAUSES = (0.0, 1.0, 2.0, 5.0, 10.0, 30.0)  # seconds; the last one repeats


class Line:
    """While no answers come, one message at a time is tried, after ever longer pauses.

    Otherwise an outage of minutes would use up a whole audience, one lost answer each.
    """

    def __init__(self, sleep: Callable[[float], Awaitable[None]]) -> None:
        self._sleep = sleep
        self._failures = 0
        self._one = asyncio.Lock()

    @asynccontextmanager
    async def open(self) -> AsyncIterator[int]:
        """Surrounds the sending of one message; gives how many failures it knows of."""
        if not self._failures:
            yield 0
            return
        async with self._one:
            if self._failures:
                await self._sleep(_PAUSES[min(self._failures, len(_PAUSES)) - 1])
            yield self._failures

    def failed(self, known: int) -> None:
        """What was under way at the same time fails together, and counts once."""
        self._failures = max(self._failures, known + 1)

    def works(self) -> None:
        self._failures = 0
