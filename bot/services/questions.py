"""Questions without a vetted answer that people passed to the team."""

from collections.abc import Callable, Sequence
from datetime import datetime

from bot.store import Database
from bot.store import questions as store


class Questions:
    """Kept without any trace of who asked, and only when the person said so."""

    def __init__(self, database: Database, now: Callable[[], datetime]) -> None:
        self._database = database
        self._now = now

    async def keep(self, language: str, text: str) -> None:
        async with self._database.write() as db:
            await store.add(db, language, " ".join(text.split()), self._now().date())

    async def frequent(self, most: int = 10) -> Sequence[tuple[str, int]]:
        """What was asked most often, with how often."""
        async with self._database.read() as db:
            return await store.frequent(db, most)
