"""Opens the database, and names the two things one can do with it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TypeAlias

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import AsyncAdaptedQueuePool

from bot.store._cipher import CipherModule, creator

READERS = 4
Connection: TypeAlias = AsyncConnection  # what services pass back to the store


class Database:
    """One encrypted SQLite file: many readers, one writer."""

    def __init__(self, path: Path, key: str) -> None:
        self.path = path
        self._writer = _engine(path, key, pool_size=1)
        self._writing = asyncio.Lock()  # waits in order; without it writers time out in the pool
        self._reader = _engine(
            path,
            key,
            pool_size=READERS,
            isolation_level="AUTOCOMMIT",
            skip_autocommit_rollback=True,  # a trip to the thread after each question, for nothing
        )
        sa.event.listen(self._writer.sync_engine, "begin", _begin_immediate)

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncConnection]:
        """A connection for questions. Never waits for a writer."""
        async with self._reader.connect() as connection:
            yield connection

    @asynccontextmanager
    async def snapshot(self) -> AsyncIterator[AsyncConnection]:
        """A connection all of whose questions see the same moment, whatever is written meanwhile.

        As long as it lasts the write-ahead log cannot be emptied.
        """
        async with self.read() as connection:
            await connection.exec_driver_sql("BEGIN")
            try:
                yield connection
            finally:
                await connection.exec_driver_sql("ROLLBACK")

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncConnection]:
        """A transaction: all of the block happens, or none of it."""
        async with self._writing, self._writer.begin() as connection:
            yield connection

    async def truncate_log(self) -> bool:
        """Empty the write-ahead log, so that what was deleted is in no file any more.

        False when a reader still needed it: ask again later.
        """
        async with self._writing, self.read() as connection:  # outside a transaction, as it must be
            answer = await connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
            busy: int = answer.scalar_one()
        return not busy

    async def close(self) -> None:
        await self._reader.dispose()
        await self._writer.dispose()


def _engine(path: Path, key: str, *, pool_size: int, **options: str | bool) -> AsyncEngine:
    return create_async_engine(
        "sqlite+aiosqlite://",
        async_creator=creator(path, key),
        module=CipherModule(),
        poolclass=AsyncAdaptedQueuePool,
        pool_size=pool_size,
        max_overflow=0,
        hide_parameters=True,
        **options,
    )


def _begin_immediate(connection: sa.Connection) -> None:
    """Take the write lock before the first read.

    A plain BEGIN would let two processes read, and fail the second one at its first write with
    "database is locked", which no time-out cures. Readers do not come through here.
    """
    connection.exec_driver_sql("BEGIN IMMEDIATE")
