"""Signatures under one petition, in whatever order people sign, think again and are erased."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule

from bot.errors import PetitionClosed, TextChanged
from bot.models import PetitionState, Signature, Supporter
from bot.services.supporters import Supporters
from bot.store.schema import signatures, supporters
from tests.services.living import ADA, BO, DEADLINE, SLUG, Living, bounded, opened
from tools.verify_signatures import verify

OPEN, PAUSED = PetitionState.OPEN, PetitionState.PAUSED
PEOPLE = [Supporter(510000000 + number, "en") for number in range(4)]
ACTS = (
    *["sign"] * 9, *["take_back"] * 3, *["be_erased"] * 2, "read_again", "correct", "pause",
    "end", "wait",
)  # fmt: skip
HOUR = timedelta(hours=1)


class NobodyIsSent:
    """Nothing was sent to anybody here."""

    async def erased(self, *_: object) -> None:
        pass


class Life(Living):
    """Each person holds the card that she saw last; what she taps may be long out of date."""

    begin = staticmethod(opened)

    def __init__(self) -> None:
        super().__init__()
        self.people = Supporters(self.house.database, NobodyIsSent(), self.house.now)  # type: ignore[arg-type]  # asks nothing else
        self.state, self.version = OPEN, 1
        self.cards = dict.fromkeys(PEOPLE, 1)  # the version that she read
        self.given: list[int] = []  # numbers, in the order in which they were given
        self.mine: dict[int, Signature] = {}
        self.delivered: int | None = None
        self.noted: list[str] = []  # ends of the chain, as somebody outside may note them

    @rule(act=st.sampled_from(ACTS), person=st.sampled_from(PEOPLE), data=st.data())
    def act(self, act: str, person: Supporter, data: st.DataObject) -> None:
        """One rule for all: rules of their own would be left out of most lives."""
        getattr(self, f"_{act}")(person, data)

    def _sign(self, person: Supporter, data: st.DataObject) -> None:
        name, read = data.draw(st.sampled_from([None, "Amara", "ليلى"])), self.cards[person]
        had, is_open = self.mine.get(person.id), self.state is OPEN
        try:
            card = self.run(self.house.petitions.sign(SLUG, person, name, read))
        except PetitionClosed:
            assert (had, is_open) == (None, False)
        except TextChanged:
            assert (had, is_open) == (None, True)
            assert read != self.version
        else:
            made = card.mine
            assert made
            shown = self.run(self.house.petitions.card(SLUG, person))
            assert card == replace(shown, mine=made)
            if had is not None:
                assert made == had
                return
            assert made.is_new
            assert (made.name, made.version, is_open) == (name, self.version, True)
            self.given.append(made.number)
            self.mine[person.id] = Signature(SLUG, made.number, name, read, self.house.time)

    def _take_back(self, person: Supporter, _: st.DataObject) -> None:
        left = self.run(self.house.petitions.withdraw(SLUG, person))
        assert (left is None) == (self.mine.pop(person.id, None) is None)
        assert left is None or left.delivered == self.delivered

    def _be_erased(self, person: Supporter, _: st.DataObject) -> None:
        self.run(self.people.forget(person))
        self.mine.pop(person.id, None)

    def _read_again(self, person: Supporter, _: st.DataObject) -> None:
        card = self.run(self.house.petitions.card(SLUG, person))
        self.cards[person] = card.version
        assert card.mine == self.mine.get(person.id)
        assert card.standing.published == self._published()

    def _published(self) -> int:
        return len(self.mine) if self.delivered is None else self.delivered

    def _correct(self, *_: object) -> None:
        """One writes, another accepts: people sign another text from then on."""
        if self.state in (OPEN, PAUSED):
            self.version += 1
            self.run(self._corrected(f"Release her, we say for the {self.version}th time."))

    async def _corrected(self, words: str) -> None:
        page = await self.house.page()
        revision = page.dossier.revision
        page = await self.house.drafts.write(SLUG, revision, ADA, "en", "ask", words)
        await self.house.desk.accept(SLUG, page.dossier.revision, BO, page.mark)

    def _pause(self, *_: object) -> None:
        if self.state in (OPEN, PAUSED):
            is_open = self.state is OPEN
            act = self.house.desk.pause if is_open else self.house.desk.resume
            self.run(act(SLUG, self._revision(), ADA))
            self.state = PAUSED if is_open else OPEN

    def _end(self, _: Supporter, data: st.DataObject) -> None:
        """Closed, handed over and won; not before there is something to hand over."""
        if len(self.given) < data.draw(st.integers(1, 12)):
            return
        desk, at = self.house.desk, (SLUG, self._revision(), ADA)
        match self.state:
            case PetitionState.OPEN | PetitionState.PAUSED:
                self.run(desk.close(*at))
                self.state = PetitionState.CLOSED
            case PetitionState.CLOSED:
                self.run(desk.deliver(*at))
                self.state, self.delivered = PetitionState.DELIVERED, len(self.mine)
            case PetitionState.DELIVERED:
                self.run(desk.end(*at, PetitionState.WON, "en", "She is free."))
                self.state = PetitionState.WON

    def _revision(self) -> int:
        return self.run(self.house.page()).dossier.revision

    def _wait(self, _: Supporter, data: st.DataObject) -> None:
        self.house.time += data.draw(st.integers(1, 9)) * HOUR
        if data.draw(st.booleans()):  # it closes at its time, whether or not a tick came by
            self.run(self.house.tick())
        if self.state in (OPEN, PAUSED) and self.house.time >= DEADLINE:
            self.state = PetitionState.CLOSED
            self.run(self.house.tick())

    @invariant()
    def no_number_is_given_twice(self) -> None:
        assert self.given == list(range(1, len(self.given) + 1))

    @invariant()
    def counts_are_those_of_the_rows(self) -> None:
        self.run(self._compare())

    async def _compare(self) -> None:
        async with self.house.database.read() as db:
            row, rows = await self.house.row(db), list(await db.execute(sa.select(signatures)))
            known = set(await db.scalars(sa.select(supporters.c.supporter_id)))
        kept = {one.supporter_id: (one.number, one.name, one.version) for one in rows}
        wanted = {who: (one.number, one.name, one.version) for who, one in self.mine.items()}
        assert kept == wanted
        assert known == set(self.mine)  # who has no signature left is in no row at all
        assert (row.signatures, row.last_number) == (len(rows), len(self.given))
        assert row.delivered == self.delivered

    @invariant()
    def the_chain_proves_it(self) -> None:
        """To us, who hold the signatures, and to whoever holds nothing but an old digest."""
        assert [one.broken for one in self.run(self.house.integrity.proofs())] == [None, None]
        said = verify(self.run(self._lines()), self.noted)
        assert said.startswith(f"{SLUG}: {len(self.mine)} signatures, {len(self.given)} given.")
        if self.given:
            self.noted = [*self.noted, said.split()[-1].rstrip(".")]

    async def _lines(self) -> Sequence[Any]:
        return [line async for line in self.house.integrity.lines(SLUG)]


TestLife = Life.TestCase
TestLife.settings = bounded(7, 25)
