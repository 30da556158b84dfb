"""Whether Telegram can be reached at all, as the last messages have shown."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

_PAUSES = (0.0, 1.0, 2.0, 5.0, 10.0, 30.0)  # seconds; the last one repeats
_OUTAGE = 3  # failures one after another


class Line:
    """While no answers come, one message at a time is tried, after ever longer pauses.

    Otherwise an outage of minutes would use up a whole audience, one lost answer each. A pause is
    waited for once: who turns out not to get the message leaves it to the next, for nothing was
    tried. `lost` is told of each failure beyond the first few.
    """

    def __init__(self, sleep: Callable[[float], Awaitable[None]], lost: Callable[[], None]) -> None:
        self._sleep = sleep
        self._lost = lost
        self._failures = 0
        self._has_paused = False
        self._one = asyncio.Lock()

    @property
    def is_down(self) -> bool:
        return self._failures > 0

    @asynccontextmanager
    async def open(self) -> AsyncIterator[int]:
        """Surrounds the sending of one message; gives how many failures it knows of."""
        if self._failures:
            async with self._one:
                await self._pause()
                if self._failures:
                    yield self._failures
                    return
        yield 0

    def failed(self, known: int) -> None:
        """What was under way at the same time fails together, and counts once."""
        if known + 1 > self._failures:
            self._failures = known + 1
            self._has_paused = False
        if self._failures >= _OUTAGE:
            self._lost()

    def works(self) -> None:
        self._failures = 0

    async def _pause(self) -> None:
        if self._failures and not self._has_paused:
            await self._sleep(_PAUSES[min(self._failures, len(_PAUSES)) - 1])
            self._has_paused = True
