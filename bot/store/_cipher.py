"""Encrypted SQLite connections for SQLAlchemy: aiosqlite's threads around SQLCipher's driver."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import aiosqlite
from sqlalchemy.dialects.sqlite.aiosqlite import AsyncAdapt_aiosqlite_dbapi
from sqlalchemy.util.concurrency import await_
from sqlcipher3 import dbapi2

from bot.store._trips import TripConnection

BUSY_TIMEOUT_MS = 5_000
_ROWS_PER_HOP = 64  # aiosqlite's own default for iterating


class CipherModule(AsyncAdapt_aiosqlite_dbapi):
    """SQLAlchemy maps errors by class, and SQLCipher's are not the standard library's."""

    def __init__(self) -> None:
        super().__init__(aiosqlite, dbapi2)

    def _init_dbapi_attributes(self) -> None:
        super()._init_dbapi_attributes()
        for name in ("DatabaseError", "Error", "IntegrityError", "NotSupportedError"):
            setattr(self, name, getattr(dbapi2, name))
        for name in ("OperationalError", "ProgrammingError"):
            setattr(self, name, getattr(dbapi2, name))

    def connect(self, *_: Any, **given: Any) -> TripConnection:
        return TripConnection(self, await_(given["async_creator_fn"]()))


def creator(path: Path, key: str) -> Callable[[], Awaitable[aiosqlite.Connection]]:
    """Opens connections to the file; `key` is 64 hex digits."""

    async def create() -> aiosqlite.Connection:
        connection = aiosqlite.Connection(lambda: connect(path, key), _ROWS_PER_HOP)
        # As SQLAlchemy does for its own: a forgotten connection must not keep the process alive.
        connection._thread.daemon = True  # noqa: SLF001 - aiosqlite has no public name for it
        try:
            return await connection
        except dbapi2.Error:
            # Its thread still reports that it ends, which it cannot to a loop that has ended.
            await asyncio.to_thread(connection._thread.join)  # noqa: SLF001 - as above
            raise

    return create


def connect(path: Path, key: str) -> Any:
    """A connection in autocommit mode: we say BEGIN ourselves.

    Raises:
        DatabaseError: The key is not the file's, or the file is no database.
    """
    connection = dbapi2.connect(path, isolation_level=None, check_same_thread=False)
    try:
        _prepare(connection, key)
    except dbapi2.Error:
        connection.close()
        raise
    return connection


def _prepare(connection: Any, key: str) -> None:
    cursor = connection.cursor()
    for pragma in (
        f"key = \"x'{key}'\"",
        "cipher_log_level = NONE",  # it would write to standard error past our log
        f"busy_timeout = {BUSY_TIMEOUT_MS}",
        "foreign_keys = ON",
        "secure_delete = ON",
        "synchronous = FULL",
        "temp_store = MEMORY",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()
