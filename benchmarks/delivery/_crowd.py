"""A database of Vigil's own with many supporters, and an urgent action that is for all of them."""

import asyncio
import shutil
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import sqlalchemy as sa

from benchmarks.delivery._messages import TEXT
from benchmarks.delivery._stub import FIRST_PERSON, STEP
from bot.delivery.ledger import Ledger
from bot.delivery.rendering import digest
from bot.i18n import Catalogues
from bot.models import AlertKind, AlertState, Audience, DeliveryState, Topic, Words
from bot.services.choices import CURRENT
from bot.store import Database, alerts, open_database
from bot.store import deliveries as store
from bot.store._cipher import connect
from bot.store.deliveries import Record
from bot.store.schema import choices, deliveries, supporters

KEY = "5" * 64
LANGUAGES = ("en",)
SETTLED_FROM = 4_000_000
"""Ids of messages from here on were never sent: their rows were settled without network."""
_MB = 1_000_000
_BATCH = 500
_CHOSE = (
    "WHERE stopped_at IS NULL AND unreachable_since IS NULL AND EXISTS (SELECT 1 FROM choices"
    " WHERE choices.supporter_id = supporters.supporter_id"
    " AND topic = 'urgent' AND about = '' AND version = 1)"
)


@dataclass(frozen=True)
class Bare:
    """A bare INSERT … SELECT of the same rows.

    Attributes:
        seconds: Of all supporters, without a question.
        asked: Seconds, when it asks of each whether she chose it, as the ledger must.
        mb: What it added.
    """

    seconds: float
    asked: float
    mb: float


@dataclass(frozen=True)
class Count:
    """Rows of the ledger.

    Attributes:
        by_state: All of them.
        noted: Those that are sent, and whose message's id is one that the server gave.
    """

    by_state: dict[str, int]
    noted: int


def prepare(path: Path, people: int) -> int:
    """Make the database and the action; the action's number."""
    return asyncio.run(_prepare(path, people))


async def _prepare(path: Path, people: int) -> int:
    database = await open_database(path, KEY)
    try:
        await _enrol(database, people)
        number = await _alert(database)
        await database.truncate_log()
    finally:
        await database.close()
    return number


async def _enrol(database: Database, people: int) -> None:
    now = datetime.now(UTC)
    first = sa.select(sa.literal(0).label("n")).cte("numbers", recursive=True)
    numbers = first.union_all(sa.select(first.c.n + 1).where(first.c.n + 1 < people))
    person = sa.literal(FIRST_PERSON) + numbers.c.n * STEP
    at = sa.literal(now, supporters.c.since.type)
    yes = (sa.literal(Topic.URGENT.value), sa.literal(""), sa.literal("yes"))
    chosen = sa.select(person, *yes, sa.literal(CURRENT[Topic.URGENT]), at)
    names = ["supporter_id", "topic", "about", "wording", "version", "chosen_at"]
    async with database.write() as db:
        await db.execute(
            sa.insert(supporters).from_select(
                ["supporter_id", "language", "since"], sa.select(person, sa.literal("en"), at)
            )
        )
        await db.execute(sa.insert(choices).from_select(names, chosen))


async def _alert(database: Database) -> int:
    now = datetime.now(UTC)
    audience = Audience(((Topic.URGENT, ""),))
    async with database.write() as db:
        number = await alerts.add(db, AlertKind.URGENT, "UTC", audience, now)
        await alerts.put_words(db, number, "en", Words(TEXT))
        await alerts.change(
            db,
            number,
            state=AlertState.SENDING,
            started_at=now,
            expires_at=now + timedelta(days=1),
            enlisted_to=0,
        )
        written = await alerts.alert(db, number)
        assert written is not None
        await alerts.change(db, number, digest=digest(written, Catalogues(LANGUAGES)))
    return number


def bare(path: Path) -> Bare:
    """In a copy, so that nothing of it is left."""
    copy = path.with_name("bare.db")
    shutil.copyfile(path, copy)
    connection = connect(copy, KEY)
    connection.execute("PRAGMA journal_mode = WAL")
    begun_mb = _used_mb(connection)
    seconds = _inserted(connection, "bare", "")
    mb = _used_mb(connection) - begun_mb
    found = Bare(seconds, _inserted(connection, "asked", _CHOSE), mb)
    connection.close()
    for file in path.parent.glob("bare.db*"):
        file.unlink()
    return found


def _inserted(connection: sa.engine.interfaces.DBAPIConnection, table: str, which: str) -> float:
    connection.execute(
        f"CREATE TABLE {table} (alert_id INTEGER, supporter_id INTEGER, state INTEGER NOT NULL,"
        " PRIMARY KEY (alert_id, supporter_id)) WITHOUT ROWID"
    )
    begun = time.perf_counter()
    connection.execute(f"INSERT INTO {table} SELECT 1, supporter_id, 0 FROM supporters {which}")
    return time.perf_counter() - begun


def used_mb(path: Path) -> float:
    connection = connect(path, KEY)
    try:
        return _used_mb(connection)
    finally:
        connection.close()


def _used_mb(connection: sa.engine.interfaces.DBAPIConnection) -> float:
    """Of pages that hold something, whether they stand in the file or in the log yet."""

    def ask(pragma: str) -> int:
        return int(connection.execute(f"PRAGMA {pragma}").fetchone()[0])

    return (ask("page_count") - ask("freelist_count")) * ask("page_size") / _MB


def count(path: Path, number: int) -> Count:
    return asyncio.run(_count(path, number))


async def _count(path: Path, number: int) -> Count:
    """Rows are read as they are; nothing is recovered."""
    database = Database(path, KEY)
    mine = deliveries.c.alert_id == number
    states = sa.select(deliveries.c.state, sa.func.count()).where(mine)
    given = deliveries.c.message_id < SETTLED_FROM
    noted = sa.select(sa.func.count()).where(mine, deliveries.c.state == DeliveryState.SENT, given)
    try:
        async with database.read() as db:
            found = await db.execute(states.group_by(deliveries.c.state))
            by_state = {state.value: amount for state, amount in found}
            return Count(by_state, await db.scalar(noted) or 0)
    finally:
        await database.close()


def settle(path: Path, number: int, leave: int) -> float:
    """Settle rows in the ledger as if they were sent, until so many are left; rows a second."""
    return asyncio.run(_settle(path, number, leave))


async def _settle(path: Path, number: int, leave: int) -> float:
    database = Database(path, KEY)
    ledger = Ledger(database, lambda: datetime.now(UTC), asyncio.sleep)
    begun, settled, after = time.perf_counter(), 0, 0
    try:
        async with database.read() as db:
            alert = await alerts.alert(db, number)
            pending = (await store.totals(db, number)).get((DeliveryState.PENDING, ""), 0)
        assert alert is not None
        while left := max(0, min(_BATCH, pending - leave - settled)):
            async with database.read() as db:
                people = await store.recipients(db, number, after, left, datetime.now(UTC))
            granted = await asyncio.gather(*(ledger.claim(alert, one) for one in people))
            for grant in granted:
                assert grant is not None
                message = SETTLED_FROM + settled
                ledger.note(Record(number, grant.person, DeliveryState.SENT, message_id=message))
                settled += 1
            after = people[-1]
        await ledger.written()
    finally:
        await database.close()
    return settled / (time.perf_counter() - begun)
