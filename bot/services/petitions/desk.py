"""Deciding about petitions in the admin group: two people open one, and each act is on record."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot.errors import OwnPetition, PetitionChanged, PetitionIncomplete
from bot.models import PetitionState, Standing
from bot.models.chains import Event
from bot.services.petitions.clock import corrected, opened, record
from bot.services.petitions.entries import clean_words
from bot.services.petitions.moves import move
from bot.services.petitions.papers import Page, Papers
from bot.services.petitions.texts import keep_text, record_text
from bot.store import Connection, chains, writings
from bot.store import petitions as store

WAIT_ALONE = timedelta(minutes=10)
_AT_ONCE = timedelta()
_VOID: Mapping[str, object] = {"approved_by": None, "starts_at": None}


@dataclass(frozen=True, slots=True)
class Listed:
    """One line of the list."""

    title: str
    standing: Standing


class PetitionDesk:
    """Each act takes the revision that the person saw, and gives the page as it is then.

    Each raises PetitionUnknown, PetitionChanged, NotAllowed or IllegalMove, and then nothing was
    done.
    """

    def __init__(self, papers: Papers) -> None:
        self._papers = papers
        self._stamp: Sequence[tuple[str, int]] = []

    async def refresh(self) -> None:
        """Let people see what was made in the chat, as the rows say it now."""
        async with self._papers.database.read() as db:
            stamp = await writings.stamp(db)
            if stamp == self._stamp:
                return
            self._papers.shelf.lay("petitions", await self._papers.overlay(db))
            self._stamp = stamp

    async def all(self) -> Sequence[Listed]:
        """Those of the files first, then those of the chat."""
        files = next(iter(self._papers.shelf.edition.content.languages.values())).petitions
        async with self._papers.database.read() as db:
            rows = [one.slug for one in await store.standings(db)]
            pages = [await self._papers.page(db, slug) for slug in dict.fromkeys([*files, *rows])]
        return [Listed(page.title, page.standing) for page in pages]

    async def page(self, slug: str) -> Page:
        async with self._papers.database.read() as db:
            return await self._papers.page(db, slug)

    async def submit(self, slug: str, revision: int, person: int) -> Page:
        """Ask another admin to open it.

        Raises:
            PetitionIncomplete: Something is missing; the page names it.
        """
        async with self._papers.database.write() as db:
            page, actor = await self._seen(db, slug, revision, person)
            if page.lacks:
                raise PetitionIncomplete
            authors = sorted({*page.dossier.authors, actor})
            return await self._move(db, page, PetitionState.REVIEW, actor, authors=authors)

    async def send_back(self, slug: str, revision: int, person: int) -> Page:
        """Make a draft of it again, also when it waits for its date."""
        return await self._act(slug, revision, person, PetitionState.DRAFT, **_VOID)

    async def approve(self, slug: str, revision: int, person: int, mark: str) -> Page:
        """Open these very words (`Page.mark`): now, or at the date wished.

        The only admin there is may open her own, after a wait in which it can be sent back.

        Raises:
            OwnPetition: She had a hand in it, and somebody else can open it.
            PetitionIncomplete: Something is missing by now.
        """
        async with self._papers.database.write() as db:
            page, actor = await self._seen(db, slug, revision, person)
            self._is_ready(page, mark, page.standing.state is PetitionState.REVIEW)
            now = self._papers.now()
            wait = await self._wait(db, page, actor)
            starts_at = max(now + wait, page.dossier.opens_at or now)
            reviewer = None if wait else actor
            agreed = {
                "approved_by": actor, "starts_at": starts_at, "reviewed_by": reviewer,
                "reviewed_at": now,
            }  # fmt: skip
            await store.act(db, slug, **agreed)
            page = await self._papers.page(db, slug)
            await self._record(db, page)
            await self._note(db, actor, "petition approved", slug)
            if starts_at <= now:
                await opened(db, self._papers.audit, page.standing, actor, now)
            page = await self._papers.page(db, slug)
        await self.refresh()
        return page

    async def accept(self, slug: str, revision: int, person: int, mark: str) -> Page:
        """Show people the corrected words from now on, as a new version; raises as `approve`."""
        async with self._papers.database.write() as db:
            page, actor = await self._seen(db, slug, revision, person)
            self._is_ready(page, mark, page.is_running and page.is_corrected)
            wait, now = await self._wait(db, page, actor), self._papers.now()
            await store.act(db, slug, approved_by=actor, starts_at=now + wait)
            if wait:
                await self._note(db, actor, "petition correction approved", slug)
            else:
                await corrected(db, self._papers.audit, slug, actor, now)
            page = await self._papers.page(db, slug)
        await self.refresh()
        return page

    async def keep_as_is(self, slug: str, revision: int, person: int) -> Page:
        """Drop a correction."""
        async with self._papers.database.write() as db:
            page, actor = await self._seen(db, slug, revision, person)
            if not (page.is_running and page.is_corrected):
                raise PetitionChanged
            for one in page.drafts.values():
                await writings.put(db, slug, one.language, one.text)
            await store.act(db, slug, authors=None, **_VOID)
            await self._note(db, actor, "petition correction dropped", slug)
            return await self._papers.page(db, slug)

    async def pause(self, slug: str, revision: int, person: int) -> Page:
        return await self._act(slug, revision, person, PetitionState.PAUSED)

    async def resume(self, slug: str, revision: int, person: int) -> Page:
        """Let people sign again; for the first time they may after `approve`, and by no button."""
        async with self._papers.database.write() as db:
            page, actor = await self._seen(db, slug, revision, person)
            if page.is_unopened:
                raise PetitionChanged
            return await self._move(db, page, PetitionState.OPEN, actor)

    async def close(self, slug: str, revision: int, person: int) -> Page:
        return await self._act(slug, revision, person, PetitionState.CLOSED)

    async def deliver(self, slug: str, revision: int, person: int) -> Page:
        """Say that the list was handed over, with as many signatures as there are now."""
        async with self._papers.database.write() as db:
            page, actor = await self._seen(db, slug, revision, person)
            now, number = self._papers.now(), page.standing.signatures
            await chains.add(db, slug, Event.DELIVERED, number, now)
            return await self._move(
                db, page, PetitionState.DELIVERED, actor, delivered_at=now, delivered=number
            )

    async def end(
        self,
        slug: str,
        revision: int,
        person: int,
        state: PetitionState,
        language: str,
        typed: str,
    ) -> Page:
        """WON, NOT_WON or WITHDRAWN, with the sentence that says so.

        Raises:
            EntryRefused: The sentence cannot stand.
        """
        said = {language: clean_words(typed)}
        async with self._papers.database.write() as db:
            page, actor = await self._seen(db, slug, revision, person)
            ended = {"outcome": said, "authors": [actor], **_VOID}
            return await self._move(db, page, state, actor, **ended)

    async def say(self, slug: str, revision: int, person: int, language: str, typed: str) -> Page:
        """Put the sentence of its end in another language, or in other words; raises as `end`."""
        words = clean_words(typed)
        async with self._papers.database.write() as db:
            page, actor = await self._seen(db, slug, revision, person)
            if not page.standing.outcome:
                raise PetitionChanged
            said = {**page.standing.outcome, language: words}
            authors = sorted({*page.dossier.authors, actor})
            await store.act(db, slug, outcome=said, authors=authors)
            await self._note(db, actor, "petition outcome", slug, language)
            return await self._papers.page(db, slug)

    async def _act(
        self, slug: str, revision: int, person: int, state: PetitionState, **columns: object
    ) -> Page:
        async with self._papers.database.write() as db:
            page, actor = await self._seen(db, slug, revision, person)
            return await self._move(db, page, state, actor, **columns)

    async def _seen(
        self, db: Connection, slug: str, revision: int, person: int
    ) -> tuple[Page, str]:
        actor = await self._papers.act(db, person)
        return await self._papers.seen(db, slug, revision), actor

    async def _move(
        self, db: Connection, page: Page, state: PetitionState, actor: str, **columns: object
    ) -> Page:
        papers = self._papers
        await move(db, papers.audit, page.standing, state, actor, papers.now(), **columns)
        return await papers.page(db, page.slug)

    async def _note(
        self, db: Connection, actor: str, act: str, slug: str, detail: str = ""
    ) -> None:
        await self._papers.audit.note_in(db, actor, act, f"petition:{slug}", detail)

    async def _wait(self, db: Connection, page: Page, actor: str) -> timedelta:
        if actor not in page.dossier.authors:
            return _AT_ONCE
        if await self._papers.staff.is_alone_in(db, page.dossier.authors):
            return WAIT_ALONE
        raise OwnPetition

    def _is_ready(self, page: Page, mark: str, is_waiting: bool) -> None:
        if not is_waiting or page.dossier.approved_by is not None or page.mark != mark:
            raise PetitionChanged
        if page.lacks:
            raise PetitionIncomplete

    async def _record(self, db: Connection, page: Page) -> None:
        """The words on record, as the versions that receipts will name."""
        now = self._papers.now()
        if page.dossier.is_written:
            await record(db, page.dossier, now)
            return
        first, *others = page.texts.values()
        await keep_text(db, first, now)
        for translation in others:
            await record_text(db, translation, now)
