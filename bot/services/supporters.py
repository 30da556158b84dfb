"""People who talk with us: stopping, being unreachable, and their rights to their data."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from enum import Enum, auto
from typing import Any

from bot.models import Arrival, Reason, Supporter
from bot.services.wishes import Wishes
from bot.store import (
    Connection,
    Database,
    choices,
    deliveries,
    letters,
    petitions,
    preferences,
    quiet,
    shares,
    staff,
)
from bot.store import supporters as store

DAY = timedelta(days=1)
BREATH = timedelta(hours=1)
"""How long somebody is left in peace when she has not said for how long."""


class Stop(Enum):
    """What a stop found, and did."""

    KEPT = auto()  # something is left to be held, such as a signature: the row says stopped
    ERASED = auto()  # her choices were all that was held
    LANGUAGE = auto()  # erased, too: only the language that she chose is still held
    AGAIN = auto()  # she had stopped before
    UNKNOWN = auto()  # nothing is held, so that there was nothing to stop


class Supporters:
    """Most people have no row: one is made when somebody signs, and not before."""

    def __init__(self, database: Database, wishes: Wishes, now: Callable[[], datetime]) -> None:
        self._database = database
        self._wishes = wishes
        self._now = now

    async def arrive(self, person: int, chat: int, update_id: int, language: str) -> Arrival:
        """Everything to know about an update's sender, in one question to the database."""
        async with self._database.read() as db:
            now = self._now()
            return await store.arrival(db, person, chat, update_id, language, now)

    async def stop(self, supporter: Supporter) -> Stop:
        """From now on nothing is sent that was not asked for: every choice ends.

        Who is held for nothing else is erased, so that coming back is a first yes again.
        """
        if not supporter.known:
            return Stop.UNKNOWN
        async with self._database.write() as db:
            is_held = await self.stop_in(db, supporter.id)
            if is_held and not supporter.stopped:
                await store.mark(db, supporter.id, stopped_at=self._now())
            await self._wishes.stopped(db, supporter.id)
        if not is_held:
            return Stop.LANGUAGE if supporter.chosen else Stop.ERASED
        return Stop.AGAIN if supporter.stopped else Stop.KEPT

    async def stop_in(self, db: Connection, person: int) -> bool:
        """End every choice of hers, and erase her when nothing else is held; False if it was so."""
        await choices.drop_all(db, person)
        await letters.drop_reminders(db, person)
        await deliveries.skip_person(db, person, Reason.STOPPED)
        is_erased = await store.erase_if_unneeded(db, person)
        if is_erased:
            await preferences.drop(db, person)
        return not is_erased

    async def speak(self, supporter: Supporter, language: str) -> Supporter:
        """Speak this language with her from now on, whatever Telegram says."""
        async with self._database.write() as db:
            await store.choose_language(db, supporter.id, language)
            await store.note_sending_language(db, supporter.id, language)
        return replace(supporter, language=language, chosen=language)

    async def speak_as_telegram(self, supporter: Supporter, language: str) -> Supporter:
        """Forget what she chose; `language` is the one that serves her Telegram."""
        async with self._database.write() as db:
            await store.drop_language(db, supporter.id)
            await store.note_sending_language(db, supporter.id, language)
        return replace(supporter, language=language, chosen=None)

    async def chosen_language(self, person: int) -> str | None:
        async with self._database.read() as db:
            return await store.chosen_language(db, person)

    async def leave_in_peace(
        self, supporter: Supporter, span: timedelta = BREATH, *, at_least: bool = True
    ) -> Supporter:
        """Send her nothing unasked for that long; with `at_least` a longer quiet stays.

        When days are over she is told so; of an hour nobody is, whatever it was for. An hour that
        goes on behind days takes nothing from what was promised with them.
        """
        until = self._now() + span
        async with self._database.write() as db:
            before = await quiet.kept(db, supporter.id) if at_least else None
            was_promised = before is not None and before.announced
            if before is None or before.until < until:
                await quiet.keep(db, supporter.id, until, announced=was_promised or span >= DAY)
                await deliveries.release(db, supporter.id)
            until = max(until, before.until) if before else until
        return replace(supporter, quiet_until=until)

    async def end_quiet(self, supporter: Supporter) -> Supporter:
        async with self._database.write() as db:
            await quiet.drop(db, supporter.id)
            await deliveries.release(db, supporter.id)
        return replace(supporter, quiet_until=None)

    async def blocked(self, person: int) -> None:
        """Telegram no longer delivers to this person. What they signed stays signed."""
        async with self._database.write() as db:
            await store.mark(db, person, unreachable_since=self._now())

    async def unblocked(self, person: int) -> None:
        async with self._database.write() as db:
            await store.mark(db, person, unreachable_since=None)

    async def data(self, supporter: Supporter) -> Mapping[str, Sequence[Mapping[str, Any]]]:
        """Every row we hold about a person, by table."""
        async with self._database.read() as db:
            return await store.held(db, supporter.id)

    async def forget(self, supporter: Supporter) -> None:
        """Erase a person from the database and from its files; counts go down with them.

        Signatures are withdrawn, because one that belongs to nobody could be given twice. Of
        what was sent to her only numbers stay, and what she wrote as staff goes out no more.
        """
        async with self._database.write() as db:
            await self.forget_in(db, supporter.id)
            await self._wishes.erased(db, supporter.id)
        await self._database.truncate_log()  # a reader may be in the way: each tick does it again

    async def forget_in(self, db: Connection, person: int) -> None:
        """The same inside a transaction; traces are left until the write-ahead log is emptied."""
        for slug in await store.petitions_signed(db, person):
            await petitions.drop_signature(db, slug, person, self._now())
            await shares.unsigned(db, person, slug)
        await letters.forget(db, person)
        await deliveries.fold(db, person)
        if member := await staff.member(db, person):
            await staff.drop_unsent_of(db, member.pseudonym, self._now())
        await store.erase(db, person)
