"""Order within each person, everybody side by side, and what to do with a flood."""

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial

from telegram import Update

from bot.intake._work import Work, report

logger = logging.getLogger(__name__)

Handle = Callable[[Update], Awaitable[None]]
Key = tuple[str, int]


@dataclass
class Person:
    waiting: deque[Update] = field(default_factory=deque)
    busy: bool = False
    flooding: bool = False


class People:
    """Updates queue for their person first and take one of the slots after that.

    So whoever sends a thousand updates holds one slot like everybody else. Beyond `queue` waiting
    ones their further updates are dropped, until a look at Telegram finds no more of them. An
    urgent update is never dropped; in a flood it drops what waits before it, so that nothing older
    than a STOP happens after the STOP.
    """

    def __init__(
        self,
        handle: Handle,
        *,
        urgent: Callable[[Update], bool],
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
            if not heard:
                self._make_room()
            return
        for key, person in list(self._people.items()):
            if key not in heard and not person.busy and not person.waiting:
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
        crowded = person.flooding or len(person.waiting) >= self._queue
        if self._urgent(update):
            if crowded:
                self._drop_waiting(person)
            person.waiting.append(update)
        elif crowded:
            self._drop(person, update)
        else:
            person.waiting.append(update)
        self._next(person)

    def _make_room(self) -> None:
        """Telegram shows a hundred updates and no more: let those who flood clear the view."""
        for person in self._people.values():
            if person.flooding:
                self._drop_waiting(person)

    def _drop_waiting(self, person: Person) -> None:
        waiting, person.waiting = person.waiting, deque(filter(self._urgent, person.waiting))
        for update in waiting:
            if update not in person.waiting:
                self._drop(person, update)

    def _drop(self, person: Person, update: Update) -> None:
        if not person.flooding:
            person.flooding = True
            logger.warning("Somebody sends more than can be handled; the rest is dropped")
            if self._shed is not None:
                self._work.start(self._shed(update))
        self._done(update.update_id)

    def _next(self, person: Person) -> None:
        if person.waiting and not person.busy:
            update = person.waiting.popleft()
            person.busy = True
            self._work.start(self._serve(update), partial(self._ended, person, update))

    async def _serve(self, update: Update) -> None:
        async with self._slots:
            if self._closing:
                raise asyncio.CancelledError
            await self._handle(update)

    def _ended(self, person: Person, update: Update, task: asyncio.Task[None]) -> None:
        if self._closing and task.cancelled():
            return  # not handled: Telegram sends it again
        report(task)
        self._done(update.update_id)
        person.busy = False
        self._next(person)


def _key(update: Update) -> Key:
    if update.effective_user is not None:
        return "user", update.effective_user.id
    if update.effective_chat is not None:
        return "chat", update.effective_chat.id
    return "update", update.update_id
