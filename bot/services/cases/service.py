"""How a case stands: its story from content, and what was decided about it here."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from bot.content import Case
from bot.models import Alert, AlertKind, DeliveryState, Ending, Fate, Standing
from bot.services.alerts import Desk, audience_of
from bot.store import Connection, audiences, deliveries, petitions
from bot.store import alerts as alert_store
from bot.store import cases as store


@dataclass(frozen=True, slots=True)
class Told:
    """A case as people are told of it.

    Attributes:
        case: Its file; None when there is none any more, and the family's words stand alone.
        sentence: What became of the person, or the words of the family.
    """

    slug: str
    case: Case | None
    fate: Fate
    sentence: str

    @property
    def is_closed(self) -> bool:
        """Its family wants no more said: nothing but their words is shown."""
        return self.fate is Fate.CLOSED


@dataclass(frozen=True, slots=True)
class Page:
    """A case as admins see it.

    Attributes:
        followers: Who is told of it, each person once, whether she follows it or signed for it.
        standings: Of the petitions behind which it stands; None of one that nobody has opened.
        sent: What has begun to go out about it or its petitions, with how many have it.
        begun: Outcomes that are drafted, or wait for a second admin.
    """

    told: Told
    followers: int
    standings: Mapping[str, Standing | None]
    sent: Sequence[tuple[Alert, int]]
    begun: Sequence[Ending]


class Cases:
    """Questions only; whoever may read the answers is the handlers' to say."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def find(self, slug: str, language: str) -> Told | None:
        """None when there never was one. One that was closed is found without its file, too."""
        case = self._desk.texts().language(language).cases.get(slug)
        async with self._desk.database.read() as db:
            return told(slug, case, await store.done(db, slug), language)

    async def listed(self, language: str) -> Sequence[Told]:
        """Those that are told of, in the order of their files."""
        cases = self._desk.texts().language(language).cases
        async with self._desk.database.read() as db:
            done = await store.done(db)
        found = (told(slug, case, _of(slug, done), language) for slug, case in cases.items())
        return [one for one in found if one is not None and not one.is_closed]

    async def every(self) -> Sequence[Told]:
        """Those that were closed, too, after the others."""
        language = next(iter(self._desk.texts().languages))
        async with self._desk.database.read() as db:
            closed = await store.closed(db)
        found = [await self.find(slug, language) for slug in sorted(closed)]
        return [*await self.listed(language), *(one for one in found if one is not None)]

    async def closed(self) -> frozenset[str]:
        """The names of those that their families have ended."""
        async with self._desk.database.read() as db:
            return await store.closed(db)

    async def first_ended(self, slugs: Collection[str], language: str) -> Told | None:
        """One of these that its family has ended."""
        found = [await self.find(slug, language) for slug in sorted(slugs)]
        return next((one for one in found if one is not None and one.is_closed), None)

    async def untold(self) -> frozenset[str]:
        """The cases that families have ended, and their petitions, as alerts name them."""
        async with self._desk.database.read() as db:
            return await self._desk.untold(db)

    async def page(self, slug: str) -> Page | None:
        language = next(iter(self._desk.texts().languages))
        found = await self.find(slug, language)
        if found is None:
            return None
        async with self._desk.database.read() as db:
            about = f"case:{slug}"
            audience = await audience_of(self._desk, db, AlertKind.OUTCOME, about, ())
            people = await audiences.count(db, audience, self._desk.versions)
            return Page(
                found,
                people.total + sum(people.left_out.values()),
                await self._standings(db, slug),
                await self._sent(db, slug),
                await store.begun(db, slug),
            )

    async def _standings(self, db: Connection, slug: str) -> Mapping[str, Standing | None]:
        slugs = await self._desk.petitions_of(db, slug)
        return {one: await petitions.standing(db, one) for one in slugs}

    async def _sent(self, db: Connection, slug: str) -> Sequence[tuple[Alert, int]]:
        begun = [
            one
            for one in await alert_store.about(db, await self._desk.subjects_of(db, slug))
            if one.started_at is not None
        ]
        totals = [await deliveries.totals(db, one.id) for one in begun]
        reached = [
            sum(n for (state, _), n in numbers.items() if state is DeliveryState.SENT)
            for numbers in totals
        ]
        return list(zip(begun, reached, strict=True))


def told(slug: str, case: Case | None, done: Sequence[Ending], language: str) -> Told | None:
    """What holds is what was decided last, unless the file has learnt something since.

    That a family wants no more said holds for ever.
    """
    closed = next((one for one in done if one.fate is Fate.CLOSED), None)
    if closed is not None:
        return Told(slug, case, Fate.CLOSED, closed.said(language))
    if case is None:
        return None
    if done and done[-1].former == case.outcome:
        return Told(slug, case, done[-1].fate, done[-1].said(language))
    return Told(slug, case, Fate(case.outcome), case.outcome_text)


def _of(slug: str, done: Sequence[Ending]) -> Sequence[Ending]:
    return [one for one in done if one.case == slug]
