"""People's questions become ways of asking: a proposal that somebody else accepts."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass

from bot.content import Language
from bot.errors import ContentMoved, ContentRefused
from bot.services.content import LARGEST, Changes, Proposal
from bot.services.questions._examples import extended, new_lines, places
from bot.services.questions._groups import Group, Wording
from bot.services.shelf import Shelf
from bot.store import Database
from bot.store import questions as store


@dataclass(frozen=True, slots=True)
class Offered:
    """A proposal, and the number of the one that it holds besides, which it replaces."""

    proposal: Proposal
    former: int | None


@dataclass(frozen=True, slots=True)
class _Page:
    """A file as it will be; `former` is the open proposal that it goes on from."""

    place: str
    body: bytes
    former: Proposal | None


class Proposing:
    """One open proposal for each file gathers what comes, since two would void each other."""

    def __init__(self, database: Database, shelf: Shelf, changes: Changes) -> None:
        self._database = database
        self._shelf = shelf
        self._changes = changes

    async def add(self, group: Group, whose: str, person: int) -> Sequence[Offered]:
        """Raises:
        ContentRefused: All of them are known already as ways of asking for that text.
        """
        made = []
        for language, own in self._by_language(group):
            lines = new_lines(own, whose, language)
            if lines:
                page = await self._page(language.code, whose, lines)
                made.append(await self._offer(page, own, person))
        if not made:
            raise ContentRefused(ContentRefused.UNCHANGED)
        return made

    def _by_language(self, group: Group) -> Iterator[tuple[Language, list[Wording]]]:
        content = self._shelf.content()
        for code in dict.fromkeys(content.language(code).code for code in group.languages):
            own = [one for one in group.wordings if content.language(one.language).code == code]
            yield content.language(code), own

    async def _page(self, code: str, whose: str, lines: Sequence[str]) -> _Page:
        for place in places(code):
            former = await self._open(place)
            text = former.proposed if former else await self._text(place)
            body = extended(text, whose, lines).encode()
            if len(body) <= LARGEST:
                return _Page(place, body, former)
        raise AssertionError("there is always another place")

    async def _offer(self, page: _Page, wordings: Sequence[Wording], person: int) -> Offered:
        proposal = await self._changes.propose(page.place, page.body, person)
        former = await self._replaced(page.former, person)
        numbers = [number for wording in wordings for number in wording.questions]
        async with self._database.write() as db:
            await store.quote(db, numbers, proposal.change.id, former)
        return Offered(proposal, former)

    async def _replaced(self, former: Proposal | None, person: int) -> int | None:
        """The number of the proposal that is closed now; None when somebody has just decided it."""
        if former is None:
            return None
        with suppress(ContentMoved):
            change = former.change
            return (await self._changes.drop(change.id, change.digest[:16], person)).id
        return None

    async def _open(self, place: str) -> Proposal | None:
        """What waits for that file, and can still be accepted."""
        async with self._database.read() as db:
            waiting = [one.change for one in await store.quoted(db) if one.place == place]
        for number in reversed(waiting):
            with suppress(ContentMoved):
                found = await self._changes.waiting(number)
                if found.is_current:
                    return found
        return None

    async def _text(self, place: str) -> str:
        try:
            return (await self._changes.body(place)).decode()
        except ContentRefused as error:
            if error.reason != ContentRefused.UNKNOWN:
                raise
            return ""
