"""Questions without a vetted answer that people passed to the team."""

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.content.library import owner
from bot.content.texts import Entry
from bot.errors import ContentRefused
from bot.models.questions import Question, Quoted
from bot.services.content import Changes
from bot.services.questions import _neighbours
from bot.services.questions._drafts import Draft, Hints, drafts
from bot.services.questions._groups import Group, gathered, wordings
from bot.services.questions._likeness import BY_LETTERS, BY_MEANING, Likeness
from bot.services.questions._masking import kept_words
from bot.services.questions._proposing import Offered, Proposing
from bot.services.shelf import Shelf
from bot.store import Database
from bot.store import questions as store

MOST = 5_000  # questions that are kept
_TAPS = 1_000


@dataclass(frozen=True, slots=True)
class Overview:
    """What waits for an answer. From `percent` on two questions are in one group."""

    groups: Sequence[Group]
    percent: int
    is_by_meaning: bool
    quoted: Sequence[Quoted] = ()

    @property
    def times(self) -> int:
        return sum(group.times for group in self.groups)


class Questions:
    """Kept without any trace of who asked, and only when the person said so."""

    def __init__(
        self, database: Database, shelf: Shelf, changes: Changes, now: Callable[[], datetime]
    ) -> None:
        self._database = database
        self._shelf = shelf
        self._now = now
        self._proposing = Proposing(database, shelf, changes)
        self._likeness = Likeness()
        self._comparing, self._deciding = asyncio.Lock(), asyncio.Lock()
        # In memory only: a row that tells one tap from another would tell who asked.
        self._taken: deque[tuple[int, int]] = deque(maxlen=_TAPS)

    async def keep(self, language: str, text: str, under: tuple[int, int]) -> None:
        """Keep what `kept_words` leaves of a question; beyond `MOST` the oldest go.

        `under` (chat and message) makes a second tap on one button harmless.
        """
        if under in self._taken:
            return
        async with self._database.write() as db:
            await store.add(db, language, kept_words(text), self._now().date())
            await store.drop_beyond(db, MOST)
        self._taken.append(under)

    async def overview(self, percent: int | None = None) -> Overview:
        """All that is neither decided nor proposed; without `percent` the usual likeness counts."""
        async with self._database.read() as db:
            questions, quoted = await store.free(db, MOST), await store.quoted(db)
        async with self._comparing:
            return await asyncio.to_thread(self._compared, questions, quoted, percent)

    async def group(self, digest: str, percent: int) -> Group | None:
        """Exactly this one; None when it has been decided, or somebody has asked so again."""
        groups = (await self.overview(percent)).groups
        return next((group for group in groups if group.digest == digest), None)

    async def nearest(self, group: Group, language: str) -> Sequence[Entry]:
        """The texts most like a group, whatever they are, as they are in this language."""
        find = _neighbours.nearest
        return await asyncio.to_thread(find, group, language, self._shelf.edition)

    async def choices(self, group: Group, language: str, *, covered: bool) -> Sequence[Entry]:
        """The nearest texts that could answer it, or that say what is not covered."""
        find = _neighbours.answering if covered else _neighbours.declining
        return await asyncio.to_thread(find, group, language, self._shelf.edition)

    async def add(self, group: Group, mark: str, person: int) -> Sequence[Offered]:
        """Propose all wordings as ways of asking for a text; each language's are one proposal.

        They are free again when it is dropped, and gone when it is accepted. Nothing comes back
        when somebody else was faster.

        Raises:
            ContentError: The content would not be sound. Nothing was done.
            ContentRefused: All of them are known already, or there is no such text any more.
            NotAllowed: Nothing was done.
        """
        entries = next(iter(self._shelf.content().languages.values())).entries
        text = next((text for text in entries if _neighbours.marked(text) == mark), None)
        if text is None:
            raise ContentRefused(ContentRefused.UNKNOWN, mark)
        async with self._deciding:
            if not await self._is_free(group):
                return ()
            return await self._proposing.add(group, owner(text), person)

    async def drop(self, group: Group) -> bool:
        """Delete its questions for good; False when somebody was faster."""
        async with self._deciding:
            if not await self._is_free(group):
                return False
            async with self._database.write() as db:
                await store.drop(db, group.questions)
        return True

    async def drafts(self, group: Group, hints: Hints, *, covered: bool) -> Sequence[Draft]:
        """Files of a new text with its ways of asking, one for each language of the group."""
        near = await self.choices(group, group.lead.language, covered=True) if covered else ()
        return drafts(group, self._shelf.content(), near if covered else None, self._now(), hints)

    def _compared(
        self, questions: Sequence[Question], quoted: Sequence[Quoted], percent: int | None
    ) -> Overview:
        encode, found = self._shelf.explainer.points, wordings(questions)
        is_by_meaning = encode(["?"]) is not None
        percent = percent or (BY_MEANING if is_by_meaning else BY_LETTERS)
        texts = [one.text for one in found]
        groups = gathered(found, self._likeness.near(texts, percent, encode)) if found else []
        return Overview(groups, percent, is_by_meaning, quoted)

    async def _is_free(self, group: Group) -> bool:
        async with self._database.read() as db:
            free = {question.id for question in await store.free(db, MOST)}
        return free.issuperset(group.questions)
