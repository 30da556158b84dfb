"""A database that is set back: what a restored backup, or a snapshot of a machine, comes to."""

from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import datetime
from pathlib import Path
from shutil import copy

import pytest

from bot.app import outgoing
from bot.content import Content
from bot.journal import Journal
from bot.marker import Marker
from bot.services.choices import Choices
from bot.services.copies import Copies, Missed
from bot.services.petitions import Petitions
from bot.services.supporters import Supporters
from bot.services.wishes import Wishes
from bot.store import Connection, Database, open_database
from tests.conftest import KEY, NOON, Start, Vigil

Backup = Callable[[Vigil], Awaitable[None]]
Restore = Callable[..., Awaitable[Vigil]]
Begin = Callable[[], Awaitable[Copies]]


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    return tmp_path / "backup.db"


@pytest.fixture
def back_up(kept: Path) -> Backup:
    """Keep the database as it is now, beside a bot that goes on."""

    async def run(vigil: Vigil) -> None:
        assert await vigil.database.truncate_log()
        copy(vigil.database.path, kept)
        await vigil.services.copies.turn()  # a minute passes

    return run


@pytest.fixture
def restore(start: Start, kept: Path) -> Restore:
    """End the bot, put the backup in the place of its database, and start it again."""

    async def run(vigil: Vigil, **changes: object) -> Vigil:
        await end(vigil)
        copy(kept, vigil.database.path)
        return await start(**changes)

    return run


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    opened = await open_database(tmp_path / "data" / "vigil.db", KEY)
    yield opened
    await opened.close()


@pytest.fixture
def marker(tmp_path: Path) -> Marker:
    return Marker(tmp_path / "state" / "vigil.marker")


@pytest.fixture
def begin(database: Database, marker: Marker, content: Content, tmp_path: Path) -> Begin:
    """What happens at a start, without anything that speaks."""

    async def run() -> Copies:
        wishes = Wishes(Journal(tmp_path / "state" / "vigil.journal", KEY), now)
        supporters, choices = Supporters(database, wishes, now), Choices(database, wishes, now)
        petitions = Petitions(database, lambda: content, wishes, now)
        missed = Missed(database, wishes, supporters, choices, petitions, no_cases, now)
        copies = Copies(database, marker, wishes, missed, now)
        await copies.begin()
        return copies

    return run


async def no_cases(_: Connection, __: Callable[[str], bool]) -> None:
    """There are none here that a family could have ended."""


def now() -> datetime:
    return NOON


async def end(vigil: Vigil) -> None:
    """All that is left of it is what it has written."""
    await vigil.intake.stop()
    await outgoing(vigil.app).sender.stop()
    await vigil.database.close()
