"""One reminder before a letter's deadline, to those who asked for it and have not written."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.content import Letter
from bot.models import Preferences
from bot.services.letters import _behind, _times
from bot.services.shelf import Texts
from bot.store import Connection, Database, deliveries, supporters
from bot.store import letters as store
from bot.store.letters import Reminder

_AT_ONCE = 20  # the others come at the next tick
_STEP = 15  # minutes; nowhere does an hour begin between two of them


@dataclass(frozen=True, slots=True)
class Told:
    """What a reminder says."""

    letter: Letter
    closes_at: datetime


class Reminders:
    """Looks every quarter of an hour at who is due; the rows say who was reminded.

    Her weekly limit does not count here: she asked for this one message.
    """

    def __init__(
        self, database: Database, texts: Texts, zone: ZoneInfo, now: Callable[[], datetime]
    ) -> None:
        self._database = database
        self._texts = texts
        self._zone = zone
        self._now = now
        self._looked_at: datetime | None = None
        self._found: Sequence[Reminder] = ()

    async def due(self) -> Sequence[Reminder]:
        """Some of those whose hour it is; whoever is to be told must be claimed first."""
        now = self._now()
        quarter = now.replace(minute=now.minute // _STEP * _STEP, second=0, microsecond=0)
        if quarter != self._looked_at:
            await self._drop_ended()
            self._found = await self._look()
            self._looked_at = quarter
        batch, self._found = self._found[:_AT_ONCE], self._found[_AT_ONCE:]
        return batch

    async def claim(self, reminder: Reminder) -> Told | None:
        """Let this be the one reminder that she gets; None when it may not be sent (any more).

        A crash after it loses the reminder: nobody gets two.
        """
        async with self._database.write() as db:
            closing = (await self._closing(db)).get(reminder.letter)
            letter = self._text(reminder)
            if closing is None or letter is None or not await self._may_be_sent(db, reminder):
                return None
            await store.drop_reminder(db, reminder.person, reminder.letter)
            await supporters.erase_if_unneeded(db, reminder.person)
        return Told(letter, closing)

    async def next_moment(self) -> datetime | None:
        """When the next one is due, if nobody rests or sleeps then."""
        now = self._now()
        async with self._database.read() as db:
            closing = await self._closing(db)
            waiting = await store.tellable(db, closing.keys(), now)
        moments = (
            _times.remind_at(closing[one.letter], self._chosen(one).clock) for one in waiting
        )
        return min((at for at in moments if at > now), default=None)

    async def _look(self) -> Sequence[Reminder]:
        now = self._now()
        async with self._database.read() as db:
            every = await self._closing(db)
            closing = {slug: at for slug, at in every.items() if at - _times.EARLIEST <= now}
            if not closing:
                return ()
            waiting = await store.tellable(db, closing.keys(), now)
        return [one for one in waiting if self._is_due(one, closing[one.letter])]

    async def _may_be_sent(self, db: Connection, reminder: Reminder) -> bool:
        """As of now: she may have stopped, written or chosen other hours since she was found."""
        if await deliveries.is_frozen(db):
            return False
        now, closing = self._now(), await self._closing(db)
        same = await store.tellable(db, [reminder.letter], now, reminder.person)
        return any(self._is_due(one, closing[one.letter]) for one in same)

    def _is_due(self, reminder: Reminder, closing: datetime) -> bool:
        now, chosen = self._now(), self._chosen(reminder)
        hours, clock = chosen.quiet_hours, chosen.clock
        sleeps = hours is not None and hours.until(now, clock) is not None
        return (
            _times.remind_at(closing, clock) <= now and _times.is_decent(now, clock) and not sleeps
        )

    def _chosen(self, reminder: Reminder) -> Preferences:
        return reminder.preferences or Preferences(self._zone.key)

    async def _drop_ended(self) -> None:
        """A wish lives as long as its letter can be written."""
        async with self._database.read() as db:
            living = (await self._closing(db)).keys()
            if not await store.has_reminders_beyond(db, living):
                return
        async with self._database.write() as db:
            living = (await self._closing(db)).keys()
            if await store.drop_reminders_beyond(db, living):
                await supporters.erase_all_unneeded(db)

    async def _closing(self, db: Connection) -> Mapping[str, datetime]:
        """The letters that can be written now, and until when."""
        ended, now = await _behind.ended(db, self._texts()), self._now()
        return {
            slug: _times.closes_at(letter, self._zone)
            for slug, letter in self._texts().language("").letters.items()
            if _times.is_open(letter, ended, self._zone, now)
        }

    def _text(self, reminder: Reminder) -> Letter | None:
        texts = self._texts()
        mine = texts.language(reminder.language).letters.get(reminder.letter)
        return mine or texts.language("").letters.get(reminder.letter)
