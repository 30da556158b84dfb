"""Updates that have been handled: Telegram delivers again what we did not confirm."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from bot.store import Database, notices
from bot.store import updates as store


@dataclass(slots=True)
class _Batch:
    """Updates that are written in one transaction."""

    ids: list[int] = field(default_factory=list)
    is_written: bool = False


class Updates:
    def __init__(self, database: Database, now: Callable[[], datetime]) -> None:
        self._database = database
        self._now = now
        self._turn = asyncio.Lock()
        self._batch = _Batch()

    async def handled(self, update_id: int) -> None:
        """Remember it, so that a second delivery changes nothing.

        Whatever is handled while the database is busy is written together: each transaction waits
        for the disk, and many people at once would wait for one another. Who fails leaves it to
        the next in the batch.
        """
        batch = self._batch
        batch.ids.append(update_id)
        async with self._turn:
            if batch.is_written:
                return
            async with self._database.write() as db:
                if self._batch is batch:
                    self._batch = _Batch()
                await store.add(db, batch.ids, self._now())
            batch.is_written = True

    async def is_rival_known(self) -> bool:
        """Whether the admin group has heard today that another program fetches them, too."""
        async with self._database.read() as db:
            return bool(await notices.told(db, [self._rival()]))

    async def rival_told(self) -> None:
        async with self._database.write() as db:
            await notices.tell(db, self._rival(), self._now())

    def _rival(self) -> str:
        return f"rival:{self._now().date()}"
