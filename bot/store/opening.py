"""From a path and a key to a database that is ready: made, checked, migrated, and ours."""

import asyncio
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import DatabaseNewer, StartRefused, WrongKey, WrongPurpose
from bot.store.about import NEW, WORD, put
from bot.store.database import Database
from bot.store.schema import about

LIVE, PLAYGROUND = "live", "playground"


async def open_database(path: Path, key: str, purpose: str = LIVE) -> Database:
    """Open the file, made anew where there is none, and bring its tables up to date.

    Raises:
        WrongKey: The file exists and this key does not open it. Nothing was changed.
        DatabaseNewer: A later version of Vigil has migrated it. Nothing was changed.
        WrongPurpose: The file belongs to a rehearsal and we are live, or the other way round.
        StartRefused: The file cannot be read or written.
    """
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    database = Database(path, key)
    try:
        await _prepare(database, purpose)
    except BaseException:
        await database.close()
        raise
    return database


async def look_into(path: Path, key: str) -> Database:
    """Open a file in which a bot may be at work, to read it: nothing is made and nothing migrated.

    Raises:
        WrongKey: This key does not open it.
        StartRefused: There is none, it cannot be read, or this version has to migrate it first.
    """
    if not await asyncio.to_thread(path.is_file):
        raise StartRefused(f"There is no database at {path}. VIGIL_DATABASE says where it is.")
    database = Database(path, key)
    try:
        await _try(database)
        async with database.read() as db:
            await db.run_sync(_require_current, path)
    except BaseException:
        await database.close()
        raise
    return database


def _require_current(connection: sa.Connection, path: Path) -> None:
    script = ScriptDirectory.from_config(_config(connection))
    if MigrationContext.configure(connection).get_current_revision() != script.get_current_head():
        raise StartRefused(
            f"{path} belongs to another version of Vigil. Start this version once, which brings an "
            "older database up to date, or use the version that made it."
        )


async def _prepare(database: Database, purpose: str) -> None:
    await _try(database, "PRAGMA journal_mode = WAL")
    async with database.write() as db:
        if await db.run_sync(_migrate, database.path):
            await put(db, WORD, NEW)
        await _claim(db, purpose, database.path)


async def _try(database: Database, *statements: str) -> None:
    try:
        async with database.read() as db:
            for statement in (*statements, "SELECT count(*) FROM sqlite_master"):
                await db.exec_driver_sql(statement)
    except sa.exc.DatabaseError as error:
        if "file is not a database" in str(error.orig):
            raise WrongKey(
                f"{database.path} does not open with this key. Set VIGIL_DATABASE_KEY (or _FILE) "
                "to the key it was made with, or move the file away to start with an empty "
                "database."
            ) from None
        raise StartRefused(
            f"{database.path} cannot be opened as a database ({error.orig}). Look whether it is "
            "a file that Vigil may read and write."
        ) from None


def _migrate(connection: sa.Connection, path: Path) -> bool:
    """Bring the tables up to date; True when there were none at all."""
    config = _config(connection)
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    current = MigrationContext.configure(connection).get_current_revision()
    if current is not None and current not in known:
        raise DatabaseNewer(
            f"{path} was changed by a newer version of Vigil. Start that version, or restore a "
            "backup that is older than the update."
        )
    command.upgrade(config, "head")
    return current is None


def _config(connection: sa.Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


async def _claim(db: AsyncConnection, purpose: str, path: Path) -> None:
    """Write down whose database this is, at the first start; afterwards insist on it."""
    await db.execute(insert(about).values(key="purpose", value=purpose).on_conflict_do_nothing())
    found = await db.scalar(sa.select(about.c.value).where(about.c.key == "purpose"))
    if found != purpose:
        raise WrongPurpose(
            f"{path} is a {found} database, and this is a {purpose} start. "
            "Set VIGIL_DATABASE to another file."
        )
