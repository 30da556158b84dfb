from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.services.wishes import Wishes
from bot.store import Database, open_database
from tests.conftest import KEY, wishes_of


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "vigil.db"


@pytest.fixture
async def database(path: Path) -> AsyncIterator[Database]:
    opened = await open_database(path, KEY)
    yield opened
    await opened.close()


@pytest.fixture
def wishes(database: Database) -> Wishes:
    return wishes_of(database)
