"""Is this the database that was sending, or a copy? A copy sends nothing until an owner says so."""

import asyncio
import json
import logging
import secrets
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta

from bot.errors import StartRefused
from bot.marker import Marker
from bot.services.copies.missed import Done, Missed
from bot.services.wishes import Wishes
from bot.store import Connection, Database, about

log = logging.getLogger(__name__)
_PAUSE = timedelta(hours=1)
_FROZEN = (
    "This database was restored or copied: nothing is sent by itself until an owner says /unfreeze "
    "in the admin group."
)
BY_ITSELF = "Vigil"  # in the place of the pseudonym of who stopped all sends


@dataclass(frozen=True, slots=True)
class Copy:
    """What was found at a start.

    Attributes:
        at: When, in ISO 8601.
        has_marker: There was a marker, and it knew another database; else there was none.
        stopped, unsigned, erased: How often that had been asked for since, and was done again.
        is_told: The admin group knows of it.
    """

    at: str
    has_marker: bool
    stopped: int = 0
    unsigned: int = 0
    erased: int = 0
    is_told: bool = False

    @property
    def found_at(self) -> datetime:
        return datetime.fromisoformat(self.at)


class Copies:
    def __init__(
        self,
        database: Database,
        marker: Marker,
        wishes: Wishes,
        missed: Missed,
        now: Callable[[], datetime],
    ) -> None:
        self._database = database
        self._marker = marker
        self._wishes = wishes
        self._missed = missed
        self._now = now
        self._turning = asyncio.Lock()
        self._has_begun = False
        self._silent_until = now()

    async def begin(self) -> None:
        """Once at the start, before anything is sent and before any update is handled.

        First a copy is frozen, then what people asked for since its day is done again.

        Raises:
            StartRefused: What lies beside the key can neither be read nor written.
        """
        try:
            await self._look()
            done = await self._missed.apply()
            async with self._database.write() as db:
                if copy := await found(db):
                    await _put(db, _with(copy, done))
                    log.warning("%s", _FROZEN)
            self._has_begun = True
            await self._turn()
        except (OSError, UnicodeDecodeError) as error:
            raise StartRefused(
                "What tells the database from a copy cannot be read or written "
                f"({type(error).__name__}: {getattr(error, 'filename', None) or 'a file'}). Give "
                "Vigil the right to write there, or set VIGIL_STATE to another folder: not the "
                "one with the database, and one that stays when Vigil is started anew."
            ) from None

    async def turn(self) -> None:
        """Change the word, so that every copy made until now is told from the database.

        A copy that nobody has confirmed leaves the word alone: the other one may come back.
        Before `begin` it does nothing.
        """
        if not self._has_begun:
            return
        try:
            await self._turn()
        except OSError as error:
            log.error(
                "The marker beside the key cannot be written (%s): look at the disk.",
                type(error).__name__,
            )

    async def untold(self) -> Copy | None:
        """What the admin group has still to hear of."""
        if self._now() < self._silent_until:
            return None
        async with self._database.read() as db:
            copy = await found(db)
        return None if copy is None or copy.is_told else copy

    def postpone(self) -> None:
        """Nobody could be told: do not try again for a while."""
        self._silent_until = self._now() + _PAUSE

    async def told(self) -> None:
        async with self._database.write() as db:
            if copy := await found(db):
                await _put(db, replace(copy, is_told=True))

    async def confirm_in(self, db: Connection) -> None:
        """From now on this database is the one. Before the commit: a start in between knows it.

        Raises:
            OSError: The marker could not be written.
        """
        if await found(db) is None:
            return
        word = await about.value(db, about.WORD) or _word()
        await about.put(db, about.WORD, word)
        await asyncio.to_thread(self._marker.write, {word})
        await about.drop(db, about.COPIED)

    async def _look(self) -> None:
        known = self._marker.words()
        async with self._database.write() as db:
            word = await about.value(db, about.WORD)
            seen = int(await about.value(db, about.JOURNAL) or 0)
            self._wishes.journal.open(seen, self._now().date())
            if word == about.NEW:  # nobody is in it yet
                await about.put(db, about.JOURNAL, str(self._wishes.journal.number))
            elif (word or known) and word not in known:  # neither: from before there were markers
                await self._freeze(db, has_marker=bool(known))

    async def _freeze(self, db: Connection, *, has_marker: bool) -> None:
        if await found(db) is not None:
            return  # and nobody has confirmed it since
        now = self._now().isoformat()
        await _put(db, Copy(now, has_marker))
        await about.put(db, about.FROZEN, f"{BY_ITSELF} {now}")

    async def _turn(self) -> None:
        """At every moment the marker knows the word that is in the database."""
        async with self._turning:
            async with self._database.read() as db:
                word, is_copy = await about.value(db, about.WORD), await found(db) is not None
            if is_copy:
                return
            new = _word()
            former = {word} if word and word != about.NEW else set()
            await asyncio.to_thread(self._marker.write, former | {new})
            async with self._database.write() as db:
                await about.put(db, about.WORD, new)
            await asyncio.to_thread(self._marker.write, {new})


def _with(copy: Copy, done: Done) -> Copy:
    return replace(
        copy,
        stopped=copy.stopped + done.stopped,
        unsigned=copy.unsigned + done.unsigned,
        erased=copy.erased + done.erased,
    )


async def found(db: Connection) -> Copy | None:
    """What was found, as long as no owner has confirmed it."""
    value = await about.value(db, about.COPIED)
    return Copy(**json.loads(value)) if value else None


async def _put(db: Connection, copy: Copy) -> None:
    await about.put(db, about.COPIED, json.dumps(asdict(copy)))


def _word() -> str:
    return secrets.token_hex(16)
