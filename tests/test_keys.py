"""The key lies outside the data, is made once, and is never guessed."""

import logging
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.errors import StartRefused
from bot.keys import database_key, key_file, state_file
from bot.settings import Settings
from tests.conftest import KEY


@pytest.fixture(autouse=True)
def home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    return tmp_path / "home"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(_env_file=None, database=tmp_path / "data" / "vigil.db")


def test_a_key_is_made_once_for_its_owner_only(
    settings: Settings, home: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO):
        key = database_key(settings)

    file = key_file(settings.database)
    assert file.parent == home / ".config" / "vigil"
    assert file.stat().st_mode & 0o777 == 0o600
    assert file.read_text() == f"{key}\n"
    assert len(bytes.fromhex(key)) == 32
    assert str(file) in caplog.text
    assert key not in caplog.text
    assert database_key(settings) == key


def test_each_database_has_a_key_of_its_own(settings: Settings, tmp_path: Path) -> None:
    other = settings.model_copy(update={"database": tmp_path / "other" / "vigil.db"})

    assert database_key(settings) != database_key(other)


def test_the_configuration_folder_may_be_elsewhere(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "configuration"))

    assert key_file(settings.database).is_relative_to(tmp_path / "configuration" / "vigil")


def test_a_key_in_the_settings_is_used_and_nothing_is_made(settings: Settings, home: Path) -> None:
    given = settings.model_copy(update={"database_key": SecretStr(KEY)})

    assert database_key(given) == KEY
    assert not home.exists()


def test_a_database_whose_key_is_gone_is_left_alone(settings: Settings, home: Path) -> None:
    settings.database.parent.mkdir()
    settings.database.write_bytes(b"data")

    with pytest.raises(StartRefused, match=r"its key does not.*VIGIL_DATABASE_KEY_FILE"):
        database_key(settings)
    assert not home.exists()


@pytest.mark.parametrize("written", [b"", b"geheim", b"\xff\xfe", KEY.encode()[:-1]])
def test_a_file_that_holds_no_key_is_a_sentence(settings: Settings, written: bytes) -> None:
    file = key_file(settings.database)
    file.parent.mkdir(parents=True)
    file.write_bytes(written)

    with pytest.raises(StartRefused, match="does not hold a key: 64 hex digits") as caught:
        database_key(settings)
    assert "geheim" not in str(caught.value)
    assert file.read_bytes() == written


def test_what_tells_a_copy_lies_beside_the_key_or_where_it_is_said(
    settings: Settings, tmp_path: Path
) -> None:
    key = key_file(settings.database)
    assert state_file(settings, "marker") == key.with_suffix(".marker")

    elsewhere = settings.model_copy(update={"state": tmp_path / "state"})
    assert state_file(elsewhere, "marker") == tmp_path / "state" / f"{key.stem}.marker"


@pytest.mark.parametrize("spelled", ["data", "state/../data"])
def test_what_tells_a_copy_is_never_with_the_data(
    settings: Settings, spelled: str, tmp_path: Path
) -> None:
    beside = settings.model_copy(update={"state": tmp_path / spelled})

    with pytest.raises(StartRefused, match="VIGIL_STATE is the folder of the database"):
        state_file(beside, "marker")


def test_no_place_for_the_key_is_a_sentence(settings: Settings, home: Path) -> None:
    home.write_text("a file where the home folder should be")

    with pytest.raises(StartRefused, match="Set VIGIL_DATABASE_KEY_FILE"):
        database_key(settings)
