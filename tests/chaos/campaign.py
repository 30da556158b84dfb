"""One alert, the people it is for, and a process that sends it and is killed meanwhile."""

import asyncio
import sys
import time
from asyncio.subprocess import DEVNULL, PIPE, STDOUT
from collections import Counter
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path

from bot.models import AlertState, DeliveryState, Member, Role
from bot.store import open_database, staff
from playground.calls import Call
from playground.faults import Fault, Mixture
from playground.wire import Request
from playground.world import World
from tests.chaos.books import Books
from tests.conftest import KEY
from tests.delivery.ledgers import Book
from tests.process import READY, Program, environment, on_telegram

# Of all messages. The last four leave nobody knowing what happened.
SHARES = {"429": 0.005, "403": 0.03, "500": 0.01, "502": 0.01, "reset": 0.01, "lost": 0.015}
FAST = "tests.chaos.fast"
PATIENCE = 120  # seconds; only what hangs takes that long
GLANCE = 0.02  # seconds between two looks into another process's database
LASTS = 0.5  # seconds; the program's own transactions take hundredths of that

Tell = Callable[[str, object], None]


class Campaign:
    """What the test does to the program, and what must be true of its books afterwards.

    Attributes:
        on_the_wire: Whose rows were there whenever the process died.
        resumed: How often too many errors had held the alert, and it was let go on.
    """

    def __init__(self, world: World, url: str, folder: Path, seed: int, tell: Tell) -> None:
        self.world = world
        self.people = list(world.crowd.ids)
        self.on_the_wire = set[int]()
        self.resumed = 0
        self.books = Books(folder / "var" / "vigil.db")
        self._seed = seed
        self._tell = tell
        self._folder = folder
        self._program: Program | None = None
        self._settings = on_telegram(world, url) | {"database_key": KEY}
        world.faults.mixture = Mixture(seed, SHARES)

    async def prepare(self, state: AlertState = AlertState.SENDING) -> None:
        """An alert that is being sent to all of them, or one that becomes due at once."""
        database = await open_database(self.books.path, KEY)
        book, now = Book(database), datetime.now(UTC)
        await book.enrol(self.people)
        owner = Member(self.world.admins[0].id, Role.SUPPORTER, "S-0001", now)
        async with database.write() as db:
            await staff.put(db, owner)
        self.books.number = await book.alert(
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
    async def running(self, module: str = FAST, rate: float = 30) -> AsyncIterator[Program]:
        """The program on this database; with "bot" and "run" at a rate that an operator can set."""
        arguments = [module, "run"] if module == "bot" else [module]
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", *arguments),
            cwd=self._folder,
            env=environment(self._folder, **self._settings, messages_per_second=rate),
            stdin=DEVNULL,
            stdout=PIPE,
            stderr=STDOUT,
        )
        self._program = program = Program(process)
        try:
            yield program
        finally:
            if process.returncode is None:
                process.kill()
            await program.ended()

    async def kill(self, program: Program) -> None:
        await program.kill()
        self.on_the_wire |= self.people_in(DeliveryState.SENDING)

    async def completes(self, state: AlertState = AlertState.FINISHED) -> None:
        """The next process brings it to its end, and the books are right."""
        async with self.running() as program:
            await program.says(READY)
            await self.becomes(state)
            assert await program.end() == 0
        self.check(state)

    async def becomes(self, state: AlertState) -> None:
        await self._until(lambda: self.books.state() is state)

    async def reaches(self, state: DeliveryState, number: int) -> None:
        """Until so many rows at least are in this state."""
        await self._until(lambda: len(self.people_in(state)) >= number)

    async def written(self, number: int) -> None:
        """Until so many have a row."""
        await self._until(lambda: len(self.books.rows()) >= number)

    async def calls(self, number: int) -> None:
        """Until Telegram was asked so often for a message to one of them, or all is over."""
        await self._until(lambda: self.asked >= number or self.books.state() is AlertState.FINISHED)

    async def is_told_to_wait(self, person: int) -> None:
        await self._until(lambda: any(call.chat_id == person for call in self._asked(429)))

    async def quiet(self) -> None:
        """Until nothing is on the wire."""
        await self._until(lambda: not self.people_in(DeliveryState.SENDING))

    async def trapped(self) -> None:
        """Until the process stands still inside a transaction."""
        since = time.monotonic()
        async with asyncio.timeout(PATIENCE):
            while time.monotonic() - since < LASTS:
                if not self.books.are_locked():
                    self._resume()
                    since = time.monotonic()
                await asyncio.sleep(GLANCE)

    def withhold(self, *, after_effect: bool) -> None:
        """Let nobody of the crowd's messages have an answer, once for each."""
        for person in self.people:
            fault = Fault("timeout", "sendMessage", chat=person, after_effect=after_effect)
            self.world.faults.add(fault)

    def spared(self, number: int) -> int:
        """Somebody, the so many'th from the first, whose message meets no failure by itself."""
        luck = Mixture(self._seed, SHARES)
        lucky = (
            person
            for person in self.people
            if not (luck.take(_message_to(person)) or self.world.people[person].blocked)
        )
        return next(islice(lucky, number, None))

    @property
    def asked(self) -> int:
        """How often Telegram was asked for a message to one of them."""
        return len(self._asked())

    def people_in(self, state: DeliveryState) -> set[int]:
        return {person for person, found in self.books.rows().items() if found is state}

    def states(self) -> Counter[DeliveryState]:
        return Counter(self.books.rows().values())

    def received(self) -> Mapping[int, int]:
        """How many messages each person has, as the other side knows it."""
        return {person: len(self.world.chat(person).messages) for person in self.people}

    def tell(self, name: str) -> None:
        """Put a line into the table that the run ends with."""
        states, delivered = self.states(), sum(self.received().values())
        numbers = [states[state] for state in DeliveryState]
        self._tell("chaos", [name, *numbers, delivered, self.resumed])

    def check_meanwhile(self) -> None:
        """What is true of the books at any time."""
        states, delivered = self.states(), sum(self.received().values())
        is_open = states[DeliveryState.PENDING] or states[DeliveryState.SENDING]
        assert not (is_open and self.books.state() is AlertState.FINISHED)
        perhaps = states[DeliveryState.SENDING] + states[DeliveryState.UNKNOWN]
        assert states[DeliveryState.SENT] <= delivered <= states[DeliveryState.SENT] + perhaps
        assert max(self.received().values()) <= 1  # nobody has two

    def check(self, state: AlertState = AlertState.FINISHED) -> None:
        """That the books are closed and right."""
        rows, received = self.books.rows(), self.received()
        assert self.books.state() is state
        assert sorted(rows) == self.people
        assert not {DeliveryState.PENDING, DeliveryState.SENDING} & set(rows.values())
        assert max(received.values()) <= 1
        for person, found in rows.items():
            if found is not DeliveryState.UNKNOWN:
                assert received[person] == (found is DeliveryState.SENT)
        unanswered = {call.chat_id for call in self._asked(0, 500, 502)}
        assert self.people_in(DeliveryState.UNKNOWN) == self.on_the_wire | unanswered

    def check_pace(self) -> None:
        """Telegram never had a reason of its own to say no, but that somebody had blocked us."""
        luck = Mixture(self._seed, SHARES)
        for call in self._asked():
            if luck.take(_message_to(call.chat_id)) is None:
                assert call.chat_id is not None
                assert call.status == (403 if self.world.people[call.chat_id].blocked else 200)

    async def _until(self, condition: Callable[[], bool]) -> None:
        until = time.monotonic() + PATIENCE
        while not condition():
            assert self._program
            assert self._program.process.returncode is None, f"it ended:\n{self._program}"
            assert time.monotonic() < until, f"nothing came of it:\n{self._program}"
            self._resume()
            await asyncio.sleep(GLANCE)

    def _asked(self, *statuses: int) -> list[Call]:
        calls = (call for call in self.world.calls if call.chat_id in self.world.crowd.ids)
        return [call for call in calls if not statuses or call.status in statuses]

    def _resume(self) -> None:
        """As an admin does when too many errors have held the alert."""
        if self.books.state() is AlertState.HELD:
            self.books.set_state(AlertState.SENDING)
            self.resumed += 1


def _message_to(person: int | None) -> Request:
    return Request("sendMessage", {"chat_id": person})
