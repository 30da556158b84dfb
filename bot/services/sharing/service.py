"""The rules of personal links. A link opens something, and authenticates nobody."""

import secrets
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta

from bot.models import Supporter
from bot.models.sharing import Kind, ShareLink, Target
from bot.services.sharing.codes import codes, typed
from bot.services.shelf import Texts
from bot.services.wishes import Wishes
from bot.store import Connection, Database, petitions, supporters
from bot.store import shares as store

VISIT = timedelta(days=1)  # how long a signature counts for the link that somebody came by
_BYTES = 16


class Sharing:
    """What people pass on. A number goes back to them, and never a name."""

    def __init__(
        self, database: Database, texts: Texts, wishes: Wishes, now: Callable[[], datetime]
    ) -> None:
        self._database = database
        self._texts = texts
        self._wishes = wishes
        self._now = now

    async def link(self, target: Target, supporter: Supporter) -> ShareLink:
        """Her link to this target, which the caller has seen to be there; the same one again."""
        async with self._database.write() as db:
            if link := await store.link_of(db, supporter.id, target):
                return link
            await supporters.remember(db, supporter, self._now())
            link = ShareLink(secrets.token_urlsafe(_BYTES), target)
            await store.add(db, supporter.id, link)
        return link

    async def end(self, token: str, supporter: Supporter) -> Target | None:
        """From now on the link is nobody's: it leads where it led, and counts nothing.

        The same again for one that was ended before, by a second tap; None when it is not hers,
        or nobody made it. With the last thing that is held about her everything else goes.
        """
        async with self._database.write() as db:
            target = await store.end(db, supporter.id, token)
            if target is None:
                return await store.ended(db, token)
            await supporters.erase_if_unneeded(db, supporter.id)
        return target

    async def follow(self, token: str, supporter: Supporter) -> Target | None:
        """Where a link leads, for whoever opens it; None when nobody made it, or was erased.

        So that a signature can be counted, and counted no more when she takes it back, the link
        is remembered with her for a day at most.
        """
        async with self._database.read() as db:
            owned = await store.owned(db, token)
            if owned is None:
                return await store.ended(db, token)
        target, owner = owned
        if owner != supporter.id:
            async with self._database.write() as db:
                await self._note_visit(db, token, target, supporter.id)
        return target

    def code(self, target: Target) -> str:
        """What one can type instead of opening a link."""
        return codes({*self._targets(), target})[target]

    def meant(self, words: str) -> Sequence[Target]:
        """What a message stands for that is a code and nothing else."""
        return typed(words, set(self._targets()))

    async def _note_visit(self, db: Connection, token: str, target: Target, visitor: int) -> None:
        if await store.owned(db, token) is None:
            return  # it ended since it was looked at
        slugs, until = self._petitions(target), self._now() + VISIT
        for slug in slugs:
            if await self._has_signed(db, visitor, slug):
                return
        for slug in slugs:
            await store.note_visit(db, visitor, slug, token, until)

    async def _has_signed(self, db: Connection, visitor: int, slug: str) -> bool:
        """Also who took it back: she may have been counted, and nobody is counted twice."""
        if self._wishes.has_left(visitor, slug):
            return True
        return await petitions.signature(db, slug, visitor) is not None

    def _petitions(self, target: Target) -> Sequence[str]:
        """Whose signatures are counted for a link to this."""
        if target.kind is Kind.PETITION:
            return [target.slug]
        texts = self._texts().language("").petitions.values()
        return [one.slug for one in texts if target.kind is Kind.CASE and one.case == target.slug]

    def _targets(self) -> Iterator[Target]:
        for language in self._texts().languages.values():
            for kind, slugs in (
                (Kind.PETITION, language.petitions),
                (Kind.CASE, language.cases),
                (Kind.ASK, language.passages),
                (Kind.LETTER, language.letters),
            ):
                yield from (Target(kind, slug) for slug in slugs)
