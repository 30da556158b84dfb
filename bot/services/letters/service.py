"""What somebody may do with a letter. Whether she writes, and what, nobody here can know."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.content import Letter
from bot.models import Preferences, Supporter
from bot.services.letters import _behind, _times
from bot.services.shelf import Texts
from bot.services.wishes import Wishes
from bot.store import Connection, Database, cases, preferences, supporters
from bot.store import letters as store

REMINDER = "reminder"
"""What the journal calls a wish to be reminded; no topic is called so."""


@dataclass(frozen=True, slots=True)
class LetterCard:
    """A letter as somebody sees it.

    Attributes:
        closes_at: The moment from which it is too late.
        cases: Those behind it.
        wrote: How many said that they wrote.
        has_written: Whether she did.
        waits: Whether she is still to be reminded.
        remind_at: When she is reminded, or would be; None when that is past.
    """

    letter: Letter
    closes_at: datetime
    is_open: bool
    cases: frozenset[str]
    wrote: int
    has_written: bool
    waits: bool
    remind_at: datetime | None


class Letters:
    """Texts and deadlines come from content; days end by the house's clock, reminders by hers."""

    def __init__(
        self,
        database: Database,
        texts: Texts,
        wishes: Wishes,
        zone: ZoneInfo,
        now: Callable[[], datetime],
    ) -> None:
        self._database = database
        self._texts = texts
        self._wishes = wishes
        self._zone = zone
        self._now = now

    async def card(self, slug: str, supporter: Supporter) -> LetterCard | None:
        """Open or not; None when there is none of that name."""
        texts, now = self._texts(), self._now()
        letter = texts.language(supporter.language).letters.get(slug)
        if letter is None:
            return None
        async with self._database.read() as db:
            ended = await _behind.ended(db, texts)
            remind_at = await self._remind_at(db, letter, supporter.id)
            return LetterCard(
                letter,
                _times.closes_at(letter, self._zone),
                self._is_open(letter, ended),
                _behind.cases_of(letter, texts, await cases.chosen(db)),
                (await store.wrote(db)).get(slug, 0),
                await store.has_written(db, supporter.id, slug),
                await store.waits(db, supporter.id, slug),
                remind_at if remind_at > now else None,
            )

    async def open_ones(self, language: str) -> Sequence[Letter]:
        """What can be written now; what ends first stands first."""
        letters = self._texts().language(language).letters.values()
        if not letters:
            return ()
        async with self._database.read() as db:
            ended = await _behind.ended(db, self._texts())
        found = (one for one in letters if self._is_open(one, ended))
        return sorted(found, key=lambda one: (one.deadline, one.slug))

    async def say_written(self, slug: str, supporter: Supporter) -> bool:
        """Count her once, and remind her no more; False, and nothing is kept, when it is over."""
        async with self._database.write() as db:
            if await self._open(db, slug, supporter) is None:
                return False
            await supporters.remember(db, supporter, self._now())
            await store.add_writer(db, supporter.id, slug)
            await self._drop_reminder(db, slug, supporter.id)
        return True

    async def take_back(self, slug: str, supporter: Supporter) -> None:
        """Count one less, if she was counted; who is held for nothing else is erased."""
        async with self._database.write() as db:
            await store.drop_writer(db, supporter.id, slug)
            await supporters.erase_if_unneeded(db, supporter.id)

    async def remind(self, slug: str, supporter: Supporter) -> bool:
        """Keep her wish for one reminder, and end a stop, since she asks for it.

        False, and nothing is kept, when it is over, too late for it, or she has written.
        """
        now = self._now()
        async with self._database.write() as db:
            letter = await self._open(db, slug, supporter)
            if letter is None or await self._remind_at(db, letter, supporter.id) <= now:
                return False
            if await store.has_written(db, supporter.id, slug):
                return False
            await supporters.remember(db, supporter, now)
            await supporters.mark(db, supporter.id, stopped_at=None)
            await store.ask(db, supporter.id, slug)
        await self._wishes.said_yes(supporter.id, REMINDER, slug)
        return True

    async def forgo(self, slug: str, supporter: Supporter) -> None:
        """Take that wish back, if there is one; who is held for nothing else is erased."""
        async with self._database.write() as db:
            await self._drop_reminder(db, slug, supporter.id)
            await supporters.erase_if_unneeded(db, supporter.id)

    async def _drop_reminder(self, db: Connection, slug: str, person: int) -> None:
        if await store.drop_reminder(db, person, slug):
            await self._wishes.withdrew(db, person, REMINDER, slug)

    async def _remind_at(self, db: Connection, letter: Letter, person: int) -> datetime:
        chosen = await preferences.of_person(db, person) or Preferences(self._zone.key)
        return _times.remind_at(_times.closes_at(letter, self._zone), chosen.clock)

    async def _open(self, db: Connection, slug: str, supporter: Supporter) -> Letter | None:
        letter = self._texts().language(supporter.language).letters.get(slug)
        ended = await _behind.ended(db, self._texts())
        return letter if letter and self._is_open(letter, ended) else None

    def _is_open(self, letter: Letter, ended: frozenset[str]) -> bool:
        return _times.is_open(letter, ended, self._zone, self._now())
