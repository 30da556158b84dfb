"""Claims and outcomes on their way into the database, as many as there are in one transaction."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime

from bot.models import Alert
from bot.store import Database, deliveries
from bot.store.deliveries import Record

log = logging.getLogger(__name__)
_PAUSE = 1.0  # seconds after a transaction that failed


@dataclass
class _Claim:
    alert: Alert
    person: int
    granted: asyncio.Future[bool] = field(
        default_factory=lambda: asyncio.get_running_loop().create_future()
    )


@dataclass
class _Entry:
    record: Record
    written: asyncio.Future[None] = field(
        default_factory=lambda: asyncio.get_running_loop().create_future()
    )


class Ledger:
    """Group commit: while one transaction is under way, the others gather for the next.

    So one message costs two commits when it is alone, and far less when many are sent at once.
    """

    def __init__(
        self,
        database: Database,
        now: Callable[[], datetime],
        sleep: Callable[[float], Awaitable[None]],
    ) -> None:
        self._database = database
        self._now = now
        self._sleep = sleep
        self._claims: list[_Claim] = []
        self._entries: list[_Entry] = []
        self._writing: asyncio.Task[None] | None = None

    async def claim(self, alert: Alert, person: int) -> bool:
        """Mark a row as on its way, if it may still go; true once that is on the disk."""
        claim = _Claim(alert, person)
        self._claims.append(claim)
        self._write()
        return await claim.granted

    async def record(self, record: Record) -> None:
        """Write what became of a claimed row; returns once that is on the disk."""
        entry = _Entry(record)
        self._entries.append(entry)
        self._write()
        await entry.written

    async def close(self) -> None:
        """End what is under way. Rows whose outcome could not be written are unknown from then."""
        if self._writing is not None:
            self._writing.cancel()
            await asyncio.wait([self._writing])

    def _write(self) -> None:
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._flush())

    async def _flush(self) -> None:
        while self._claims or self._entries:
            claims, self._claims = self._claims, []
            entries, self._entries = self._entries, []
            [result] = await asyncio.gather(self._commit(claims, entries), return_exceptions=True)
            if isinstance(result, BaseException):
                # What was sent must not be forgotten; what was not can wait for its next turn.
                log.error("The ledger could not be written (%s).", type(result).__name__)
                self._entries = entries + self._entries
                _answer(claims, set())
                await self._sleep(_PAUSE)
                continue
            _answer(claims, result)
            for entry in entries:
                if not entry.written.done():
                    entry.written.set_result(None)

    async def _commit(self, claims: list[_Claim], entries: list[_Entry]) -> set[tuple[int, int]]:
        """Which claims were granted, as alert and person."""
        wanted: dict[int, tuple[Alert, list[int]]] = {}
        for claim in claims:
            wanted.setdefault(claim.alert.id, (claim.alert, []))[1].append(claim.person)
        granted: set[tuple[int, int]] = set()
        async with self._database.write() as db:
            await deliveries.record(db, [entry.record for entry in entries], self._now())
            for alert, people in wanted.values():
                may_go = await deliveries.claim(db, alert, people, self._now())
                granted |= {(alert.id, person) for person in may_go}
        return granted


def _answer(claims: list[_Claim], granted: set[tuple[int, int]]) -> None:
    for claim in claims:
        row = (claim.alert.id, claim.person)
        if not claim.granted.done():
            claim.granted.set_result(row in granted)
        granted.discard(row)  # should two have asked for the same one
