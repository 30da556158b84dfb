"""The state of the content: what nobody has reviewed yet, and what is past its date."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from bot.content import State
from bot.content.library import Pending
from bot.services.shelf import Texts
from bot.store import Database, notices

_PAUSE = timedelta(hours=1)
_DATES = 3
_TOLD = (State.OVERDUE, State.WITHDRAWN)


class Milestone(NamedTuple):
    """A day until which so many texts hold."""

    day: date
    texts: int


class Editorial:
    def __init__(self, database: Database, texts: Texts, now: Callable[[], datetime]) -> None:
        self._database = database
        self._texts = texts
        self._now = now
        self._silent_until = now()

    @property
    def pending(self) -> Sequence[Pending]:
        """What says `review: pending`."""
        return tuple(self._texts().pending)

    def states(self) -> Counter[State]:
        """How many texts are current, overdue and withdrawn today."""
        return Counter(text.state(self._today()) for text in self._reviewed())

    def next_dates(self) -> Sequence[Milestone]:
        """The soonest review dates that are still to come."""
        days = Counter(text.review_by for text in self._reviewed())
        coming = sorted(day for day in days if day >= self._today())
        return [Milestone(day, days[day]) for day in coming[:_DATES]]

    async def news(self) -> Mapping[State, Sequence[Pending]]:
        """The texts that are past their date, or long past it, and nobody has been told so."""
        today = self._today()
        stale = [text for text in self._reviewed() if text.state(today) in _TOLD]
        if not stale or self._now() < self._silent_until:
            return {}
        keys = {_key(text, text.state(today)): text for text in stale}
        async with self._database.read() as db:
            known = await notices.told(db, list(keys))
        new = [text for key, text in keys.items() if key not in known]
        return {state: [text for text in new if text.state(today) is state] for state in _TOLD}

    def postpone(self) -> None:
        """Telling failed: do not try again for a while."""
        self._silent_until = self._now() + _PAUSE

    async def told(self, texts: Sequence[Pending]) -> None:
        """Remember that the admin group has heard of these, so that it hears once of each stage."""
        async with self._database.write() as db:
            for text in texts:
                await notices.tell(db, _key(text, text.state(self._today())), self._now())

    def place(self, text: Pending) -> str:
        """Where the text stands in the content folder: “en/explainer/law/ban.md”."""
        return _place(text.path, self._texts().languages)

    def _today(self) -> date:
        return self._now().date()

    def _reviewed(self) -> Sequence[Pending]:
        return [
            text for language in self._texts().languages.values() for text in language.reviewables
        ]


def _key(text: Pending, state: State) -> str:
    """A text that gets a new date and passes that too is news again."""
    return f"{state}:{text.path}:{text.review_by.isoformat()}"


def _place(path: Path, languages: Mapping[str, object]) -> str:
    home = next((parent for parent in path.parents if parent.name in languages), path.parent)
    return path.relative_to(home.parent).as_posix()
