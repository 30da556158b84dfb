"""Statements that reach the connection's thread in one trip each."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Self

import aiosqlite
from sqlalchemy.dialects.sqlite.aiosqlite import (
    AsyncAdapt_aiosqlite_connection,
    AsyncAdapt_aiosqlite_cursor,
)

_Trip = Callable[..., Awaitable[Any]]


class OneTrip:
    """A cursor as SQLAlchemy uses aiosqlite's.

    That one goes to the thread and back four times for a statement (made, executed, read, closed),
    and each trip costs about as much as the statement. This one does all of it at once.
    """

    arraysize = 1
    description: Sequence[Any] | None = None
    rowcount = -1
    lastrowid: int | None = None

    def __init__(self, connection: aiosqlite.Connection) -> None:
        self._connection = connection
        self._rows: list[Any] = []

    async def __aenter__(self) -> Self:
        return self

    async def execute(self, statement: str, values: Any = ()) -> None:
        await self._go("execute", statement, values)

    async def executemany(self, statement: str, values: Any) -> None:
        await self._go("executemany", statement, values)

    async def fetchall(self) -> Sequence[Any]:
        rows, self._rows = self._rows, []
        return rows

    async def close(self) -> None:
        """It closed when it had read everything."""

    async def _go(self, method: str, statement: str, values: Any) -> None:
        trip: _Trip = self._connection._execute  # noqa: SLF001 - SQLAlchemy uses it, too
        connection = self._connection._conn  # noqa: SLF001 - as above
        found = await trip(_all, connection, method, statement, values)
        self.description, self.rowcount, self.lastrowid, self._rows = found


def _all(connection: Any, method: str, statement: str, values: Any) -> tuple[Any, ...]:
    """In the connection's thread."""
    cursor = connection.cursor()
    try:
        getattr(cursor, method)(statement, values)
        rows = cursor.fetchall() if cursor.description else []
        return cursor.description, cursor.rowcount, cursor.lastrowid, rows
    finally:
        cursor.close()


class _Cursor(AsyncAdapt_aiosqlite_cursor):
    __slots__ = ()

    def _make_new_cursor(self, connection: Any) -> Any:
        return OneTrip(connection)


class TripConnection(AsyncAdapt_aiosqlite_connection):
    """What is streamed goes as it always went: piece by piece."""

    __slots__ = ()
    _cursor_cls = _Cursor
