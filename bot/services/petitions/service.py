"""The rules of signing, each in one transaction."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.content import Content, Petition
from bot.errors import (
    IllegalMove,
    PetitionClosed,
    PetitionNotOpen,
    PetitionUnknown,
    TextChanged,
)
from bot.models import PetitionState, Signature, Standing, Supporter, Topic
from bot.models.sharing import Kind, Target
from bot.services.audit import OPERATOR, Audit
from bot.services.petitions.behind import cases_of, ended, heed
from bot.services.petitions.clock import opened
from bot.services.petitions.moves import PUBLIC, TERMS, move
from bot.services.petitions.texts import digests_of, keep_text, record_text
from bot.services.shelf import Texts
from bot.services.wishes import Wishes
from bot.store import Connection, Database, cases, choices, shares, supporters
from bot.store import petitions as store

_STEPS = (25, 50, 100, 250, 500)
_UNOPENED = 0  # the version of one that was withdrawn before; no tap can sign it
_RUNNING = frozenset({PetitionState.OPEN, PetitionState.PAUSED})


@dataclass(frozen=True, slots=True)
class Card:
    """A petition as somebody sees it: its text and how it stands, and whether she signed.

    `version` is that of the text shown here, which a tap must name to sign it; `cases` are those
    behind it.
    """

    petition: Petition
    version: int
    standing: Standing
    mine: Signature | None
    cases: frozenset[str] = frozenset()

    @property
    def is_open(self) -> bool:
        return self.standing.state is PetitionState.OPEN

    @property
    def next_goal(self) -> int:
        """The next round number above the count: 25, 50, 100, 250, 500, 1000, 2500 …

        These are steps on the way to the petition's own goal, which none of them passes over.
        """
        signed, goal = self.standing.signatures, self.standing.goal
        factor = 1
        while signed >= _STEPS[-1] * factor:
            factor *= 10
        step = next(step * factor for step in _STEPS if step * factor > signed)
        return step if goal is None or goal <= signed else min(step, goal)


@dataclass(frozen=True, slots=True)
class Signed:
    """One line of /mysignatures.

    Attributes:
        title: As it was signed; empty when the family that it was about wants no more said.
        petition: None when its text has been taken back since.
    """

    signature: Signature
    standing: Standing
    title: str
    petition: Petition | None


class Petitions:
    """What one may do with petitions. Texts come from content, everything else from the store."""

    def __init__(
        self, database: Database, texts: Texts, wishes: Wishes, now: Callable[[], datetime]
    ) -> None:
        self._database = database
        self._all_texts = texts
        self._wishes = wishes
        self._now = now
        self._audit = Audit(database, now)

    async def card(self, slug: str, supporter: Supporter) -> Card:
        """A petition that was opened at some time, by its name or its file's new one.

        Raises:
            PetitionUnknown: There is none of that name, or its text was taken back.
            PetitionNotOpen: It is prepared, and nobody has opened it yet.
            CaseEnded: The family behind it wants no more said, also where its text is gone.
        """
        async with self._database.read() as db:
            petition = await self._told(db, slug, supporter)
            standing, version, mine = await self._seen(db, petition, supporter)
            behind = await heed(db, self._all_texts(), standing, mine)
        return Card(petition, version or _UNOPENED, standing, mine, behind)

    async def heed(self, slug: str, supporter: Supporter) -> None:
        """Raises:
        CaseEnded: The family behind this petition wants no more said.
        """
        async with self._database.read() as db:
            await self._heed(db, slug, supporter)

    async def another(self, card: Card, language: str) -> Petition | None:
        """One that takes signatures now, in the place of one that does not: the nearest to it."""
        found = [one for one in await self.open_ones(language) if one[0].slug != card.petition.slug]
        nearest = min(found, key=lambda one: self._distance(one, card), default=None)
        return nearest and nearest[0]

    async def open_ones(self, language: str) -> Sequence[tuple[Petition, Standing]]:
        """The petitions that take signatures now, oldest first."""
        async with self._database.read() as db:
            standings = await store.standings(db)
            untold = await ended(db, self._all_texts())
        texts = self._texts(language)
        shown = texts.keys() - untold
        return [
            (texts[one.slug], one)
            for one in map(self._as_of_now, standings)
            if one.state is PetitionState.OPEN and one.slug in shown
        ]

    async def sign(self, slug: str, supporter: Supporter, name: str | None, version: int) -> Card:
        """Add a supporter to a petition, with the name she confirmed or without one.

        `version` is the one she read on her card. Gives the card as it is then, with hers.

        Signing twice changes nothing: the signature that stands comes back with `is_new` false.

        Raises:
            PetitionUnknown, PetitionNotOpen, PetitionClosed: Nothing was stored.
            TextChanged: The text is no longer the one she read. Nothing was stored.
            CaseEnded: As `card` does. Nothing was stored.
        """
        async with self._database.write() as db:
            petition = await self._told(db, slug, supporter)
            slug = petition.slug
            standing, shown, mine = await self._seen(db, petition, supporter)
            await heed(db, self._all_texts(), standing, mine)
            if mine:
                return Card(petition, shown or _UNOPENED, standing, mine)
            if standing.state is not PetitionState.OPEN:
                raise PetitionClosed(slug)
            if version != shown:
                raise TextChanged(slug)
            made = await self._add(db, replace(standing, version=version), supporter, name)
        await self._wishes.signed(supporter.id, slug)
        counted = replace(standing, signatures=standing.signatures + 1)
        return Card(petition, version, counted, made)

    async def withdraw(self, slug: str, supporter: Supporter) -> Standing | None:
        """Take a signature back; None when there is none of hers. Its number is not given again.

        The petition comes back as it stood at that very moment: it says whether the list had
        been handed over, with her signature in it.

        Her yes to being told of this petition goes with it, and her link to it is nobody's from
        then on; with the last thing that is held about her goes everything else, as /privacy
        promises.
        """
        async with self._database.write() as db:
            if not await self.withdraw_in(db, slug, supporter.id):
                return None
            await self._wishes.unsigned(db, supporter.id, slug)
            return await store.standing(db, slug)

    async def withdraw_in(self, db: Connection, slug: str, person: int) -> bool:
        was_there = await store.drop_signature(db, slug, person, self._now())
        if was_there:
            await shares.unsigned(db, person, slug)
            await choices.drop(db, person, Topic.PETITIONS, slug)
            await shares.end_to(db, person, Target(Kind.PETITION, slug))
            await supporters.erase_if_unneeded(db, person)
        return was_there

    async def signed_by(self, supporter: Supporter) -> Sequence[Signed]:
        """What a person signed, newest first, each with how the petition stands today."""
        async with self._database.read() as db:
            rows = await store.signatures_of(db, supporter.id)
            untold = await ended(db, self._all_texts())
        texts = self._texts(supporter.language)
        return [
            Signed(
                mine,
                self._as_of_now(standing),
                "" if mine.petition in untold else title,
                texts.get(mine.petition),
            )
            for mine, standing, title in rows
        ]

    async def open(
        self, slug: str, closes_at: datetime | None = None, goal: int | None = None
    ) -> Standing:
        """Let people sign, until `closes_at` if that is given; for the operator of the program.

        An open one can be given other terms: what is None stays as it was.

        Raises:
            PetitionUnknown: No content file has this slug.
            IllegalMove: It was closed, or the case behind it was ended by its family.
        """
        text = self._text(slug, "")  # or there is none
        slug = text.slug
        async with self._database.write() as db:
            await store.add(db, slug)
            standing = self._as_of_now(await self._row(db, slug))
            if cases_of(standing, self._all_texts()) & await cases.closed(db):
                raise IllegalMove(slug, standing.state, PetitionState.OPEN)
            await self._keep(db, slug, self._all_texts())
            await self._open(db, standing)
            given = {"goal": goal, "closes_at": closes_at}
            terms = {name: value for name, value in given.items() if value is not None}
            if terms:
                await store.act(db, slug, **terms)
                said = ", ".join(terms)
                await self._audit.note_in(db, OPERATOR, TERMS, f"petition:{slug}", said)
            return await self._row(db, slug)

    async def close(self, slug: str) -> Standing:
        """Take no more signatures; for the operator of the program.

        Raises:
            PetitionUnknown: Nobody ever opened a petition of this name.
            IllegalMove: It is closed already.
        """
        async with self._database.write() as db:
            standing = await self._row(db, slug)
            await move(db, self._audit, standing, PetitionState.CLOSED, OPERATOR, self._now())
            return await self._row(db, slug)

    async def keep_texts(self, content: Content, then: Callable[[], None] | None = None) -> None:
        """Put texts that are not on record there, as new versions.

        `then` is what makes the content current: nobody can open a petition in between.
        """
        async with self._database.write() as db:
            for standing in await store.standings(db):
                await self._keep(db, standing.slug, content)
        if then:  # the next writer has to wait until we wait for something, and we do not
            then()

    async def _open(self, db: Connection, standing: Standing) -> None:
        """Every step of it on record; one that is open stays as it is."""
        now = self._now()
        if standing.state is PetitionState.OPEN:
            return
        if standing.state is PetitionState.DRAFT:
            await move(db, self._audit, standing, PetitionState.REVIEW, OPERATOR, now)
            standing = await self._row(db, standing.slug)
        await opened(db, self._audit, replace(standing, starts_at=None), OPERATOR, now)

    async def _keep(self, db: Connection, slug: str, content: Content) -> None:
        """Its text in every language; the first language's is the current version."""
        first, *others = (language.petitions.get(slug) for language in content.languages.values())
        if first:
            await keep_text(db, first, self._now())
        for translation in filter(None, others):
            await record_text(db, translation, self._now())

    async def _add(
        self, db: Connection, standing: Standing, supporter: Supporter, name: str | None
    ) -> Signature:
        now = self._now()
        await supporters.remember(db, supporter, now)
        number = await store.take_number(db, standing.slug)
        made = Signature(standing.slug, number, name, standing.version, now, is_new=True)
        await store.add_signature(db, supporter.id, made)
        await shares.signed(db, supporter.id, standing.slug, now)
        return made

    async def _row(self, db: Connection, slug: str) -> Standing:
        standing = await store.standing(db, slug)
        if standing is None:
            raise PetitionUnknown(slug)
        return standing

    async def _seen(
        self, db: Connection, petition: Petition, supporter: Supporter
    ) -> tuple[Standing, int | None, Signature | None]:
        """How it stands, which version its text is, and her signature."""
        found = await store.seen(db, petition.slug, supporter.id, digests_of(petition))
        standing = self._as_of_now(found[0]) if found else None
        if found is None or standing is None or standing.state not in PUBLIC:
            raise PetitionNotOpen(petition.slug)
        return standing, *found[1:]

    async def _told(self, db: Connection, slug: str, supporter: Supporter) -> Petition:
        """Its text, as she reads it. A family is heard, too, when there is none any more."""
        try:
            return self._text(slug, supporter.language)
        except PetitionUnknown:
            await self._heed(db, slug, supporter)
            raise

    async def _heed(self, db: Connection, slug: str, supporter: Supporter) -> None:
        standing = await store.standing(db, slug)
        if standing is not None:
            mine = await store.signature(db, slug, supporter.id)
            await heed(db, self._all_texts(), standing, mine)

    def _distance(self, one: tuple[Petition, Standing], card: Card) -> int:
        petition, standing = one
        if cases_of(standing, self._all_texts()) & card.cases:
            return 0
        subject = petition.subject
        return 1 if subject is not None and subject == card.petition.subject else 2

    def _as_of_now(self, standing: Standing) -> Standing:
        """It opens and closes at its time, whether or not a tick has written so."""
        starts_at, closes_at = standing.starts_at, standing.closes_at
        if standing.state is PetitionState.REVIEW and starts_at and starts_at <= self._now():
            standing = replace(standing, state=PetitionState.OPEN, moved_at=starts_at)
        if standing.state in _RUNNING and closes_at and closes_at <= self._now():
            return replace(standing, state=PetitionState.CLOSED, moved_at=closes_at)
        return standing

    def _texts(self, language: str) -> Mapping[str, Petition]:
        return self._all_texts().language(language).petitions

    def _text(self, slug: str, language: str) -> Petition:
        texts = self._texts(language)
        petition = texts.get(slug) or next((one for one in texts.values() if one.id == slug), None)
        if petition is None:
            raise PetitionUnknown(slug)
        return petition
