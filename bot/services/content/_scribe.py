"""Writes a file in steps that a kill may come between: row, file, shelf, row."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.content.header import needs_review, with_fields
from bot.errors import ContentMoved, ContentRefused
from bot.models.content import Change, ChangeState, digest
from bot.services.audit import Audit
from bot.services.content._folder import LARGEST
from bot.services.content.press import Press, Reprint
from bot.store import Connection, Database
from bot.store import content as store

OPEN = (ChangeState.WAITING, ChangeState.COOLING)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of it; `reprint` is None while it cools off."""

    change: Change
    reprint: Reprint | None


class FolderClosed(Exception):
    """The content folder cannot be written. The proposal waits as before."""

    def __init__(self, change: Change) -> None:
        super().__init__("the content folder cannot be written")
        self.change = change


class Scribe:
    """`press.lock` must be held by whoever calls."""

    def __init__(self, database: Database, press: Press, now: Callable[[], datetime]) -> None:
        self._database = database
        self._press = press
        self._folder = press.folder
        self._audit = Audit(database, now)
        self._now = now

    async def carry_out(self, change: Change, pseudonym: str, reviewer: str | None) -> Outcome:
        """Write the file, make it current, and say so; whatever goes wrong puts back what was."""
        body = self.stamped(change, reviewer)
        former = await self._still(change)
        self._press.sound(await asyncio.to_thread(self._folder.trial, change.place, body))
        async with self._database.write() as db:
            await self.move(
                db,
                change.id,
                ChangeState.WRITING,
                body=body,
                former=former,
                accepted_by=pseudonym,
                reviewer=reviewer,
            )
        reprint, state = None, ChangeState.WAITING
        try:
            reprint = await self._written(change, body, former)
            state = ChangeState.DONE
        finally:
            async with self._database.write() as db:
                ended = self._now() if reprint else None
                kept = body if reprint else change.body
                done = await self.move(db, change.id, state, ended_at=ended, body=kept)
                if reprint:
                    await self.note(db, pseudonym, done)
        return Outcome(done, reprint)

    async def _written(self, change: Change, body: bytes, former: bytes | None) -> Reprint:
        try:
            await asyncio.to_thread(self._folder.write, change.place, body)
        except OSError:
            raise FolderClosed(change) from None
        reprint = None
        try:
            reprint = await self._press.reprint()
        finally:
            if reprint is None:
                await asyncio.to_thread(self._folder.write, change.place, former)
        return reprint

    def stamped(self, change: Change, reviewer: str | None) -> bytes:
        text = readable(change.body)
        if reviewer is not None:
            today = self._now().date().isoformat()
            fields = {"review": "approved", "reviewed_by": reviewer, "reviewed_on": today}
            return with_fields(text, fields).encode()
        if needs_review(text) and not self._press.accept_unreviewed:
            raise ContentRefused(ContentRefused.MUST_REVIEW)
        return change.body

    async def _still(self, change: Change) -> bytes | None:
        """The file, if it is what the change was compared with."""
        current = await asyncio.to_thread(self._folder.body, change.place)
        if (None if current is None else digest(current)) == change.base:
            return current
        async with self._database.write() as db:
            await self.move(db, change.id, ChangeState.VOID, ended_at=self._now())
        raise ContentMoved(ChangeState.VOID)

    async def recover(self) -> None:
        """After a kill amid the writing: either the file was replaced, or it was not."""
        async with self._database.write() as db:
            for change in await store.in_state(db, ChangeState.WRITING):
                body = await asyncio.to_thread(self._folder.body, change.place)
                is_written = body is not None and digest(body) == change.digest
                state = ChangeState.DONE if is_written else ChangeState.VOID
                done = await self.move(db, change.id, state, ended_at=self._now())
                if is_written:
                    await self.note(db, done.accepted_by or "", done)

    async def note(self, db: Connection, pseudonym: str, done: Change) -> None:
        act = "text reviewed" if done.reviewer else "text accepted"
        await self._audit.note_in(db, pseudonym, act, f"text:{done.place}", done.digest)

    async def move(
        self, db: Connection, number: int, state: ChangeState, **columns: object
    ) -> Change:
        origin = (*OPEN, ChangeState.WRITING)
        await store.move(db, number, origin, state, **columns)
        change = await store.one(db, number)
        assert change is not None
        return change


def readable(body: bytes) -> str:
    """Raises:
    ContentRefused: It is too long, or in no encoding that can be read.
    """
    if len(body) > LARGEST:
        raise ContentRefused(ContentRefused.TOO_LARGE)
    try:
        return body.decode()
    except UnicodeDecodeError:
        raise ContentRefused(ContentRefused.NOT_TEXT) from None
