"""How somebody wants to be reached: kept only where it is not what everybody gets."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.models import Preferences, Supporter
from bot.store import Connection, Database, deliveries, digests, quiet
from bot.store import preferences as store

LIMITS = (1, 2, 3, 5)
_TOLD_AT_ONCE = 20  # of those whose quiet is over; the others are told at the next tick


class Preferring:
    """Nothing about time is guessed: until she chooses, days and nights go by the house's clock."""

    def __init__(self, database: Database, zone: ZoneInfo, now: Callable[[], datetime]) -> None:
        self._database = database
        self._usual = Preferences(zone.key)
        self._now = now

    async def of(self, supporter: Supporter) -> Preferences:
        async with self._database.read() as db:
            return await store.of_person(db, supporter.id) or self._usual

    async def change(self, supporter: Supporter, **chosen: Any) -> Preferences:
        """Keep what she chose; what waits for her is asked again by it.

        What a limit held back comes in a digest at once when there is no limit any more.
        """
        async with self._database.write() as db:
            before = await store.of_person(db, supporter.id) or self._usual
            wanted = replace(before, **chosen)
            if wanted == self._usual:
                await store.drop(db, supporter.id)
            else:
                await store.keep(db, supporter.id, wanted)
            await deliveries.release(db, supporter.id)
            if before.per_week is not None and wanted.per_week is None:
                await self._hand_over(db, supporter.id, wanted)
        return wanted

    async def _hand_over(self, db: Connection, person: int, wanted: Preferences) -> None:
        now = self._now()
        if await digests.waits(db, person, now):
            today = now.astimezone(wanted.clock).date()
            await digests.enlist(db, today, [person], now)

    async def back(self) -> Sequence[Supporter]:
        """Those whose chosen quiet of days is over and who are told so, once; it is noted as told.

        Nobody is told in her quiet hours, or while nothing may be sent at all.
        """
        now = self._now()
        async with self._database.read() as db:
            if await deliveries.is_frozen(db) or not await quiet.ended(db, now):
                return ()
        async with self._database.write() as db:
            ended = await quiet.ended(db, now)
            told = [one for one in ended if not _sleeps(one.preferences, now)][:_TOLD_AT_ONCE]
            for one in told:
                await quiet.drop(db, one.person)
        return [Supporter(one.person, one.language, known=True) for one in told]


def _sleeps(chosen: Preferences | None, now: datetime) -> bool:
    if chosen is None or chosen.quiet_hours is None:
        return False
    return chosen.quiet_hours.until(now, chosen.clock) is not None
