"""A program that stood still, as in a machine that was suspended: what fell due meanwhile."""

import asyncio
import os
import signal
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.models import AlertState, Member, Role
from bot.store import open_database, staff
from playground.world import World
from tests.chaos.books import Books
from tests.conftest import KEY
from tests.delivery.ledgers import Book
from tests.handlers.organiser.desk import crowded
from tests.process import PATIENCE, READY, Program, on_telegram, polling, program

FEW = 12
STILL = 3  # seconds; several looks are missed by more than the scheduler forgives
HOUR = timedelta(hours=1)
GLANCE = 0.02


@pytest.fixture
async def world() -> World:
    return crowded(FEW)


async def approved(folder: Path, world: World) -> Books:
    """An alert to all of the crowd that is due in an hour, on a database of its own."""
    books, now = Books(folder / "var" / "vigil.db"), datetime.now(UTC)
    owner = Member(world.admins[0].id, Role.SUPPORTER, "S-0001", now)
    database = await open_database(books.path, KEY)
    book = Book(database)
    await book.enrol(world.crowd.ids)
    async with database.write() as db:
        await staff.put(db, owner)
    books.number = await book.alert(
        (),
        state=AlertState.APPROVED,
        counted=FEW,
        approver=owner.pseudonym,
        not_before=now + HOUR,
        expires_at=now + 24 * HOUR,
        started_at=None,
    )
    await database.close()
    return books


async def stop(running: Program, books: Books) -> None:
    """Let it stand still wherever it is, but in no transaction: nobody else could write then."""
    async with asyncio.timeout(PATIENCE):
        while True:
            running.process.send_signal(signal.SIGSTOP)
            await asyncio.to_thread(os.waitpid, running.process.pid, os.WUNTRACED)
            if not books.are_locked():
                return
            running.process.send_signal(signal.SIGCONT)
            await asyncio.sleep(GLANCE)


async def becomes(books: Books, state: AlertState) -> None:
    async with asyncio.timeout(PATIENCE):
        while books.state() is not state:  # noqa: ASYNC110 - another process writes it
            await asyncio.sleep(GLANCE)


async def test_what_falls_due_while_it_stands_still_goes_out_once_afterwards(
    tmp_path: Path, world: World, url: str
) -> None:
    books = await approved(tmp_path, world)
    async with program(tmp_path, "run", **on_telegram(world, url), database_key=KEY) as running:
        await running.says(READY)
        await polling(world)
        await stop(running, books)
        books.fall_due(datetime.now(UTC))
        await asyncio.sleep(STILL)
        assert books.state() is AlertState.APPROVED
        running.process.send_signal(signal.SIGCONT)
        await becomes(books, AlertState.FINISHED)
        assert await running.end() == 0
    assert world.crowd.received == dict.fromkeys(world.crowd.ids, 1)
    assert "Traceback" not in running.output
