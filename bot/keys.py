"""The database's key, and what else has its place outside the data folder."""

import hashlib
import logging
import os
import secrets
from pathlib import Path

from bot.errors import StartRefused
from bot.settings import Settings, check_key

log = logging.getLogger(__name__)


def database_key(settings: Settings) -> str:
    """64 hex digits. Makes a key file for a database that does not exist yet, and says where.

    Raises:
        StartRefused: The database exists and its key is nowhere to be found, or is no key.
    """
    if settings.database_key is not None:
        return settings.database_key.get_secret_value()
    file = key_file(settings.database)
    if file.exists():
        return _read(file)
    if settings.database.exists():
        raise StartRefused(
            f"{settings.database} exists, but its key does not: {file} is not there. Put the key "
            "back there, or set VIGIL_DATABASE_KEY_FILE to where it is."
        )
    return _make(file)


def key_file(database: Path) -> Path:
    """Where the key of this database lies: in the user's configuration, never beside the data.

    Raises:
        StartRefused: The user has no home.
    """
    folder = _folder()
    if folder is None:
        raise StartRefused(
            "There is no home folder to keep the database's key in. Set VIGIL_DATABASE_KEY_FILE "
            "to a file that holds 64 hex digits."
        )
    return folder / f"{_name(database)}.key"


def state_file(settings: Settings, kind: str) -> Path:
    """Where something of this kind lies that must never be restored together with the database.

    Beside the key that Vigil makes, unless the settings name a folder.

    Raises:
        StartRefused: The user has no home, or the folder is the one with the data.
    """
    folder = settings.state or _folder()
    if folder is None:
        raise StartRefused(
            "There is no home folder to keep apart what tells the database from a copy. Set "
            "VIGIL_STATE to a folder for it."
        )
    if folder.resolve() == settings.database.parent.resolve():
        raise StartRefused(
            f"VIGIL_STATE is the folder of the database, {folder}. Choose another one: what lies "
            "there would be copied and restored together with the database, and could no longer "
            "tell it from a copy."
        )
    return folder / f"{_name(settings.database)}.{kind}"


def _folder() -> Path | None:
    try:
        return Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config") / "vigil"
    except RuntimeError:
        return None


def _name(database: Path) -> str:
    """Another one for each path."""
    place = hashlib.sha256(str(database.resolve()).encode()).hexdigest()[:8]
    return f"{database.stem}-{place}"


def _read(file: Path) -> str:
    try:
        return check_key(file.read_text(encoding="utf-8").strip())
    except (OSError, ValueError):
        raise StartRefused(f"{file} does not hold a key: 64 hex digits are needed.") from None


def _make(file: Path) -> str:
    key = secrets.token_hex(32)
    try:
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with os.fdopen(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as made:
            made.write(f"{key}\n")
            made.flush()
            os.fsync(made.fileno())  # before anything is encrypted with it
    except OSError:
        raise StartRefused(
            f"No key file could be made at {file}. Set VIGIL_DATABASE_KEY_FILE to a file that "
            "holds 64 hex digits."
        ) from None
    log.info("The database is encrypted. Its key is in %s: keep a copy in a safe place.", file)
    return key
