"""Corrections and reviews from the chat: one proposes, another one accepts exactly these bytes."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.content import ContentProblem
from bot.content.header import as_pending, can_be_reviewed, needs_review, with_fields
from bot.errors import ContentMoved, ContentRefused, OwnText
from bot.models import Role
from bot.models.content import Change, ChangeState, digest
from bot.services.audit import Audit
from bot.services.content._scribe import OPEN, Outcome, Scribe, readable
from bot.services.content.press import Press, Reprint
from bot.services.staff import Staff
from bot.store import Connection, Database
from bot.store import content as store

WAIT_ALONE = timedelta(minutes=10)
HOLDS = timedelta(days=365)  # how long a review is good for when nobody says otherwise


@dataclass(frozen=True, slots=True)
class Proposal:
    """A change that waits, beside the text it would replace ("" when there is none)."""

    change: Change
    current: str
    proposed: str
    gaps: Sequence[ContentProblem]

    @property
    def is_reviewable(self) -> bool:
        return can_be_reviewed(self.proposed)

    @property
    def is_pending(self) -> bool:
        return needs_review(self.proposed)

    @property
    def is_current(self) -> bool:
        """Whether the file is still the one with which it was compared."""
        now = digest(self.current.encode()) if self.current else None
        return now == self.change.base


class Changes:
    """Nothing is written before a row says so, and nothing is current before it is written."""

    def __init__(
        self, database: Database, press: Press, staff: Staff, now: Callable[[], datetime]
    ) -> None:
        self._database = database
        self._press = press
        self._folder = press.folder
        self._scribe = Scribe(database, press, now)
        self._staff = staff
        self._audit = Audit(database, now)
        self._now = now

    async def reload(self, person: int) -> Reprint:
        """Read the folder, check it, and let it be current from now on.

        Raises:
            ContentError: It holds faults. What was current stays so.
            NotAllowed: Nothing was done.
        """
        async with self._database.write() as db:
            pseudonym = await self._act(db, person)
        made = await self._press.reload()
        if not made.is_empty:
            async with self._database.write() as db:
                await self._audit.note_in(db, pseudonym, "texts reloaded", "texts")
        return made

    async def find(self, name: str, language: str | None = None) -> str:
        """The one place that is called so.

        Raises:
            ContentRefused: Nothing is, or several are: `names` are their places.
        """
        found = await asyncio.to_thread(self._folder.find, name, language)
        if len(found) == 1:
            return found[0]
        if found:
            raise ContentRefused(ContentRefused.AMBIGUOUS, *found)
        raise ContentRefused(ContentRefused.UNKNOWN, name)

    async def body(self, place: str) -> bytes:
        """Raises:
        ContentRefused: There is no such file any more.
        """
        found = await asyncio.to_thread(self._folder.body, self._folder.checked_place(place))
        if found is None:
            raise ContentRefused(ContentRefused.UNKNOWN, place)
        return found

    async def propose(self, place: str, sent: bytes, person: int) -> Proposal:
        """Keep a file as somebody sent it, once the whole content would be sound with it.

        What it claims about its own review does not count: see `as_pending`.

        Raises:
            ContentError: It would not be sound. Nothing was kept.
            ContentRefused, NotAllowed: Nothing was kept.
        """
        place = self._folder.checked_place(place)
        current = await asyncio.to_thread(self._folder.body, place)
        body = as_pending(readable(sent), readable(current or b"")).encode()
        if body == current:
            raise ContentRefused(ContentRefused.UNCHANGED)
        return await self._keep(place, body, current, person, is_authored=True)

    async def begin_review(self, place: str, person: int, until: date | None) -> Proposal:
        """Put the text before a reviewer, whose review would hold until that day.

        Raises:
            ContentRefused: It is a text that has no review, or there is none.
            OwnText: She has corrected it, and nobody has reviewed that yet.
            ContentError, NotAllowed: Nothing was kept.
        """
        current = await self.body(place)
        if not can_be_reviewed(readable(current)):
            raise ContentRefused(ContentRefused.NO_REVIEW, place)
        day = until or (self._now() + HOLDS).date()
        body = with_fields(readable(current), {"review_by": day.isoformat()}).encode()
        async with self._database.write() as db:
            await self._may_vouch(db, place, await self._act(db, person))
        return await self._keep(place, body, current, person, is_authored=False)

    async def accept(self, number: int, seen: str, person: int, *, vouch: bool) -> Outcome:
        """Let a proposal be current; with `vouch` the person says that she has reviewed it whole.

        `seen` is how the digest begins that stood on the button. The only one there is may accept
        her own correction, with a wait; she cannot review it.

        Raises:
            ContentMoved: It is decided, or the file has changed since. Nothing was done.
            ContentError: The rest of the content has changed, and it is not sound any more.
            FolderClosed: The file cannot be written. Nothing was done.
            ContentRefused: Texts that nobody has reviewed are not shown here.
            OwnText, NotAllowed: Nothing was done.
        """
        async with self._press.lock:
            async with self._database.write() as db:
                change = await self._open(db, number, seen)
                pseudonym = await self._act(db, person)
                vouch = vouch or change.author is None  # a review is nothing else
                if vouch:
                    await self._may_vouch(db, change.place, pseudonym, change.author)
                elif change.author == pseudonym:
                    return Outcome(await self._cool(db, change, pseudonym), None)
            return await self._scribe.carry_out(change, pseudonym, pseudonym if vouch else None)

    async def drop(self, number: int, seen: str, person: int) -> Change:
        """Raises:
        ContentMoved: It is decided, or the file has changed since.
        """
        async with self._database.write() as db:
            pseudonym = await self._act(db, person)
            change = await self._open(db, number, seen)
            await self._note(db, pseudonym, "text dropped", change)
            return await self._scribe.move(db, number, ChangeState.DROPPED, ended_at=self._now())

    async def waiting(self, number: int) -> Proposal:
        """A proposal as it was shown, beside the file as it is now.

        Raises:
            ContentMoved: It is decided.
        """
        async with self._database.read() as db:
            change = await store.one(db, number)
        if change is None or change.state not in OPEN:
            raise ContentMoved(change.state if change else ChangeState.VOID)
        current = await asyncio.to_thread(self._folder.body, change.place)
        return Proposal(change, readable(current or b""), readable(change.body), ())

    async def cooled(self) -> Sequence[int]:
        """What its author has accepted alone, and thought over for long enough."""
        async with self._database.read() as db:
            return await store.cooled(db, self._now())

    async def carry_out(self, number: int) -> Outcome:
        """Do what has cooled off; raises as `accept` does, and then it is decided."""
        async with self._press.lock:
            async with self._database.write() as db:
                change = await store.one(db, number)
                if change is None or change.state is not ChangeState.COOLING:
                    raise ContentMoved(change.state if change else ChangeState.VOID)
                await self._scribe.move(db, number, ChangeState.WAITING)  # a fault leaves it so
            return await self._scribe.carry_out(change, change.accepted_by or "", None)

    async def recover(self) -> None:
        """Decide what a kill has left amid the writing."""
        await self._scribe.recover()

    async def reviews(self, most: int) -> Sequence[Change]:
        async with self._database.read() as db:
            return await store.reviews(db, most)

    async def _keep(
        self, place: str, body: bytes, current: bytes | None, person: int, *, is_authored: bool
    ) -> Proposal:
        reading = await asyncio.to_thread(self._folder.trial, place, body)
        if reading.content is None:
            self._press.sound(reading)
        base = None if current is None else digest(current)
        async with self._database.write() as db:
            pseudonym = await self._act(db, person)
            author = pseudonym if is_authored else None
            number = await store.add(db, place, body, base, author, self._now())
            change = await store.one(db, number)
            assert change is not None
            act = "text proposed" if is_authored else "review begun"
            await self._note(db, pseudonym, act, change)
        return Proposal(change, readable(current or b""), readable(body), reading.gaps)

    async def _open(self, db: Connection, number: int, seen: str) -> Change:
        change = await store.one(db, number)
        if change is None or not change.digest.startswith(seen):
            raise ContentMoved(ChangeState.VOID)
        if change.state not in OPEN:
            raise ContentMoved(change.state)
        return change

    async def _cool(self, db: Connection, change: Change, pseudonym: str) -> Change:
        if not await self._staff.is_alone_in(db, [pseudonym]):
            raise OwnText
        if change.state is ChangeState.COOLING:  # tapped twice: the wait goes on
            return change
        if needs_review(readable(change.body)) and not self._press.accept_unreviewed:
            raise ContentRefused(ContentRefused.MUST_REVIEW)
        not_before = self._now() + WAIT_ALONE
        return await self._scribe.move(
            db, change.id, ChangeState.COOLING, accepted_by=pseudonym, not_before=not_before
        )

    async def _may_vouch(
        self, db: Connection, place: str, pseudonym: str, author: str | None = None
    ) -> None:
        if pseudonym == author or pseudonym in await store.authors_since_review(db, place):
            raise OwnText

    async def _note(self, db: Connection, pseudonym: str, act: str, change: Change) -> None:
        await self._audit.note_in(db, pseudonym, act, f"text:{change.place}", change.digest)

    async def _act(self, db: Connection, person: int) -> str:
        await self._staff.require_in(db, person, Role.ADMIN)
        return await self._staff.pseudonym_in(db, person)
