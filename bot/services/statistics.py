"""Numbers for the team: how many people, never who, and never so few that one could tell."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from bot.models import AlertKind, DeliveryState, PetitionState, Standing, Topic
from bot.services.shelf import Texts
from bot.store import Database, figures, letters, petitions
from bot.store.figures import Reach

LOOKS_BACK = timedelta(days=30)
SOON = timedelta(days=1)
FEWEST = 5
"""Fewer people than these are not shown as the speakers of a language."""


@dataclass(frozen=True, slots=True)
class Split:
    """The people of one topic; those in `languages` and the `other` ones add up to `total`."""

    total: int
    languages: Mapping[str, int]
    other: int


class Followed(NamedTuple):
    """A case or a petition, and how many people follow it."""

    title: str
    people: int


class Open(NamedTuple):
    """A petition that takes signatures."""

    title: str
    standing: Standing


class Written(NamedTuple):
    """A letter: how many said that they wrote, and how many are still to be reminded."""

    title: str
    wrote: int
    waiting: int


class Sent(NamedTuple):
    """An alert that has begun to go out; its `people` add up to its audience.

    `stops` are those who got it and said stop within a day.
    """

    kind: AlertKind
    at: datetime
    people: Counter[DeliveryState]
    stops: int


@dataclass(frozen=True, slots=True)
class Figures:
    """What is followed most stands first, and so does the newest alert."""

    reach: Reach
    topics: Mapping[Topic, Split]
    cases: Sequence[Followed]
    petitions: Sequence[Followed]
    open: Sequence[Open]
    letters: Sequence[Written]
    sent: Sequence[Sent]


class Statistics:
    """`versions` are those of the wordings of consent that count today."""

    def __init__(
        self,
        database: Database,
        texts: Texts,
        versions: Mapping[Topic, int],
        now: Callable[[], datetime],
    ) -> None:
        self._database = database
        self._texts = texts
        self._versions = versions
        self._now = now

    async def figures(self, language: str) -> Figures:
        """As of now; titles in the language."""
        texts = self._texts().language(language)
        cases = {slug: case.title for slug, case in texts.cases.items()}
        titles = {slug: petition.title for slug, petition in texts.petitions.items()}
        async with self._database.read() as db:
            topics = await figures.by_topic(db, self._versions)
            followers = await figures.followers(db, self._versions)
            starts = await figures.starts(db, self._now() - LOOKS_BACK)
            outcomes = await figures.outcomes(db, [start.alert for start in starts])
            stops = await figures.stops(db, starts, SOON)
            reach = await figures.reach(db, self._versions)
            standings = await petitions.standings(db)
            wrote, waiting = await letters.wrote(db), await letters.waiting(db)
        return Figures(
            reach=reach,
            topics={topic: split(people) for topic, people in topics.items()},
            cases=_followed(followers[Topic.CASES], cases),
            petitions=_followed(followers[Topic.PETITIONS], titles),
            open=[
                Open(titles.get(one.slug, one.slug), one) for one in standings if self._is_open(one)
            ],
            letters=[
                Written(letter.title, wrote.get(slug, 0), waiting.get(slug, 0))
                for slug, letter in texts.letters.items()
            ],
            sent=[
                Sent(start.kind, start.at, outcomes[start.alert], stops.get(start.alert, 0))
                for start in starts
            ],
        )

    def _is_open(self, standing: Standing) -> bool:
        """Past its deadline it is not, whether or not a tick has written so."""
        is_over = standing.closes_at is not None and standing.closes_at <= self._now()
        return standing.state is PetitionState.OPEN and not is_over


def split(people: Counter[str]) -> Split:
    """Put small languages together, and larger ones with them until nobody stands out.

    A few people left over beside what is shown could be told by subtraction.
    """
    total, other = people.total(), 0
    shown = dict(sorted(people.items(), key=lambda entry: (-entry[1], entry[0])))
    while shown and (min(shown.values()) < FEWEST or 0 < other < FEWEST):
        other += shown.popitem()[1]
    return Split(total, shown, other)


def _followed(people: Counter[str], titles: Mapping[str, str]) -> Sequence[Followed]:
    """Under its name stands what has no text any more."""
    named = (Followed(titles.get(slug, slug), number) for slug, number in people.items())
    return sorted(named, key=lambda one: (-one.people, one.title))
