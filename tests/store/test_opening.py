"""A file that is not ours to open stays as it is, byte by byte."""

from pathlib import Path

import pytest

from bot.errors import DatabaseNewer, StartRefused, WrongKey, WrongPurpose
from bot.store import open_database
from bot.store.opening import LIVE, PLAYGROUND
from tests.conftest import KEY


async def make(path: Path, purpose: str = LIVE, *, version: str | None = None) -> bytes:
    """A database that was closed in order; gives its bytes."""
    database = await open_database(path, KEY, purpose)
    if version:
        async with database.write() as db:
            await db.exec_driver_sql(f"UPDATE alembic_version SET version_num = '{version}'")
    await database.close()
    return read(path)


async def test_a_new_file_is_made_with_its_folder(path: Path) -> None:
    await make(path)

    assert path.parent.stat().st_mode & 0o777 == 0o700


async def test_opening_it_again_changes_nothing(path: Path) -> None:
    before = await make(path)

    assert await make(path) == before


async def test_a_newer_database_is_refused_untouched(path: Path) -> None:
    before = await make(path, version="9999")

    with pytest.raises(DatabaseNewer, match=r"newer version of Vigil.*Start that version"):
        await open_database(path, KEY)
    assert read(path) == before
    assert names(path.parent) == [path.name]


async def test_a_wrong_key_is_refused_and_the_file_untouched(path: Path) -> None:
    before = await make(path)

    with pytest.raises(WrongKey, match="does not open with this key") as caught:
        await open_database(path, "00" * 32)
    assert read(path) == before
    assert "00" * 8 not in str(caught.value)


async def test_what_is_no_database_is_refused_and_untouched(path: Path) -> None:
    before = write(path, b"my notes\n" * 1_000)

    with pytest.raises(WrongKey):
        await open_database(path, KEY)
    assert read(path) == before


async def test_a_folder_in_its_place_is_refused_with_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(StartRefused, match="cannot be opened as a database"):
        await open_database(tmp_path, KEY)


@pytest.mark.parametrize(("made", "opened"), [(LIVE, PLAYGROUND), (PLAYGROUND, LIVE)])
async def test_live_and_playground_never_mix(path: Path, made: str, opened: str) -> None:
    before = await make(path, made)

    with pytest.raises(WrongPurpose, match=f"is a {made} database, and this is a {opened} start"):
        await open_database(path, KEY, opened)
    assert read(path) == before


def read(path: Path) -> bytes:
    return path.read_bytes()


def write(path: Path, content: bytes) -> bytes:
    path.parent.mkdir()
    path.write_bytes(content)
    return content


def names(folder: Path) -> list[str]:
    return [one.name for one in folder.iterdir()]
