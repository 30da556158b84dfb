"""What somebody was shown last: all that “why?” and “tell me more” need to be understood."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from bot.models import Supporter
from bot.store import Database
from bot.store import last_read as store

REMEMBERED = timedelta(minutes=30)


class Reading:
    """The name of one text for each person, never a word of hers; it goes after `REMEMBERED`.

    Which text somebody reads may say something about her, so it is overwritten by the next one
    and dropped as soon as something else was said.
    """

    def __init__(self, database: Database, now: Callable[[], datetime]) -> None:
        self._database = database
        self._now = now

    async def shown(self, supporter: Supporter, passage: str) -> Supporter:
        async with self._database.write() as db:
            await store.keep(db, supporter.id, passage, self._now() + REMEMBERED)
        return replace(supporter, last_read=passage)

    async def left(self, supporter: Supporter) -> Supporter:
        """Something else was said in between; costs nothing when nothing was remembered."""
        if supporter.last_read is None:
            return supporter
        async with self._database.write() as db:
            await store.drop(db, supporter.id)
        return replace(supporter, last_read=None)
