"""A petition as the admin group has it before it: who acts, on what, and what is missing."""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from bot.content import Petition
from bot.errors import PetitionChanged, PetitionUnknown
from bot.models import Dossier, PetitionState, Role, Standing, Writing
from bot.services.audit import Audit
from bot.services.petitions.behind import behind
from bot.services.petitions.texts import signed_fields
from bot.services.petitions.written import as_petition, written
from bot.services.shelf import Shelf
from bot.services.staff import Staff
from bot.store import Connection, Database, cases, writings
from bot.store import petitions as store

FIELDS = ("title", "addressee", "ask", "body", "source", "as_of")
"""Of a text, in the order in which they are asked for."""
_RUNNING = frozenset({PetitionState.OPEN, PetitionState.PAUSED})
_UNOPENED = frozenset({PetitionState.DRAFT, PetitionState.REVIEW})


class Lack(StrEnum):
    """Why a petition cannot be opened as it is."""

    NO_TEXT = "no text"
    HALF_TEXT = "half a text"
    NO_CONSENT = "no consent"
    DEADLINE_PAST = "deadline past"
    CLOSES_FIRST = "closes before it opens"
    CASE_ENDED = "case ended"


@dataclass(frozen=True, slots=True)
class Page:
    """All that the staff knows of one petition.

    Attributes:
        texts: By language, as they would be shown after a yes; whole ones only.
        drafts: What was written in the chat, by language.
        at: When this was looked up.
        ended: The cases that their families have ended.
    """

    standing: Standing
    dossier: Dossier
    texts: Mapping[str, Petition]
    drafts: Mapping[str, Writing]
    at: datetime
    ended: frozenset[str] = frozenset()

    @property
    def slug(self) -> str:
        return self.standing.slug

    @property
    def title(self) -> str:
        titles = [one.title for one in self.texts.values()]
        titles += [latest(one)["title"] for one in self.drafts.values() if "title" in latest(one)]
        return titles[0] if titles else self.slug

    @property
    def is_running(self) -> bool:
        return self.standing.state in _RUNNING

    @property
    def is_unopened(self) -> bool:
        return self.standing.state in _UNOPENED

    @property
    def is_corrected(self) -> bool:
        """Whether other words than those that people see wait for a yes."""
        return any(one.proposed is not None for one in self.drafts.values())

    @property
    def case(self) -> str | None:
        """The case behind it; a file says so itself."""
        files = () if self.dossier.is_written else self.texts.values()
        return next((one.case for one in files if one.case), self.dossier.case)

    @property
    def cases(self) -> frozenset[str]:
        """All that anything says of the case behind it."""
        return behind(self.dossier.case, self.texts.values())

    @property
    def mark(self) -> str:
        """Of all words in all languages: a button names those that the person could read."""
        said = {code: signed_fields(one) for code, one in sorted(self.texts.items())}
        return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()[:8]

    @property
    def lacks(self) -> Sequence[Lack]:
        opens_at, closes_at = self.dossier.opens_at, self.standing.closes_at
        found = {
            Lack.NO_TEXT: not self.texts and not self.drafts,
            Lack.HALF_TEXT: any(set(FIELDS) - set(latest(one)) for one in self.drafts.values()),
            Lack.NO_CONSENT: self.case is None and self.dossier.consent is None,
            Lack.DEADLINE_PAST: closes_at is not None and closes_at <= self.at,
            Lack.CLOSES_FIRST: bool(opens_at and closes_at and closes_at <= opens_at),
            Lack.CASE_ENDED: bool(self.cases & self.ended),
        }
        return [lack for lack, is_so in found.items() if is_so]


@dataclass(frozen=True)
class Papers:
    """What writing and deciding have in common."""

    database: Database
    shelf: Shelf
    staff: Staff
    audit: Audit
    now: Callable[[], datetime]

    async def act(self, db: Connection, person: int) -> str:
        """The pseudonym of an admin, by her role in this very transaction.

        Raises:
            NotAllowed: She is none, or no longer.
        """
        await self.staff.require_in(db, person, Role.ADMIN)
        return await self.staff.pseudonym_in(db, person)

    async def seen(self, db: Connection, slug: str, revision: int) -> Page:
        """A petition that is to be changed, as the person saw it.

        Raises:
            PetitionUnknown: There is none of this name.
            PetitionChanged: Somebody has done something about it since.
        """
        page = await self.page(db, slug)
        await store.add(db, slug)  # one that stands in files has no row before somebody acts
        if page.dossier.revision != revision:
            raise PetitionChanged
        return page

    async def page(self, db: Connection, slug: str) -> Page:
        """Raises:
        PetitionUnknown: There is none of this name.
        """
        files, now = self.files(slug), self.now()
        standing = await store.standing(db, slug)
        if standing is None and not files:
            raise PetitionUnknown(slug)
        dossier = await writings.dossier(db, slug) or Dossier(slug)
        standing = standing or Standing(slug, PetitionState.DRAFT, 0, 0)
        drafts = await writings.of(db, slug)
        if standing.state not in _RUNNING:  # a correction that came too late is none
            drafts = {code: replace(one, proposed=None) for code, one in drafts.items()}
        if dossier.is_written:
            files = {
                code: as_petition(dossier, code, latest(one), now)
                for code, one in drafts.items()
                if set(FIELDS) <= set(latest(one))
            }
        return Page(standing, dossier, files, drafts, now, await cases.closed(db))

    def files(self, slug: str) -> Mapping[str, Petition]:
        """The texts in the content folder, by language."""
        languages = self.shelf.edition.content.languages.items()
        return {code: one.petitions[slug] for code, one in languages if slug in one.petitions}

    async def overlay(self, db: Connection) -> Mapping[str, Mapping[str, Petition]]:
        return await written(db, list(self.shelf.edition.content.languages), self.now())


def latest(writing: Writing) -> Mapping[str, str]:
    """The words as they stand now, whether or not people see them already."""
    return writing.text if writing.proposed is None else writing.proposed
