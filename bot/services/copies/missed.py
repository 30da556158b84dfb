"""Does again what people asked for and a restored database does not know of."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from bot.journal import Kind, Line
from bot.services.choices import Choices
from bot.services.letters import REMINDER
from bot.services.petitions import Petitions
from bot.services.supporters import Supporters
from bot.services.wishes import Wishes
from bot.store import Connection, Database, about, choices, letters, petitions
from bot.store import supporters as store

EndCases: TypeAlias = Callable[[Connection, Callable[[str], bool]], Awaitable[None]]
"""Stop those of which this says that their families have ended them."""


@dataclass(frozen=True, slots=True)
class Done:
    """How many people were stopped, in all or in part, how many signatures went, who was erased."""

    stopped: int = 0
    unsigned: int = 0
    erased: int = 0


class Missed:
    """The journal's lines, on the rows of those, and of the cases, that they are about."""

    def __init__(
        self,
        database: Database,
        wishes: Wishes,
        supporters: Supporters,
        choosing: Choices,
        signing: Petitions,
        end_cases: EndCases,
        now: Callable[[], datetime],
    ) -> None:
        self._database = database
        self._wishes = wishes
        self._supporters = supporters
        self._choosing = choosing
        self._signing = signing
        self._end_cases = end_cases
        self._now = now

    async def apply(self) -> Done:
        """In one transaction, through what a stop and an erasure go through otherwise.

        An erasure stands whatever came after it: all that the database knows of her is older.
        """
        async with self._database.write() as db:
            seen = int(await about.value(db, about.JOURNAL) or 0)
            lines = self._wishes.journal.after(seen)
            done = await self._apply(db, _Unseen(lines)) if _matters(lines) else Done()
            await about.put(db, about.JOURNAL, str(self._wishes.journal.number))
        if done.erased:
            await self._database.truncate_log()
        return done

    async def _apply(self, db: Connection, unseen: "_Unseen") -> Done:
        stopped = erased = 0
        for person in await store.everybody(db):
            subject = self._wishes.person(person)
            if subject in unseen.erasures:
                await self._supporters.forget_in(db, person)
                erased += 1
            elif unseen.has_stopped(subject):
                stopped += await self._stop(db, person)
        unsigned = await self._take_back(db, unseen)
        ended: set[int] = set()
        for person, topic, what in await choices.everything(db):
            subjects = self._wishes.person(person), self._wishes.choice(person, topic, what)
            if unseen.has_ended(*subjects):
                await self._choosing.withdraw_in(db, person, topic, what)
                ended.add(person)
        for person, letter in await letters.every_reminder(db):
            subjects = self._wishes.person(person), self._wishes.choice(person, REMINDER, letter)
            if unseen.has_ended(*subjects):
                await letters.drop_reminder(db, person, letter)
                await store.erase_if_unneeded(db, person)
        await self._end_cases(db, lambda slug: unseen.has_stopped(self._wishes.case(slug)))
        return Done(stopped + len(ended), unsigned, erased)

    async def _take_back(self, db: Connection, unseen: "_Unseen") -> int:
        """The signatures that were taken back; a stop takes none."""
        gone = [
            (petition, person)
            for person, petition in await petitions.everything_signed(db)
            if unseen.has_stopped(self._wishes.signature(person, petition))
        ]
        for petition, person in gone:
            await self._signing.withdraw_in(db, petition, person)
        return len(gone)

    async def _stop(self, db: Connection, person: int) -> bool:
        """Says whether it was news to the database."""
        if await store.has_stopped(db, person) is not False:
            return False
        if await self._supporters.stop_in(db, person):
            await store.mark(db, person, stopped_at=self._now())
        return True


def _matters(lines: Sequence[Line]) -> bool:
    return any(line.kind is not Kind.YES for line in lines)


class _Unseen:
    """By subject: when it was last stopped and last wished for, in numbers of lines."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._stops = _latest(lines, Kind.STOP)
        self._yeses = _latest(lines, Kind.YES)
        self.erasures = _latest(lines, Kind.ERASE)

    def has_stopped(self, subject: str) -> bool:
        return self._stops.get(subject, 0) > self._yeses.get(subject, 0)

    def has_ended(self, person: str, choice: str) -> bool:
        """Whether the last word on a choice was no; her stop was a no to all of them."""
        last_no = max(self._stops.get(person, 0), self._stops.get(choice, 0))
        return last_no > self._yeses.get(choice, 0)


def _latest(lines: Sequence[Line], kind: Kind) -> Mapping[str, int]:
    return {line.subject: line.number for line in lines if line.kind is kind}
