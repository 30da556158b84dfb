"""Any order of acts on one petition and its signatures, against a model of what must hold."""

import asyncio
import tempfile
from collections.abc import Coroutine, Mapping
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from sqlalchemy import func, select

from bot.content import Content, load
from bot.errors import (
    IllegalMove,
    OwnPetition,
    PetitionChanged,
    PetitionClosed,
    PetitionNotOpen,
    Refusal,
)
from bot.models import PetitionState, Supporter
from bot.models.audit import BEGINNING, Entry
from bot.services.audit import Audit
from bot.services.petitions import Page, Papers, PetitionDesk, PetitionDrafts, Petitions
from bot.services.petitions.clock import keep_time
from bot.services.petitions.moves import LEGAL
from bot.services.shelf import Edition, Shelf
from bot.services.staff import Staff
from bot.store import open_database
from bot.store.schema import petitions, signatures
from tests.conftest import KEY, NOON

ADA, BO = 700000001, 700000002
PEOPLE = [Supporter(510000000 + number, "en") for number in range(4)]
TEXT = {
    "addressee": "The minister",
    "ask": "Release her.",
    "body": "She is held.",
    "source": "Example Rights",
    "as_of": "2027",
}
HOUR = timedelta(hours=1)
STATES = list(PetitionState)
T = TypeVar("T")


@cache
def content() -> Content:
    return load(Path("content"))


class Life(RuleBasedStateMachine):
    """Two admins, four people, one petition that closes after two days."""

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.folder = tempfile.TemporaryDirectory()
        self.time = NOON
        self.given: list[int] = []  # numbers, in the order in which they were given
        self.mine: dict[int, tuple[int, int]] = {}  # person: number and version
        self.delivered: int | None = None
        self.state = PetitionState.DRAFT
        self.versions = 0
        self.run(self._begin())

    async def _begin(self) -> None:
        database = await open_database(Path(self.folder.name) / "vigil.db", KEY)
        shelf, audit = Shelf(Edition(content(), None)), Audit(database, self.now)  # type: ignore[arg-type]  # asks nothing
        staff = Staff(database, {ADA, BO}, None, audit, self.now)
        papers = Papers(database, shelf, staff, audit, self.now)
        self.database, self.audit = database, audit
        self.drafts, self.desk = PetitionDrafts(papers), PetitionDesk(papers)
        self.petitions = Petitions(database, shelf.content, self.now)
        await staff.pseudonym(BO)
        page = await self.drafts.begin(ADA, "en", "Free Samira")
        self.slug = page.slug
        for field, words in TEXT.items():
            revision = page.dossier.revision
            page = await self.drafts.write(self.slug, revision, ADA, "en", field, words)
        terms = {"consent": "File 12", "closes_at": NOON + 48 * HOUR}
        await self.drafts.put(self.slug, page.dossier.revision, ADA, **terms)

    def now(self) -> datetime:
        return self.time

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        return self.loop.run_until_complete(work)

    def page(self) -> Page:
        return self.run(self.desk.page(self.slug))

    def teardown(self) -> None:
        self.run(self.database.close())
        self.loop.close()
        self.folder.cleanup()

    @rule(wanted=st.sampled_from(STATES), admin=st.sampled_from([ADA, BO]), is_old=st.booleans())
    def move(self, wanted: PetitionState, admin: int, is_old: bool) -> None:
        """Somebody tries to bring it somewhere, perhaps with a button from before."""
        page = self.page()
        revision = page.dossier.revision - is_old
        try:
            after = self.run(self._try(page, revision, wanted, admin))
        except IllegalMove:
            assert wanted not in LEGAL[self.state]
            return
        except OwnPetition:
            assert (wanted, admin) == (PetitionState.OPEN, ADA)
            return
        except PetitionChanged:
            assert is_old or wanted is PetitionState.OPEN
            return
        assert not is_old
        assert wanted in LEGAL[self.state]
        self._reached(after.standing.state, wanted)

    def _reached(self, state: PetitionState, wanted: PetitionState) -> None:
        assert state is wanted
        if self.state is PetitionState.REVIEW and wanted is PetitionState.OPEN:
            self.versions = max(self.versions, 1)
        if wanted is PetitionState.DELIVERED:
            self.delivered = len(self.mine)
        self.state = wanted

    async def _try(self, page: Page, revision: int, wanted: PetitionState, admin: int) -> Page:
        at, desk = (self.slug, revision, admin), self.desk
        match wanted:
            case PetitionState.DRAFT:
                return await desk.send_back(*at)
            case PetitionState.REVIEW:
                return await desk.submit(*at)
            case PetitionState.OPEN if self.state is PetitionState.REVIEW:
                return await desk.approve(*at, page.mark)
            case PetitionState.OPEN:
                return await desk.resume(*at)
            case PetitionState.PAUSED:
                return await desk.pause(*at)
            case PetitionState.CLOSED:
                return await desk.close(*at)
            case PetitionState.DELIVERED:
                return await desk.deliver(*at)
        return await desk.end(*at, wanted, "en", "That is how it ended.")

    @rule(person=st.sampled_from(PEOPLE), name=st.sampled_from([None, "Amara"]))
    def sign(self, person: Supporter, name: str | None) -> None:
        had = self.mine.get(person.id)
        try:
            made = self.run(self._sign(person, name))
        except PetitionNotOpen:
            assert self.state in {PetitionState.DRAFT, PetitionState.REVIEW}
        except PetitionClosed:
            assert self.state is not PetitionState.OPEN
            assert had is None
        except Refusal:  # nobody but the staff has seen it so far
            assert self.versions == 0
        else:
            if had is not None:
                assert (made.number, made.version, made.is_new) == (*had, False)
                return
            assert self.state is PetitionState.OPEN
            assert made.is_new
            assert made.version == self.versions
            self.given.append(made.number)
            self.mine[person.id] = (made.number, made.version)

    async def _sign(self, person: Supporter, name: str | None) -> Any:
        card = await self.petitions.card(self.slug, person)
        return await self.petitions.sign(self.slug, person, name, card.version)

    @rule(person=st.sampled_from(PEOPLE))
    def withdraw(self, person: Supporter) -> None:
        was_there = self.run(self.petitions.withdraw(self.slug, person))
        assert was_there == (self.mine.pop(person.id, None) is not None)

    @precondition(lambda self: self.state in {PetitionState.OPEN, PetitionState.PAUSED})
    @rule()
    def correct(self) -> None:
        """One writes, the other accepts: people sign another text from then on."""
        words = f"Release her, we say for the {self.versions + 1}th time."
        self.run(self._correct(words))
        self.versions += 1

    async def _correct(self, words: str) -> None:
        page = await self.desk.page(self.slug)
        page = await self.drafts.write(self.slug, page.dossier.revision, ADA, "en", "ask", words)
        await self.desk.accept(self.slug, page.dossier.revision, BO, page.mark)

    @rule(hours=st.integers(1, 20))
    def wait(self, hours: int) -> None:
        self.time += hours * HOUR
        self.run(self._tick())
        is_running = self.state in {PetitionState.OPEN, PetitionState.PAUSED}
        if is_running and self.time >= NOON + 48 * HOUR:
            self.state = PetitionState.CLOSED

    async def _tick(self) -> None:
        async with self.database.write() as db:
            await keep_time(db, self.audit, self.time)

    @invariant()
    def numbers_are_given_once_and_in_order(self) -> None:
        assert self.given == list(range(1, len(self.given) + 1))

    @invariant()
    def the_count_is_that_of_the_rows(self) -> None:
        found = self.run(self._counts())
        assert found["rows"] == found["kept"] == len(self.mine)
        assert found["state"] == self.state
        assert found["delivered"] == self.delivered

    async def _counts(self) -> Mapping[str, Any]:
        async with self.database.read() as db:
            row = (await db.execute(select(petitions))).one()
            rows = await db.scalar(select(func.count()).select_from(signatures))
        return {
            "rows": rows,
            "kept": row.signatures,
            "state": row.state,
            "delivered": row.delivered,
        }

    @invariant()
    def every_act_is_on_record(self) -> None:
        """The newest entry about a move names the state that it is in."""
        entries: list[Entry] = list(self.run(self.audit.newest(1_000)))
        moves = [one.act for one in entries if one.act.removeprefix("petition ") in STATES]
        assert self.state is PetitionState.DRAFT or moves[0] == f"petition {self.state}"
        former = BEGINNING
        for entry in reversed(entries):
            assert entry.follows(former)
            former = entry.digest


TestLife = Life.TestCase
TestLife.settings = settings(
    max_examples=150,
    stateful_step_count=25,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
