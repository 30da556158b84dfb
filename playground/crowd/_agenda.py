"""What is to be done later, one thing at a time."""

import asyncio
import heapq
from collections.abc import Callable
from itertools import count

Work = Callable[[], None]


class Agenda:
    """Does what was asked for once it is due, with `gap` seconds of real time in between."""

    def __init__(self, gap: float) -> None:
        self._gap = gap
        self._waiting: list[tuple[float, int, Work]] = []
        self._numbers = count()
        self._free_at = 0.0
        self._timer: asyncio.TimerHandle | None = None

    def __len__(self) -> int:
        return len(self._waiting)

    def add(self, after: float, work: Work) -> None:
        due = asyncio.get_running_loop().time() + after
        heapq.heappush(self._waiting, (due, next(self._numbers), work))
        self._arm()

    def do_all(self) -> int:
        """Do everything now, and say how much it was."""
        self.close()
        waiting, self._waiting = sorted(self._waiting), []
        for _, _, work in waiting:
            work()
        return len(waiting)

    def close(self) -> None:
        if self._timer:
            self._timer.cancel()
            self._timer = None

    def _arm(self) -> None:
        self.close()
        if self._waiting:
            due = max(self._waiting[0][0], self._free_at)
            self._timer = asyncio.get_running_loop().call_at(due, self._do_next)

    def _do_next(self) -> None:
        _, _, work = heapq.heappop(self._waiting)
        self._free_at = asyncio.get_running_loop().time() + self._gap
        work()
        self._arm()
