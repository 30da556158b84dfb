"""Order within each person, everybody side by side, and what to do with a flood."""

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from typing import NamedTuple

from telegram import Update

from bot.intake._work import Work, report

logger = logging.getLogger(__name__)

Handle = Callable[[Update], Awaitable[None]]
Key = tuple[str, int]

_PATIENCE = 10  # looks at a full view without news; then a flood's first update is not waited for


class Waiting(NamedTuple):
    update: Update
    kind: str | None  # of what is urgent


@dataclass
class Busy:
    update: Update
    has_begun: bool = False
    is_confirmed: bool = False  # it counts as handled already


@dataclass
class Person:
    waiting: deque[Waiting] = field(default_factory=deque)
    busy: Busy | None = None
    flooding: bool = False
    merged: int = 0


class People:
    """Updates queue for their person first and take one of the slots after that.

    So whoever sends a thousand updates holds one slot like everybody else. Beyond `queue` waiting
    ones their further updates are dropped, until a look at Telegram finds no more of them. An
    urgent update drops in a flood what waits before it, so that nothing older than a STOP happens
    after the STOP, and is dropped only when `queue` other kinds of urgent ones wait.

    Urgent updates of one kind in one chat are idempotent: where several wait in succession the last
    does the work of all, and the others count as handled.
    """

    def __init__(
        self,
        handle: Handle,
        *,
        urgent: Callable[[Update], str | None],
        shed: Handle | None,
        done: Callable[[int], None],
        slots: int,
        queue: int,
    ) -> None:
        self._handle = handle
        self._urgent = urgent
        self._shed = shed
        self._done = done
        self._slots = asyncio.Semaphore(slots)
        self._queue = queue
        self._people: dict[Key, Person] = {}
        self._blocked = 0
        self._closing = False
        self._work = Work()

    def add(self, updates: Iterable[Update], *, more_may_wait: bool) -> None:
        """Take what one look at Telegram brought."""
        heard: set[Key] = set()
        for update in updates:
            key = _key(update)
            heard.add(key)
            self._enqueue(self._people.setdefault(key, Person()), update)
        if more_may_wait:
            self._blocked = 0 if heard else self._blocked + 1
            if self._blocked:
                self._make_room()
            return
        self._blocked = 0
        for key, person in list(self._people.items()):
            if key not in heard and person.busy is None and not person.waiting:
                del self._people[key]

    def close(self) -> None:
        """Begin nothing new."""
        self._closing = True

    async def finish(self, grace: timedelta) -> None:
        """Wait for what has begun, but no longer than that."""
        await self._work.finish(grace)

    async def abort(self) -> None:
        await self._work.abort()

    def _enqueue(self, person: Person, update: Update) -> None:
        waiting = Waiting(update, self._urgent(update))
        if waiting.kind is not None:
            if person.flooding or len(person.waiting) >= self._queue:
                self._drop_waiting(person)
            self._merge(person, waiting)
        refused = person.flooding and waiting.kind is None
        if refused or len(person.waiting) >= self._queue:
            self._drop(person, update)
        else:
            person.waiting.append(waiting)
        self._next(person)

    def _merge(self, person: Person, last: Waiting) -> None:
        """Take away what the last one repeats, unless something else was asked for in between."""
        for earlier in reversed(person.waiting):
            if earlier.kind is None:
                return
            if _is_same(earlier, last):
                person.waiting.remove(earlier)
                person.merged += 1
                if person.merged > self._queue:
                    self._drop(person, earlier.update)
                else:
                    self._done(earlier.update.update_id)
                return

    def _make_room(self) -> None:
        """Telegram shows a hundred updates and no more: let those who flood clear the view.

        The view begins at the lowest unhandled update, so that a flood behind a handler that hangs
        would hide everybody else. Then what hangs is confirmed before it ends: should the process
        be killed meanwhile, it does not come again.
        """
        for person in self._people.values():
            if person.flooding:
                self._drop_waiting(person)
                if person.busy and person.busy.has_begun and self._blocked > _PATIENCE:
                    self._confirm(person.busy)

    def _drop_waiting(self, person: Person) -> None:
        before, person.waiting = person.waiting, deque()
        for waiting in before:
            if waiting.kind is None:
                self._drop(person, waiting.update)
            else:
                self._merge(person, waiting)
                person.waiting.append(waiting)

    def _drop(self, person: Person, update: Update) -> None:
        if not person.flooding:
            person.flooding = True
            logger.warning("Somebody sends more than can be handled; the rest is dropped")
            if self._shed is not None:
                self._work.start(self._shed(update))
        self._done(update.update_id)

    def _next(self, person: Person) -> None:
        if person.waiting and person.busy is None:
            person.busy = busy = Busy(person.waiting.popleft().update)
            self._work.start(self._serve(busy), partial(self._ended, person, busy))

    async def _serve(self, busy: Busy) -> None:
        async with self._slots:
            if self._closing:
                raise asyncio.CancelledError
            busy.has_begun = True
            await self._handle(busy.update)

    def _ended(self, person: Person, busy: Busy, task: asyncio.Task[None]) -> None:
        if self._closing and task.cancelled():
            return  # not handled: Telegram sends it again
        report(task)
        self._confirm(busy)
        person.busy = None
        self._next(person)

    def _confirm(self, busy: Busy) -> None:
        if not busy.is_confirmed:
            busy.is_confirmed = True
            self._done(busy.update.update_id)


def _is_same(one: Waiting, other: Waiting) -> bool:
    chats = {waiting.update.effective_chat for waiting in (one, other)}
    return one.kind == other.kind and len(chats) == 1


def _key(update: Update) -> Key:
    if update.effective_user is not None:
        return "user", update.effective_user.id
    if update.effective_chat is not None:
        return "chat", update.effective_chat.id
    return "update", update.update_id
