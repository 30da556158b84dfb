"""The record of what the staff did: `note_in` within the very transaction in which it is done."""

from collections.abc import Callable, Sequence
from datetime import datetime

from bot.models.audit import Entry
from bot.store import Connection, Database
from bot.store import audit as store

BY_ITSELF = "Vigil"
"""In the place of a pseudonym, when a date or the program decided."""
OPERATOR = "operator"
"""In the place of a pseudonym, when somebody at the command line did it."""


class Audit:
    def __init__(self, database: Database, now: Callable[[], datetime]) -> None:
        self._database = database
        self._now = now

    async def note_in(
        self, db: Connection, pseudonym: str, act: str, subject: str, detail: str = ""
    ) -> None:
        """Add what is done in this transaction: both stand, or neither.

        `subject` is "alert:12", "petition:free-samira", "staff:S-1A2B" … Neither it nor `detail`
        may hold a name, a number of a person or anybody's words: an entry is never deleted.
        """
        await store.add(db, self._now(), pseudonym, act, subject, detail)

    async def newest(self, most: int, skipped: int = 0) -> Sequence[Entry]:
        """The latest first."""
        async with self._database.read() as db:
            return await store.newest(db, most, skipped)
