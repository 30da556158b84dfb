"""What happens by itself: the tick looks for what is due, retention lets go of what is old."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.services.audit import Audit
from bot.services.petitions.clock import keep_time
from bot.store import (
    Database,
    contact,
    deliveries,
    dialogs,
    last_read,
    petitions,
    questions,
    quiet,
    shares,
    staff,
    supporters,
    updates,
)

QUESTIONS_KEPT = timedelta(days=30)
DELIVERIES_KEPT = timedelta(days=90)  # who got an alert, after it ended; the numbers stay
LOG_KEPT = timedelta(minutes=1)
UPDATES_KEPT = timedelta(hours=48)  # Telegram offers an update again for 24 hours at most


@dataclass(frozen=True, slots=True)
class Due:
    """Something that will happen by itself."""

    at: datetime
    what: str


class Housekeeping:
    """Nothing here rests on a timer's memory: each tick asks the rows what is due."""

    def __init__(self, database: Database, now: Callable[[], datetime]) -> None:
        self._database = database
        self._now = now
        self._audit = Audit(database, now)
        self.ticked_at: datetime | None = None
        self.log_empty: bool | None = None  # None before the first tick
        self.log_emptied_at: datetime | None = None

    async def tick(self) -> None:
        """Open and close what is due, let go of what is old. As often as one likes."""
        now = self._now()
        async with self._database.write() as db:
            await keep_time(db, self._audit, now)
            await dialogs.drop_expired(db, now)
            await questions.drop_before(db, now - QUESTIONS_KEPT)
            await questions.drop_answered(db)
            await updates.drop_before(db, now - UPDATES_KEPT)
            await staff.drop_expired_links(db, now)
            await quiet.drop_passed(db, now)
            await last_read.drop_passed(db, now)
            await shares.drop_passed(db, now)
            has_folded = await deliveries.fold_ended_before(db, now - DELIVERIES_KEPT)
            if await contact.drop_ended(db, now) or has_folded:
                await supporters.erase_all_unneeded(db)
        await self._empty_log(now)
        self.ticked_at = now

    async def _empty_log(self, now: datetime) -> None:
        """What was erased is in no file then. Not at every tick: writers wait for it."""
        last = self.log_emptied_at
        if self.log_empty and last is not None and last <= now < last + LOG_KEPT:
            return
        self.log_empty = await self._database.truncate_log()
        if self.log_empty:
            self.log_emptied_at = now

    async def due(self) -> Sequence[Due]:
        """What comes next, soonest first."""
        async with self._database.read() as db:
            moments = (
                (await petitions.next_opening(db), "a petition opens"),
                (await petitions.next_deadline(db), "a petition closes"),
                (await dialogs.next_expiry(db), "an unfinished conversation ends"),
            )
        return sorted((Due(at, what) for at, what in moments if at), key=lambda due: due.at)
