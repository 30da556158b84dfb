"""Updates that have been handled: Telegram delivers again what we did not confirm."""

from collections.abc import Callable
from datetime import datetime

from bot.store import Database, notices
from bot.store import updates as store


class Updates:
    def __init__(self, database: Database, now: Callable[[], datetime]) -> None:
        self._database = database
        self._now = now

    async def handled(self, update_id: int) -> None:
        """Remember it, so that a second delivery changes nothing."""
        async with self._database.write() as db:
            await store.add(db, update_id, self._now())

    async def is_rival_known(self) -> bool:
        """Whether the admin group has heard today that another program fetches them, too."""
        async with self._database.read() as db:
            return bool(await notices.told(db, [self._rival()]))

    async def rival_told(self) -> None:
        async with self._database.write() as db:
            await notices.tell(db, self._rival(), self._now())

    def _rival(self) -> str:
        return f"rival:{self._now().date()}"
