"""The peer: what a bot for petitions looks like when nobody thinks of many at once."""

import asyncio
import logging
import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Any, TypeAlias

import aiosqlite
from telegram import Update
from telegram.ext import Application, CallbackQueryHandler, ContextTypes

from benchmarks.delivery._messages import CALL, TOKEN
from benchmarks.delivery._stub import FIRST_PERSON, STEP

_App: TypeAlias = "Application[Any, Any, Any, Any, Any, Any]"
_AT_ONCE = 256  # updates
_FILL = (
    "WITH RECURSIVE numbers(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM numbers WHERE n + 1 < ?)"
    f" INSERT INTO signatures SELECT ?, {FIRST_PERSON} + n * {STEP}, 'Samira' FROM numbers"
)


def make(path: Path, signed: Sequence[tuple[str, int]] = ()) -> None:
    """A database with so many signatures under each petition, in WAL mode, to be fair."""
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute(
        "CREATE TABLE signatures (petition TEXT, person INTEGER, name TEXT,"
        " PRIMARY KEY (petition, person))"
    )
    connection.execute("CREATE TABLE sent (person INTEGER)")
    for slug, number in signed:
        connection.execute(_FILL, (number, slug))
    connection.commit()
    connection.close()


def people(path: Path) -> list[int]:
    """Who has signed."""
    connection = sqlite3.connect(path)
    found = [person for (person,) in connection.execute("SELECT person FROM signatures")]
    connection.close()
    return found


def run(path: Path, url: str, per_second: float) -> None:
    """Until SIGTERM; beside it a message goes to somebody, so many times a second."""
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(message)s")
    tasks = []

    async def begin(app: _App) -> None:
        if per_second:
            tasks.append(asyncio.create_task(_send(app, path, per_second)))

    async def tap(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        query = update.callback_query
        assert query is not None
        kind, _, slug = str(query.data).partition(":")
        async with aiosqlite.connect(path) as db:
            if kind == "sign":
                row = (slug, query.from_user.id, query.from_user.first_name)
                await db.execute("INSERT OR IGNORE INTO signatures VALUES (?, ?, ?)", row)
                await db.commit()
            asked = "SELECT COUNT(*) FROM signatures WHERE petition = ?"
            async with db.execute(asked, (slug,)) as found:
                count = await found.fetchone()
        assert count is not None
        await query.answer()
        await context.bot.send_message(query.from_user.id, f"You are number {count[0]:,} under it.")

    app = Application.builder().token(TOKEN).base_url(f"{url}/bot")
    made = app.concurrent_updates(_AT_ONCE).post_init(begin).build()
    made.add_handler(CallbackQueryHandler(tap))
    made.run_polling()
    for task in tasks:
        task.cancel()


async def _send(app: _App, path: Path, per_second: float) -> None:
    person = FIRST_PERSON
    while True:
        await app.bot.send_message(person, CALL["text"], parse_mode=CALL["parse_mode"])
        async with aiosqlite.connect(path) as db:
            await db.execute("INSERT INTO sent VALUES (?)", (person,))
            await db.commit()
        person += STEP
        await asyncio.sleep(1 / per_second)
