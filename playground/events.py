"""What the page hears about while it is open."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

from playground.wire import Json

BACKLOG = 10_000  # events; a page that lags further behind is cut off and starts over


class Events:
    """Hands each event to every listener; nobody listening costs nothing."""

    def __init__(self) -> None:
        self._listeners: set[asyncio.Queue[Json | None]] = set()

    @property
    def has_listeners(self) -> bool:
        return bool(self._listeners)

    def publish(self, kind: str, **facts: object) -> None:
        for listener in tuple(self._listeners):
            if listener.qsize() >= BACKLOG:
                self._listeners.discard(listener)
                listener.put_nowait(None)
            else:
                listener.put_nowait({"type": kind, **facts})

    @contextmanager
    def listening(self) -> Iterator["asyncio.Queue[Json | None]"]:
        """A queue of events from now on; None in it means that no more will come."""
        queue: asyncio.Queue[Json | None] = asyncio.Queue()
        self._listeners.add(queue)
        try:
            yield queue
        finally:
            self._listeners.discard(queue)

    def close(self) -> None:
        for listener in self._listeners:
            listener.put_nowait(None)
        self._listeners.clear()
