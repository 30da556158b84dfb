from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.journal import Journal
from bot.services.wishes import Wishes
from bot.store import Database, open_database
from tests.conftest import KEY, NOON


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "vigil.db"


@pytest.fixture
async def database(path: Path) -> AsyncIterator[Database]:
    opened = await open_database(path, KEY)
    yield opened
    await opened.close()


@pytest.fixture
def wishes(tmp_path: Path) -> Wishes:
    return Wishes(Journal(tmp_path / "state" / "vigil.journal", KEY), lambda: NOON)
