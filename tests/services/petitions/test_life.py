"""A petition's life, in whatever order three admins act: what holds at every moment."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa
from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule

from bot.errors import IllegalMove, OwnPetition, PetitionChanged, PetitionIncomplete
from bot.models import PetitionState
from bot.services.audit import BY_ITSELF
from bot.services.petitions import Page
from bot.services.petitions.moves import LEGAL, TERMS
from bot.store.schema import petition_texts
from tests.services.living import ADA, BO, CLEO, DEADLINE, SLUG, Living, bounded

DRAFT, REVIEW, OPEN = PetitionState.DRAFT, PetitionState.REVIEW, PetitionState.OPEN
CLOSED = PetitionState.CLOSED
RUNNING = (OPEN, PetitionState.PAUSED)
UNOPENED = (DRAFT, REVIEW)
ADMINS = st.sampled_from((ADA, BO, CLEO))
OLD = st.sampled_from((*[False] * 7, True))
"""Whether somebody presses a button from before the last act."""
ACTS = (
    *["move"] * 5, "write", "write", "accept", "accept", "set_the_deadline", "wait",
    "resume_what_nobody_opened",
)  # fmt: skip
LIKELY = {  # so that many lives are whole ones, and few are cut short
    state: sorted(ways - {DRAFT, PetitionState.WITHDRAWN} - ({CLOSED} if state is OPEN else set()))
    for state, ways in LEGAL.items()
}
WORDS = ("Release her.", "Release her at once.", "Let her go home.")
HOUR = timedelta(hours=1)
REFUSED = (IllegalMove, OwnPetition, PetitionChanged, PetitionIncomplete)


class Life(Living):
    """The model is what each accepted act said; rows, texts and record must say the same."""

    def __init__(self) -> None:
        super().__init__()
        self.state, self.authors = DRAFT, {ADA}
        self.is_shown, self.draft = False, WORDS[0]
        self.texts: list[str] = []  # the demand of each version
        self.closes_at: datetime = DEADLINE
        self.begun = len(self.run(self.house.acts()))
        self.acts: list[tuple[int, str]] = []

    @rule(act=st.sampled_from(ACTS), data=st.data(), admin=ADMINS, is_old=OLD)
    def act(self, act: str, data: st.DataObject, admin: int, is_old: bool) -> None:
        """One rule for all: rules of their own would be left out of most lives."""
        getattr(self, f"_{act}")(data, admin, is_old)

    def _move(self, data: st.DataObject, admin: int, is_old: bool) -> None:
        """Somebody tries to bring it somewhere; more often than not the table allows that."""
        wanted = data.draw(st.sampled_from([*LIKELY[self.state] * 40, *PetitionState]))
        if wanted is REVIEW:  # who asks for it has a hand in it, and soon nobody would be left
            admin = min(self.authors, default=admin)
        elif (self.state, wanted) == (REVIEW, OPEN):
            others = {ADA, BO, CLEO} - self.authors
            admin = data.draw(st.sampled_from([*sorted(others) * 3, admin]))
        page = self.run(self.house.page())
        is_legal, refused = wanted in LEGAL[self.state] and not is_old, None
        try:
            after = self.run(self._try(page, page.dossier.revision - is_old, wanted, admin))
        except REFUSED as refusal:
            refused = type(refusal)
        if refused is None:
            assert is_legal
            assert after.standing.state is wanted
            self._moved_to(wanted, admin)
        elif is_legal:  # and there is one reason for which it was not done
            is_late = wanted in {REVIEW, OPEN} and self.house.time >= self.closes_at
            assert refused is (PetitionIncomplete if is_late else OwnPetition)
            assert is_late or admin in self.authors
        elif refused is IllegalMove:
            assert wanted not in LEGAL[self.state]

    async def _try(self, page: Page, revision: int, wanted: PetitionState, admin: int) -> Page:
        desk, at = self.house.desk, (SLUG, revision, admin)
        if wanted is OPEN and self.state in UNOPENED:
            return await desk.approve(*at, page.mark)
        ways: dict[PetitionState, Callable[[str, int, int], Awaitable[Page]]] = {
            DRAFT: desk.send_back,
            REVIEW: desk.submit,
            OPEN: desk.resume,
            PetitionState.PAUSED: desk.pause,
            CLOSED: desk.close,
            PetitionState.DELIVERED: desk.deliver,
        }
        if wanted in ways:
            return await ways[wanted](*at)
        return await desk.end(*at, wanted, "en", "That is how it ended.")

    def _moved_to(self, wanted: PetitionState, admin: int) -> None:
        if wanted is REVIEW:
            self.authors.add(admin)
        if (self.state, wanted) == (REVIEW, OPEN):
            self.acts.append((admin, "petition approved"))
            self._show()
        self.state = wanted
        self.acts.append((admin, f"petition {wanted}"))

    def _show(self) -> None:
        """What was written is what people read now; the former words come back as they were."""
        self.is_shown, self.authors = True, set()
        if self.draft not in self.texts:
            self.texts.append(self.draft)

    def _resume_what_nobody_opened(self, _: st.DataObject, admin: int, is_old: bool) -> None:
        """A forged button: to let people sign for the first time takes the other admin."""
        page = self.run(self.house.page())
        if page.is_unopened:
            with pytest.raises(PetitionChanged):
                self.run(self.house.desk.resume(SLUG, page.dossier.revision - is_old, admin))

    def _write(self, data: st.DataObject, admin: int, is_old: bool) -> None:
        page, words = self.run(self.house.page()), data.draw(st.sampled_from(WORDS))
        if page.is_unopened:
            admin = ADA
        revision = page.dossier.revision - is_old
        may = not is_old and self.state in (*UNOPENED, *RUNNING)
        try:
            self.run(self.house.drafts.write(SLUG, revision, admin, "en", "ask", words))
        except PetitionChanged:
            assert not may
            return
        assert may
        self.draft = words
        self.authors.add(admin)
        if self.state is REVIEW:
            self.state = DRAFT
            self.acts.append((admin, "petition draft"))

    def _accept(self, _: st.DataObject, admin: int, is_old: bool) -> None:
        """People read a correction only after somebody has accepted it who wrote none of it."""
        page = self.run(self.house.page())
        may = self.state in RUNNING and page.is_corrected and not is_old
        may = may and admin not in self.authors and self.house.time < self.closes_at
        revision = page.dossier.revision - is_old
        try:
            self.run(self.house.desk.accept(SLUG, revision, admin, page.mark))
        except REFUSED:
            assert not may
            return
        assert may
        self._show()
        self.acts.append((admin, "petition corrected"))

    def _set_the_deadline(self, data: st.DataObject, admin: int, _: bool) -> None:
        page = self.run(self.house.page())
        admin = ADA if page.is_unopened else admin
        closes_at = self.house.time + data.draw(st.integers(1, 30)) * HOUR
        work = self.house.drafts.put(SLUG, page.dossier.revision, admin, closes_at=closes_at)
        try:
            self.run(work)
        except PetitionChanged:
            assert self.state not in (*UNOPENED, *RUNNING)
            return
        self.closes_at = closes_at
        if self.state in RUNNING:
            self.acts.append((admin, TERMS))
            return
        self.authors.add(admin)
        if self.state is REVIEW:
            self.state = DRAFT
            self.acts.append((admin, "petition draft"))

    def _wait(self, data: st.DataObject, _: int, __: bool) -> None:
        self.house.time += data.draw(st.integers(1, 12)) * HOUR
        self.run(self.house.tick())
        if self.state in RUNNING and self.house.time >= self.closes_at:
            self.state = CLOSED
            self.acts.append((0, "petition closed"))

    @invariant()
    def the_row_says_what_was_done(self) -> None:
        page = self.run(self.house.page())
        assert page.standing.state is self.state
        assert page.standing.closes_at == self.closes_at
        assert (page.standing.opened_at is not None) == self.is_shown
        assert page.is_running or not page.is_corrected

    @invariant()
    def what_people_can_sign_stays_as_it_was(self) -> None:
        """A version never changes; there is a new one only for new words that were agreed to."""
        assert self.run(self._versions()) == list(enumerate(self.texts, 1))

    async def _versions(self) -> list[tuple[int, str]]:
        kept = sa.select(petition_texts.c.version, petition_texts.c.text)
        kept = kept.where(petition_texts.c.petition == SLUG).order_by(petition_texts.c.version)
        async with self.house.database.read() as db:
            return [(version, text["ask"]) for version, text in await db.execute(kept)]

    @invariant()
    def each_act_is_on_record_once(self) -> None:
        found = self.run(self.house.acts())[self.begun :]
        who = {0: BY_ITSELF} | {one: self.run(self._pseudonym(one)) for one in (ADA, BO, CLEO)}
        assert [(one.pseudonym, one.act) for one in found] == [
            (who[admin], act) for admin, act in self.acts
        ]

    async def _pseudonym(self, admin: int) -> str:
        async with self.house.database.read() as db:
            return await self.house.staff.pseudonym_in(db, admin)


TestLife = Life.TestCase
TestLife.settings = bounded(7, 24)
