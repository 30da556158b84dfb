"""Claims and outcomes on their way into the database, as many as there are in one transaction."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime

from bot.models import Alert, Grant
from bot.store import Database, deliveries
from bot.store.deliveries import Record

log = logging.getLogger(__name__)
_PAUSE = 1.0  # seconds after a transaction that failed
_MANY = 4  # rows in one transaction; so many come only when much is sent
_GATHERING = 0.015  # seconds


@dataclass
class _Claim:
    alert: Alert
    person: int
    granted: asyncio.Future[Grant | None] = field(
        default_factory=lambda: asyncio.get_running_loop().create_future()
    )


class Ledger:
    """Group commit: while one transaction is under way, the others gather for the next.

    So one message costs two commits when it is alone, and far less when many are sent at once;
    then each transaction waits a moment for more of them.
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
        self._records: list[Record] = []
        self._writing: asyncio.Task[None] | None = None

    async def claim(self, alert: Alert, person: int) -> Grant | None:
        """Mark a row as on its way, if it may still go; returns once that is on the disk."""
        claim = _Claim(alert, person)
        self._claims.append(claim)
        self._write()
        return await claim.granted

    def note(self, record: Record) -> None:
        """Write what became of a claimed row, soon; until then it counts as on its way."""
        self._records.append(record)
        self._write()

    async def written(self) -> None:
        """Return once all that was noted is on the disk."""
        while self._writing is not None and not self._writing.done():
            await asyncio.wait([self._writing])

    async def close(self) -> None:
        """End what is under way. Rows whose outcome could not be written are unknown from then."""
        if self._writing is not None:
            self._writing.cancel()
            await asyncio.wait([self._writing])

    def _write(self) -> None:
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._flush())

    async def _flush(self) -> None:
        while self._claims or self._records:
            claims, self._claims = self._claims, []
            records, self._records = self._records, []
            [result] = await asyncio.gather(self._commit(claims, records), return_exceptions=True)
            if isinstance(result, BaseException):
                # What was sent must not be forgotten; what was not can wait for its next turn.
                log.error("The ledger could not be written (%s).", type(result).__name__)
                self._records = records + self._records
                _answer(claims, {})
                await self._sleep(_PAUSE)
                continue
            _answer(claims, result)
            if len(claims) + len(records) >= _MANY:
                await asyncio.sleep(_GATHERING)

    async def _commit(
        self, claims: list[_Claim], records: list[Record]
    ) -> dict[tuple[int, int], Grant]:
        """What was granted, by alert and person."""
        wanted: dict[int, tuple[Alert, list[int]]] = {}
        for claim in claims:
            wanted.setdefault(claim.alert.id, (claim.alert, []))[1].append(claim.person)
        granted: dict[tuple[int, int], Grant] = {}
        async with self._database.write() as db:
            await deliveries.record(db, records, self._now())
            for alert, people in wanted.values():
                for grant in await deliveries.claim(db, alert, people, self._now()):
                    granted[alert.id, grant.person] = grant
        return granted


def _answer(claims: list[_Claim], granted: dict[tuple[int, int], Grant]) -> None:
    for claim in claims:
        grant = granted.pop((claim.alert.id, claim.person), None)  # to one of those who asked
        if not claim.granted.done():
            claim.granted.set_result(grant)
