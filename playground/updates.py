"""Updates on their way to the bot, and long polling for them."""

import asyncio
from collections import deque
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from playground.bell import Bell
from playground.clock import Clock
from playground.wire import ApiError, Json

FIRST_ID = 820_000_000
KEPT_FOR = timedelta(hours=24)
LONGEST_POLL = 50.0  # seconds
BATCH = 100
NOT_BY_DEFAULT = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
CONFLICT = (
    "Conflict: terminated by other getUpdates request; "
    "make sure that only one bot instance is running"
)


@dataclass
class Waiting:
    update: Json
    since: datetime
    again: bool = False  # queued a second time under an id that was confirmed before
    delivered: bool = False

    @property
    def id(self) -> int:
        return int(self.update["update_id"])


class Updates:
    """The queue between the people and the bot.

    An update leaves it once getUpdates is called with an offset above its id. It is handed out
    anew by each call until then, and forgotten after 24 hours of the playground's clock.
    """

    def __init__(self, clock: Clock) -> None:
        self.next_id = FIRST_ID
        self.waiting: list[Waiting] = []
        self.confirmed: list[Json] = []
        self.polls: deque[Json] = deque(maxlen=1000)
        self.poll_count = 0
        self.allowed: frozenset[str] | None = None
        self._clock = clock
        self._arrived = Bell()
        self._emptied = Bell()
        self._polled = Bell()
        self._poll: object = None
        self._closed = False

    def add(self, kind: str, payload: Json) -> int | None:
        """Queue an update and return its id; None when the bot did not ask for this kind."""
        if not self._is_wanted(kind):
            return None
        update_id, self.next_id = self.next_id, self.next_id + 1
        self._queue(Waiting({"update_id": update_id, kind: payload}, self._clock.now()))
        return update_id

    def redeliver(self, update_id: int) -> None:
        """Queue a confirmed update once more, as happens when a confirmation was lost."""
        for update in reversed(self.confirmed):
            if update["update_id"] == update_id:
                self._queue(Waiting(update, self._clock.now(), again=True))
                return
        raise LookupError(f"update {update_id} was never confirmed")

    async def take(
        self, offset: int, limit: int, seconds: float, allowed: Collection[str] | None
    ) -> list[Json]:
        """Serve one getUpdates; a later one ends this with 409."""
        mine = self._poll = object()
        self._arrived.ring()
        if allowed is not None:
            self.allowed = frozenset(allowed) or None
        self.confirm(offset)
        try:
            async with asyncio.timeout(min(max(seconds, 0), LONGEST_POLL)):
                while not self.waiting and not self._closed:
                    await self._arrived.wait()
                    if self._poll is not mine:
                        raise ApiError(409, CONFLICT)
        except TimeoutError:
            return []
        return self._batch(limit if 1 <= limit <= BATCH else BATCH)

    def confirm(self, offset: int) -> None:
        """Forget what lies below the offset; a negative one keeps that many of the newest."""
        oldest = self._clock.now() - KEPT_FOR
        kept: list[Waiting] = []
        for place, entry in enumerate(self.waiting, -len(self.waiting)):
            if place < offset if offset < 0 else self._is_done(entry, offset):
                self.confirmed.append(entry.update)
            elif entry.since > oldest:
                kept.append(entry)
        self.waiting = kept
        if not self.waiting:
            self._emptied.ring()

    def drop(self) -> None:
        """Forget everything that waits, as if it had never happened."""
        self.waiting.clear()
        self._emptied.ring()

    def note_poll(self, params: Json) -> None:
        self.polls.append(params)
        self.poll_count += 1
        self._polled.ring()

    async def polled(self, times: int) -> None:
        """Return once getUpdates was called so often since the start."""
        while self.poll_count < times:
            await self._polled.wait()

    async def settled(self) -> None:
        """Return once the bot has confirmed every update."""
        while self.waiting:
            await self._emptied.wait()

    def close(self) -> None:
        """End the poll that is waiting."""
        self._closed = True
        self._arrived.ring()

    def _is_done(self, entry: Waiting, offset: int) -> bool:
        """Tell whether the offset confirms the entry.

        An offset beyond all ids given so far comes from before the ids restarted, and an entry
        that is queued again lies below the offset from the start: both are confirmed only after
        they were handed out.
        """
        if entry.id >= offset:
            return False
        return entry.delivered or not (entry.again or offset > self.next_id)

    def _is_wanted(self, kind: str) -> bool:
        if self.allowed is None:
            return kind not in NOT_BY_DEFAULT
        return kind in self.allowed

    def _queue(self, entry: Waiting) -> None:
        self.waiting.append(entry)
        self._arrived.ring()

    def _batch(self, limit: int) -> list[Json]:
        batch = self.waiting[:limit]
        for entry in batch:
            entry.delivered = True
        return [entry.update for entry in batch]
