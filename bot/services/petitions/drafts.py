"""Writing a petition in the admin group: every word voids a yes that was given before."""

from collections.abc import Mapping
from itertools import count
from typing import Any

from bot.errors import PetitionChanged
from bot.models import PetitionState
from bot.services.petitions.entries import clean_entry, slug_of
from bot.services.petitions.moves import TERMS, move
from bot.services.petitions.papers import Page, Papers, latest
from bot.store import Connection, writings
from bot.store import petitions as store

_WHILE_RUNNING = frozenset({"goal", "closes_at"})


class PetitionDrafts:
    """Each act takes the revision that the person saw, and gives the page as it is then."""

    def __init__(self, papers: Papers) -> None:
        self._papers = papers

    async def begin(self, person: int, language: str, title: str) -> Page:
        """A new petition; its name for links comes from the title and stays.

        Raises:
            EntryRefused, NotAllowed: Nothing was made.
        """
        title = clean_entry("title", title)
        async with self._papers.database.write() as db:
            author = await self._papers.act(db, person)
            slug = await self._add(db, slug_of(title))
            await writings.put(db, slug, language, {"title": title})
            await store.act(db, slug, authors=[author])
            await self._papers.audit.note_in(db, author, "petition begun", f"petition:{slug}")
            return await self._papers.page(db, slug)

    async def write(
        self, slug: str, revision: int, person: int, language: str, field: str, typed: str
    ) -> Page:
        """Put in one field. What people see already stays until somebody else accepts this.

        Raises:
            EntryRefused, PetitionChanged, PetitionUnknown, NotAllowed: Nothing was changed.
        """
        words = clean_entry(field, typed)
        async with self._papers.database.write() as db:
            page, author = await self._begin(db, slug, revision, person)
            if not page.dossier.is_written:
                raise PetitionChanged
            former = page.drafts.get(language)
            if page.is_running:
                if former is None:  # languages are chosen before it opens
                    raise PetitionChanged
                changed = {**latest(former), field: words}
                await writings.put(db, slug, language, former.text, changed)
            else:
                text = {**(former.text if former else {}), field: words}
                await writings.put(db, slug, language, text)
            return await self._changed(db, page, author, {})

    async def drop_language(self, slug: str, revision: int, person: int, language: str) -> Page:
        """Take a text out again before it opens; raises as `write` does."""
        async with self._papers.database.write() as db:
            page, author = await self._begin(db, slug, revision, person)
            if page.is_running:
                raise PetitionChanged
            await writings.drop_language(db, slug, language)
            return await self._changed(db, page, author, {})

    async def put(self, slug: str, revision: int, person: int, **terms: Any) -> Page:
        """Set goal, dates, case, consent or who gets the names; raises as `write` does.

        While it runs only goal and deadline can be set, at once.
        """
        async with self._papers.database.write() as db:
            page, author = await self._begin(db, slug, revision, person)
            if not page.is_running:
                return await self._changed(db, page, author, terms)
            if not terms.keys() <= _WHILE_RUNNING:
                raise PetitionChanged
            await store.act(db, slug, **terms)
            act = ", ".join(sorted(terms))
            await self._papers.audit.note_in(db, author, TERMS, f"petition:{slug}", act)
            return await self._papers.page(db, slug)

    async def discard(self, slug: str, revision: int, person: int) -> None:
        """Throw away what nobody but the staff has seen; raises as `write` does."""
        async with self._papers.database.write() as db:
            page, author = await self._begin(db, slug, revision, person)
            if not (page.is_unopened and page.dossier.is_written):
                raise PetitionChanged
            await writings.drop(db, slug)
            await self._papers.audit.note_in(db, author, "petition dropped", f"petition:{slug}")

    async def _begin(
        self, db: Connection, slug: str, revision: int, person: int
    ) -> tuple[Page, str]:
        """Raises:
        PetitionChanged: It is over, or no longer as she saw it.
        """
        author = await self._papers.act(db, person)
        page = await self._papers.seen(db, slug, revision)
        if not (page.is_running or page.is_unopened):
            raise PetitionChanged
        return page, author

    async def _changed(
        self, db: Connection, page: Page, author: str, terms: Mapping[str, Any]
    ) -> Page:
        """It waits for another yes, and she had a hand in it."""
        slug, state = page.slug, page.standing.state
        authors = sorted({*page.dossier.authors, author})
        void = {"authors": authors, "approved_by": None, "starts_at": None, **terms}
        if state is PetitionState.REVIEW:
            now, audit = self._papers.now(), self._papers.audit
            await move(db, audit, page.standing, PetitionState.DRAFT, author, now, **void)
        else:
            await store.act(db, slug, **void)
        return await self._papers.page(db, slug)

    async def _add(self, db: Connection, wished: str) -> str:
        """The name, or the next one that nobody has had."""
        for number in count(1):
            slug = wished if number == 1 else f"{wished}-{number}"
            if not self._papers.files(slug) and await store.add(db, slug, is_written=True):
                return slug
        raise AssertionError  # numbers do not end
