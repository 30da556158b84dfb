"""The state of the content: what nobody has reviewed yet, and what is past its date."""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from bot.content import State
from bot.content.library import Pending
from bot.services.shelf import Texts
from bot.store import Database, notices

_PAUSE = timedelta(hours=1)


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
        return Counter(text.state(self._now().date()) for text in self._reviewed())

    async def newly_withdrawn(self) -> Sequence[Pending]:
        """The texts that were withdrawn by their date and that nobody has been told of."""
        if self._now() < self._silent_until:
            return []
        today = self._now().date()
        gone = [text for text in self._reviewed() if text.state(today) is State.WITHDRAWN]
        async with self._database.read() as db:
            return [text for text in gone if not await notices.is_told(db, _key(text))]

    def postpone(self) -> None:
        """Telling failed: do not try again for a while."""
        self._silent_until = self._now() + _PAUSE

    async def told(self, texts: Sequence[Pending]) -> None:
        """Remember that the admin group has heard of these, so that it hears once."""
        async with self._database.write() as db:
            for text in texts:
                await notices.tell(db, _key(text), self._now())

    def _reviewed(self) -> Sequence[Pending]:
        return [
            text for language in self._texts().languages.values() for text in language.reviewables
        ]


def _key(text: Pending) -> str:
    """A text that gets a new date and passes that too is news again."""
    return f"withdrawn:{text.path}:{text.review_by.isoformat()}"
