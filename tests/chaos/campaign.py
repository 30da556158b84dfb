"""One alert, the people it is for, and a process that sends it and is killed meanwhile."""

import asyncio
import sys
import time
from asyncio.subprocess import DEVNULL, PIPE, STDOUT
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlcipher3.dbapi2 import OperationalError

from bot.models import AlertState, Member, Role
from bot.store import open_database, staff
from bot.store._cipher import connect
from playground.faults import Fault
from playground.world import World
from tests.conftest import KEY
from tests.delivery.ledgers import Book
from tests.process import Program, environment, on_telegram

PATIENCE = 60  # seconds; only what hangs takes that long
GLANCE = 0.02  # seconds between two looks into another process's database
LASTS = 0.5  # seconds; the program's own transactions take hundredths of that

# SQLite never comes to the end of this view: a trigger that counts it stops the process within
# the very transaction that fired it, for as long as one likes.
_ENDLESS = (
    "CREATE VIEW endless AS WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) "
    "SELECT x FROM n"
)


class Campaign:
    """`at_kills` counts the rows that were on the wire whenever the process died."""

    def __init__(self, world: World, url: str, folder: Path) -> None:
        self.world = world
        self.people = list(world.crowd.ids)
        self.number = 0
        self.at_kills = 0
        self._folder = folder
        self._path = folder / "var" / "vigil.db"
        self._settings = on_telegram(world, url) | {"database_key": KEY}

    async def prepare(self, state: AlertState = AlertState.SENDING) -> None:
        """An alert that is being sent to all of them, or one that becomes due at once."""
        database = await open_database(self._path, KEY)
        book, now = Book(database), datetime.now(UTC)
        await book.enrol(self.people)
        owner = Member(self.world.admins[0].id, Role.SUPPORTER, "S-0001", now)
        async with database.write() as db:
            await staff.put(db, owner)
        self.number = await book.alert(
            self.people if state is AlertState.SENDING else (),
            state=state,
            counted=len(self.people),
            approver=owner.pseudonym,
            not_before=now,
            expires_at=now + timedelta(days=1),
            started_at=now if state is AlertState.SENDING else None,
            touched_at=now if state is AlertState.SENDING else None,
        )
        await database.close()

    @asynccontextmanager
    async def running(self, *arguments: str, rate: int = 30) -> AsyncIterator[Program]:
        """The program on this database; by default `python -m bot run`."""
        settings = self._settings | {"messages_per_second": rate}
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", *(arguments or ("bot", "run"))),
            cwd=self._folder,
            env=environment(self._folder, **settings),
            stdin=DEVNULL,
            stdout=PIPE,
            stderr=STDOUT,
        )
        program = Program(process)
        try:
            yield program
        finally:
            if process.returncode is None:
                process.kill()
            await program.ended()

    async def kill(self, program: Program) -> None:
        await program.kill()
        self.at_kills += self.states()["sending"]

    def trap(self, event: str) -> None:
        """Let the process stop for ever at this event of a trigger, inside its transaction."""
        self.execute(_ENDLESS)
        self.execute(f"CREATE TRIGGER trap {event} BEGIN SELECT count(*) FROM endless; END")

    def spring(self) -> None:
        """Take the trap away."""
        self.execute("DROP TRIGGER trap")
        self.execute("DROP VIEW endless")

    async def trapped(self) -> None:
        """Until the process stands still inside a transaction."""
        since = time.monotonic()
        async with asyncio.timeout(PATIENCE):
            while time.monotonic() - since < LASTS:
                if not self._is_locked():
                    since = time.monotonic()
                await asyncio.sleep(GLANCE)

    async def reaches(self, state: str, number: int) -> None:
        """Until so many rows at least are in this state."""
        await _until(lambda: self.states()[state] >= number)

    async def quiet(self) -> None:
        """Until nothing is on the wire."""
        await _until(lambda: not self.states()["sending"])

    async def finished(self) -> None:
        await _until(lambda: self.state() == AlertState.FINISHED)

    def withhold(self, *, after_effect: bool) -> None:
        """Let nobody of the crowd's messages have an answer, once for each."""
        for person in self.people:
            fault = Fault("timeout", "sendMessage", chat=person, after_effect=after_effect)
            self.world.faults.add(fault)

    def state(self) -> str:
        [[state]] = self.execute("SELECT state FROM alerts WHERE alert_id = ?", self.number)
        return str(state)

    def set_state(self, state: AlertState) -> None:
        self.execute("UPDATE alerts SET state = ? WHERE alert_id = ?", state.value, self.number)

    def rows(self) -> dict[int, str]:
        """The state of each person's row."""
        query = "SELECT supporter_id, state FROM deliveries WHERE alert_id = ?"
        return dict(self.execute(query, self.number))

    def states(self) -> Counter[str]:
        return Counter(self.rows().values())

    def received(self) -> Counter[int]:
        """How many messages each person has, as the other side knows it."""
        chats = {person: self.world.chat(person).messages for person in self.people}
        return Counter({person: len(messages) for person, messages in chats.items()})

    def check(self) -> None:
        """That the books are closed and right."""
        rows, states, received = self.rows(), self.states(), self.received()
        assert self.state() == AlertState.FINISHED
        assert sorted(rows) == self.people
        closed = states["sent"] + states["skipped"] + states["failed"] + states["unknown"]
        assert closed == states.total() == len(self.people)
        assert max(received.values()) == 1  # nobody has two
        for person, state in rows.items():
            match state:
                case "sent":
                    assert received[person] == 1
                case "failed" | "skipped":
                    assert received[person] == 0
        assert states["unknown"] <= self.at_kills

    def execute(self, statement: str, *values: Any) -> list[Any]:
        with closing(connect(self._path, KEY)) as connection:
            found: list[Any] = connection.execute(statement, values).fetchall()
            return found

    def _is_locked(self) -> bool:
        with closing(connect(self._path, KEY)) as connection:
            connection.execute("PRAGMA busy_timeout = 0")
            try:
                connection.execute("BEGIN IMMEDIATE")
            except OperationalError:
                return True
            return False


async def _until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not condition():  # noqa: ASYNC110 - another process changes it and tells nobody
            await asyncio.sleep(GLANCE)
