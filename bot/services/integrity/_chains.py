"""Goes through the chain of one petition, beside its signatures and its stored numbers."""

from dataclasses import dataclass, field
from datetime import date

from bot.models.chains import BEGINNING, Event, Link
from bot.services.integrity._proof import Break, Flaw, Proof
from bot.store import Connection, chains
from bot.store.chains import Claim, Tied

_UNGIVEN, _HELD, _GONE, _TAKEN_BACK = range(4)


async def prove(db: Connection, claim: Claim) -> Proof:
    """All the questions have to see the same moment."""
    walk = _Walk(claim)
    broken = await walk.follow(db) or await walk.compare(db)
    return Proof(claim.slug, walk.place, walk.given, walk.withdrawn, walk.head, broken)


@dataclass
class _Walk:
    """`_states` holds a byte for each number, so that a million of them are a megabyte."""

    claim: Claim
    place: int = 0
    given: int = 0
    withdrawn: int = 0
    _last: Link | None = None
    _delivered: int | None = None
    _states: bytearray = field(default_factory=lambda: bytearray(1))

    @property
    def head(self) -> str:
        return self._last.digest.hex() if self._last else ""

    @property
    def _day(self) -> date | None:
        return self._last.day if self._last else None

    @property
    def _counting(self) -> int:
        return self.given - self.withdrawn

    async def follow(self, db: Connection) -> Break | None:
        """Go from link to link as long as each one follows from the one before."""
        async for tied in chains.tied(db, self.claim.slug):
            link, former = tied.link, self._last.digest if self._last else BEGINNING
            if link.place != self.place + 1 or link.after(former) != link:
                return Break(Flaw.LINK, link.day, self.place + 1)
            if not self._takes(link):
                return Break(Flaw.ORDER, link.day, link.place)
            if tied.is_held and not tied.is_true:
                return Break(Flaw.ALTERED, link.day, link.number)
            self._enter(tied)
        return None

    def _takes(self, link: Link) -> bool:
        """Whether this may happen now. Numbers are given in order, and each of them once."""
        match link.event:
            case Event.SIGNED:
                return link.number == self.given + 1 and self._delivered is None
            case Event.WITHDRAWN:
                return link.number <= self.given and self._states[link.number] != _TAKEN_BACK
        return link.number == self._counting and self._delivered is None

    def _enter(self, tied: Tied) -> None:
        link = tied.link
        match link.event:
            case Event.SIGNED:
                self.given += 1
                self._states.append(_HELD if tied.is_held else _GONE)
            case Event.WITHDRAWN:
                self.withdrawn += 1
                # One that is held all the same stays so, and is found as unknown.
                self._states[link.number] = _TAKEN_BACK
            case Event.DELIVERED:
                self._delivered = link.number
        self.place, self._last = link.place, link

    async def compare(self, db: Connection) -> Break | None:
        """With what is stored elsewhere, once the chain itself is sound."""
        if self.claim.last_number > self.given:
            return Break(Flaw.CUT, self._day or await self._first_day(db), self.place)
        async for number, day in chains.numbers(db, self.claim.slug):
            if number > self.given or self._states[number] != _HELD:
                return Break(Flaw.UNKNOWN, day, number)
        if (number := self._states.find(_GONE)) > 0:
            return Break(Flaw.MISSING, await self._given_on(db, number), number)
        if (self.claim.last_number, self.claim.signatures) != (self.given, self._counting):
            return Break(Flaw.COUNT, self._day, self.claim.signatures)
        if self.claim.delivered != self._delivered:
            return Break(Flaw.DELIVERED, self._day, self.claim.delivered or 0)
        return None

    async def _given_on(self, db: Connection, number: int) -> date | None:
        async for link in chains.links(db, self.claim.slug):
            if link.number == number:  # the first one of this number gives it
                return link.day
        return None

    async def _first_day(self, db: Connection) -> date | None:
        async for _, day in chains.numbers(db, self.claim.slug):
            return day
        return None
