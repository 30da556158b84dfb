"""The weekly digest: who is due for what her limit held back, and what she reads of it."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta

from bot.models import Alert, Preferences, Supporter
from bot.store import Database, deliveries
from bot.store import digests as store

HOUR = 10  # by the clock of whoever gets it
_FARTHEST = timedelta(hours=14)  # of any clock from UTC
_STEP = 15  # minutes; nowhere does an hour begin between two of them


class Digests:
    """Looks every quarter of an hour; how often changes nothing, for the rows say who had hers."""

    def __init__(self, database: Database, now: Callable[[], datetime]) -> None:
        self._database = database
        self._now = now
        self._looked_at: datetime | None = None

    async def tick(self) -> None:
        """Let those have their digest whose day and hour it is."""
        now = self._now()
        quarter = now.replace(minute=now.minute // _STEP * _STEP, second=0, microsecond=0)
        if quarter == self._looked_at:
            return
        due = await self._due(now)
        if due:
            async with self._database.write() as db:
                for day, people in due.items():
                    await store.enlist(db, day, people, now)
        self._looked_at = quarter

    async def part(self, supporter: Supporter, number: int) -> Alert | None:
        """What a digest offered to her; None once its time is over, or it was taken back."""
        async with self._database.read() as db:
            return await deliveries.part(db, supporter.id, number, self._now())

    async def has_read(self, supporter: Supporter, number: int, message_id: int) -> None:
        async with self._database.write() as db:
            await deliveries.note_read(db, supporter.id, number, message_id, self._now())

    async def _due(self, now: datetime) -> Mapping[date, list[int]]:
        """By the day that it is where they are."""
        weekdays = {(now + ahead).weekday() for ahead in (-_FARTHEST, timedelta(), _FARTHEST)}
        async with self._database.read() as db:
            waiting = await store.waiting(db, weekdays, now)
        due: dict[date, list[int]] = {}
        for person, wanted in waiting.items():
            if _is_due(wanted, now):
                due.setdefault(now.astimezone(wanted.clock).date(), []).append(person)
        return due


def _is_due(wanted: Preferences, now: datetime) -> bool:
    there = now.astimezone(wanted.clock)
    return there.weekday() == wanted.digest_on and there.hour >= HOUR
