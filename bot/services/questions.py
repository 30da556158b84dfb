"""Questions without a vetted answer that people passed to the team."""

from collections import Counter, deque
from collections.abc import Callable, Sequence
from datetime import datetime

from bot.store import Database
from bot.store import questions as store

_TAPS = 1_000


class Questions:
    """Kept without any trace of who asked, and only when the person said so."""

    def __init__(self, database: Database, now: Callable[[], datetime]) -> None:
        self._database = database
        self._now = now
        # In memory only: a row that tells one tap from another would tell who asked.
        self._taken: deque[tuple[int, int]] = deque(maxlen=_TAPS)

    async def keep(self, language: str, text: str, under: tuple[int, int]) -> None:
        """Keep a question; `under` (chat and message) makes a second tap on one button harmless."""
        if under in self._taken:
            return
        async with self._database.write() as db:
            await store.add(db, language, " ".join(text.split()), self._now().date())
        self._taken.append(under)

    async def frequent(self, most: int = 10) -> Sequence[tuple[str, int]]:
        """What was asked most often, with how often; capitals do not tell two apart."""
        async with self._database.read() as db:
            texts = await store.all_texts(db)
        times = Counter(text.casefold() for text in texts)
        words = {text.casefold(): text for text in texts}
        return [(words[folded], count) for folded, count in times.most_common(most)]
