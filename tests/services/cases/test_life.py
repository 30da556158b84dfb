"""A case's life, in whatever order people act: what holds at every moment."""

import asyncio
import tempfile
from collections.abc import Coroutine
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache, partial
from pathlib import Path
from typing import Any, TypeVar

import sqlalchemy as sa
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from bot.content import Content, load
from bot.delivery.rendering import digest
from bot.errors import CaseIncomplete, CaseMoved, CaseUnknown, IllegalMove, OutcomeTold, OwnAlert
from bot.i18n import Catalogues
from bot.models import (
    AlertKind,
    AlertState,
    Choice,
    DeliveryState,
    Ending,
    Fate,
    PetitionState,
    Supporter,
    Topic,
)
from bot.models.audit import BEGINNING
from bot.services.alerts import Desk, Schedule
from bot.services.audit import Audit
from bot.services.cases import Cases, Outcomes, Stopping
from bot.services.choices import CURRENT
from bot.services.petitions import Petitions
from bot.services.staff import Staff
from bot.store import alerts, amendments, audiences, choices, open_database, petitions
from bot.store import supporters as people_store
from bot.store.schema import deliveries
from tests.conftest import KEY, NOON, PETITION, wishes_of
from tests.services.living import bounded

CASE = "angel-colon"
ADMINS = (1, 2)
PEOPLE = (11, 12, 13)
FATES = (Fate.RELEASED, Fate.JUSTICE, Fate.DIED)
TOPICS = ((Topic.CASES, CASE), (Topic.PETITIONS, PETITION))
ACTS = (
    "outcome", "wants_to_know", "accept", "time_goes_by", "family", "stop", "write", "submit",
    "drop", "opens",
)  # fmt: skip
REFUSED = (CaseIncomplete, CaseMoved, CaseUnknown, OutcomeTold, OwnAlert)
T = TypeVar("T")


@cache
def tied() -> Content:
    """The texts of the house, with the case behind the petition."""
    content = load(Path("content"))
    english = content.language("en")
    petition = english.petitions[PETITION].model_copy(update={"case": CASE})
    return replace(content, languages={"en": replace(english, petitions={PETITION: petition})})


class Life(RuleBasedStateMachine):
    """The model is what each accepted act said last; the rows must say the same."""

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.folder = tempfile.TemporaryDirectory()
        self.now = NOON
        self.fate = Fate(tied().language("en").cases[CASE].outcome)
        self.followers: set[int] = set()
        self.outcomes = 0
        self.told: set[Fate] = set()
        self.numbers: list[int] = []
        self.words: str | None = None
        self.acts: list[str] = []

    def run(self, act: Coroutine[Any, Any, T]) -> T:
        self.now += timedelta(milliseconds=1)  # no two acts are of the same moment
        return self.loop.run_until_complete(act)

    @initialize()
    def build(self) -> None:
        path, catalogues = Path(self.folder.name) / "vigil.db", Catalogues(("en",))
        self.database = self.run(open_database(path, KEY))
        self.audit = audit = Audit(self.database, self.clock)
        staff = Staff(self.database, frozenset(ADMINS), None, audit, self.clock)
        sign = partial(digest, catalogues=catalogues)
        desk = Desk(self.database, tied, staff, audit, sign, CURRENT, self.clock)
        self.cases, self.schedule = Cases(desk), Schedule(desk)
        wishes = wishes_of(self.database, self.clock)
        self.endings = Outcomes(desk, audit, "UTC", catalogues)
        self.stopping = Stopping(desk, audit, wishes)
        self.petitions = Petitions(self.database, tied, wishes, self.clock)
        for admin in ADMINS:
            self.run(staff.pseudonym(admin))
        self.run(self.petitions.open(PETITION))

    def clock(self) -> datetime:
        return self.now

    def teardown(self) -> None:
        if hasattr(self, "database"):
            self.run(self.database.close())
        self.loop.close()
        self.folder.cleanup()

    @rule(act=st.sampled_from(ACTS), admin=st.sampled_from(ADMINS), data=st.data())
    def act(self, act: str, admin: int, data: st.DataObject) -> None:
        """One rule for all: rules of their own would be left out of most examples."""
        with suppress(*REFUSED, IllegalMove):
            getattr(self, f"_{act}")(admin, data)

    def _wants_to_know(self, _: int, data: st.DataObject) -> None:
        person, what = data.draw(st.sampled_from(PEOPLE)), data.draw(st.sampled_from(TOPICS))
        self.run(self._choose(person, *what))
        if self.words is None:
            self.followers.add(person)

    def _outcome(self, admin: int, data: st.DataObject) -> None:
        ending = self._begin(data.draw(st.sampled_from(FATES)), admin)
        self.run(self.endings.submit(ending.number, ending.revision, admin))
        self.acts.append("case outcome submitted")
        if data.draw(st.booleans()):
            self._accept(data.draw(st.sampled_from(ADMINS)), data)

    def _family(self, admin: int, data: st.DataObject) -> None:
        self._begin(Fate.CLOSED, admin)
        if data.draw(st.booleans()):
            self._stop(admin, data)

    def _begin(self, fate: Fate, admin: int) -> Ending:
        ending = self.run(self.endings.begin(CASE, fate, admin))
        assert self.words is None
        self.numbers.append(ending.number)
        return self.run(self.endings.write(ending.number, admin, "en", "One."))

    def _write(self, admin: int, data: st.DataObject) -> None:
        words = data.draw(st.sampled_from(("Two.", "Three.")))
        self.run(self.endings.write(self._any(data), admin, "en", words))

    def _submit(self, admin: int, data: st.DataObject) -> None:
        number, revision, _ = self._seen(data)
        self.run(self.endings.submit(number, revision, admin))
        self.acts.append("case outcome submitted")

    def _accept(self, admin: int, data: st.DataObject) -> None:
        number, revision, is_stale = self._seen(data)
        authors = self.run(self.endings.one(number)).authors
        done = self.run(self.endings.accept(number, revision, admin))
        self.acts.append("case outcome accepted")
        assert self.words is None
        assert len(authors) == 1
        assert not is_stale
        assert done.count.total == len(self.followers)
        assert done.ending.fate not in self.told
        self.told |= {done.ending.fate} if self.followers else set()
        self.fate, self.outcomes = done.ending.fate, self.outcomes + bool(self.followers)

    def _drop(self, admin: int, data: st.DataObject) -> None:
        number, revision, _ = self._seen(data)
        self.run(self.endings.drop(number, revision, admin))
        self.acts.append("case ending dropped")

    def _stop(self, admin: int, data: st.DataObject) -> None:
        number, revision, is_stale = self._seen(data)
        ending = self.run(self.stopping.stop(number, revision, admin))
        self.acts.append("case stopped")
        assert not is_stale
        self.fate, self.words = Fate.CLOSED, ending.said("en")

    def _time_goes_by(self, _: int, __: st.DataObject) -> None:
        self.now += timedelta(minutes=2)
        self.run(self.schedule.tick())
        self.run(self._deliver())
        for report in self.run(self.stopping.unreported()):
            self.run(self.stopping.settle(report.ending))

    def _opens(self, _: int, __: st.DataObject) -> None:
        self.run(self.petitions.open(PETITION))
        assert self.words is None

    @invariant()
    def it_stands_as_was_decided_last(self) -> None:
        if not hasattr(self, "cases"):
            return
        found = self.run(self.cases.find(CASE, "en"))
        assert found is not None
        assert found.fate is self.fate
        assert self.words is None or found.sentence == self.words

    @invariant()
    def nobody_is_told_twice_or_after_a_stop(self) -> None:
        if hasattr(self, "database"):
            self.run(self._check())

    @invariant()
    def each_act_is_on_record_once(self) -> None:
        if not hasattr(self, "database"):
            return
        found, former = self.run(self.audit.newest(1_000))[::-1], BEGINNING
        for entry in found:
            assert entry.follows(former)
            former = entry.digest
        assert [one.act for one in found if one.act.startswith("case ")] == self.acts

    async def _check(self) -> None:
        async with self.database.read() as db:
            about = await alerts.about(db, [f"case:{CASE}", f"petition:{PETITION}"])
            standing = await petitions.standing(db, PETITION)
        told = [one for one in about if one.kind is AlertKind.OUTCOME]
        assert len(told) == self.outcomes
        if self.words is None:
            return
        assert standing is not None
        assert standing.state is PetitionState.WITHDRAWN
        assert all(one.state in {AlertState.FINISHED, AlertState.CANCELLED} for one in told)
        begun = {one.id for one in told if one.started_at is not None}
        assert {one.amends for one in about if one.kind is AlertKind.FAMILY} == begun

    async def _deliver(self) -> None:
        """Let all that is being sent have reached everybody, as the sender would."""
        async with self.database.write() as db:
            for alert in await alerts.in_states(db, {AlertState.SENDING}):
                if alert.amends is not None:
                    await amendments.enlist(db, alert.id, alert.amends, 0)
                else:
                    await audiences.enlist(db, alert.id, alert.audience, CURRENT, 0)
                await db.execute(
                    sa.update(deliveries)
                    .where(deliveries.c.alert_id == alert.id)
                    .values(state=DeliveryState.SENT, message_id=7, settled_at=self.now)
                )
                ended = {"ended_at": self.now, "enlisted_to": None}
                await alerts.move(db, alert.id, {AlertState.SENDING}, AlertState.FINISHED, **ended)

    async def _choose(self, person: int, topic: Topic, about: str) -> None:
        yes = Choice(topic, about, "yes", CURRENT[topic], self.now)
        supporter = Supporter(person, "en")
        async with self.database.write() as db:
            await people_store.remember(db, supporter, self.now)
            await choices.keep(db, person, yes)

    def _any(self, data: st.DataObject) -> int:
        """The newest, more often than not."""
        known = self.numbers[::-1] or [999]
        return known[max(0, data.draw(st.integers(-2, len(known) - 1)))]

    def _seen(self, data: st.DataObject) -> tuple[int, int, bool]:
        """A number, the revision that stood on a button, and whether there was a change since."""
        number, is_stale = self._any(data), data.draw(st.integers(0, 4)) == 4
        return number, self.run(self.endings.one(number)).revision - is_stale, is_stale


TestLife = Life.TestCase
TestLife.settings = bounded(9, 25)
