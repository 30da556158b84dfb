"""Who stopped, took a yes back or was erased: kept beside the database too, naming nobody.

A database that is restored has forgotten what was said since; the journal has not.
"""

import logging
from collections.abc import Callable
from datetime import datetime

from bot.journal import Journal, Kind
from bot.store import Connection, about

log = logging.getLogger(__name__)


class Wishes:
    """What is noted inside a transaction is on the disk before that transaction is.

    A journal that cannot be written keeps nobody from stopping: the log says so, and what is said
    to her is true as long as no backup is restored.
    """

    def __init__(self, journal: Journal, now: Callable[[], datetime]) -> None:
        self.journal = journal
        self._now = now

    def person(self, person: int) -> str:
        return self.journal.subject(person)

    def choice(self, person: int, topic: str, about: str) -> str:
        return self.journal.subject(person, topic, about)

    def signature(self, person: int, petition: str) -> str:
        return self.journal.subject(person, "signature", petition)

    def case(self, slug: str) -> str:
        return self.journal.subject("case", slug)

    def has_left(self, person: int, petition: str) -> bool:
        """Whether she took her signature back, or was erased, in the time of the journal."""
        return self.journal.has(self.signature(person, petition), Kind.STOP) or self.journal.has(
            self.person(person), Kind.ERASE
        )

    async def stopped(self, db: Connection, person: int) -> None:
        await self._end(db, self.person(person))

    async def withdrew(self, db: Connection, person: int, topic: str, about: str) -> None:
        await self._end(db, self.choice(person, topic, about))

    async def unsigned(self, db: Connection, person: int, petition: str) -> None:
        await self._end(db, self.signature(person, petition))

    async def erased(self, db: Connection, person: int) -> None:
        await self._note_in(db, Kind.ERASE, self.person(person))

    async def case_ended(self, db: Connection, slug: str) -> None:
        """Its family wants no more said; that holds for ever."""
        await self._end(db, self.case(slug))

    async def said_yes(self, person: int, topic: str, about: str) -> None:
        """After the commit: whoever came back shall not be stopped by an older line of hers.

        Of those who never stopped nothing is noted.
        """
        subjects = (self.person(person), self.choice(person, topic, about))
        if any(self.journal.last(subject) for subject in subjects):
            for subject in subjects:
                await self._note(Kind.YES, subject)

    async def signed(self, person: int, petition: str) -> None:
        """After the commit; noted only of those who took this signature back before."""
        subject = self.signature(person, petition)
        if self.journal.last(subject):
            await self._note(Kind.YES, subject)

    async def _end(self, db: Connection, subject: str) -> None:
        if self.journal.last(subject) is not Kind.STOP:
            await self._note_in(db, Kind.STOP, subject)

    async def _note_in(self, db: Connection, kind: Kind, subject: str) -> None:
        number = await self._note(kind, subject)
        if number is not None:
            await about.put(db, about.JOURNAL, str(number))

    async def _note(self, kind: Kind, subject: str) -> int | None:
        try:
            return await self.journal.append(kind, subject, self._now().date())
        except OSError as error:
            log.error(
                "The journal beside the key cannot be written (%s): a backup that is restored "
                "would not know of the latest stops and erasures. Look at the disk.",
                type(error).__name__,
            )
            return None
