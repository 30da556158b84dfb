"""The migrations make exactly the tables that the code speaks of."""

from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from bot.store import Connection, Database
from bot.store.schema import metadata, notices
from tests.conftest import NOON

TABLES = sorted(metadata.tables)


async def test_alembic_finds_nothing_to_change(database: Database) -> None:
    def differences(connection: sa.Connection) -> Any:
        options = {"compare_type": True, "compare_server_default": True}
        return compare_metadata(MigrationContext.configure(connection, opts=options), metadata)

    async with database.read() as db:
        assert await db.run_sync(differences) == []


@pytest.mark.parametrize("table", TABLES)
async def test_a_table_is_the_same_column_by_column(database: Database, table: str) -> None:
    made = sa.create_engine("sqlite://")
    metadata.create_all(made)
    with made.connect() as plain:
        wanted = {question: plain.exec_driver_sql(question).all() for question in _about(table)}
    made.dispose()

    async with database.read() as db:
        assert {question: await _rows(db, question) for question in wanted} == wanted


async def test_there_is_no_other_table(database: Database) -> None:
    async with database.read() as db:
        found = await _rows(db, "SELECT name FROM sqlite_master WHERE type = 'table'")

    its_own = {"alembic_version", "sqlite_sequence"}  # the latter: numbers that were given
    assert {name for (name,) in found} == {*TABLES, *its_own}


async def test_every_column_about_a_person_is_marked(database: Database) -> None:
    """What is not marked is forgotten by nobody's hand: counters, texts, and update numbers."""
    personal = {table.name for table in metadata.sorted_tables if "supporter_id" in table.c}
    marked = {
        table.name: {column.name for column in table.c if column.info.get("person")}
        for table in metadata.sorted_tables
    }

    assert personal == {name for name, columns in marked.items() if columns}
    for name in personal:
        assert marked[name] == set(metadata.tables[name].c.keys())


async def test_a_moment_without_a_zone_is_refused(database: Database) -> None:
    naive = datetime(2027, 3, 1, 12)  # noqa: DTZ001 - that is the point
    with pytest.raises(sa.exc.StatementError, match="without a time zone"):
        await tell(database, naive)

    async with database.read() as db:
        assert await db.scalar(sa.select(sa.func.count()).select_from(notices)) == 0


async def test_a_moment_comes_back_as_the_same_one_in_utc(database: Database) -> None:
    in_lima = NOON.astimezone(timezone(timedelta(hours=-5)))
    await tell(database, in_lima)
    async with database.read() as db:
        found = await db.scalar(sa.select(notices.c.told_at))

    assert found == NOON
    assert found is not None
    assert found.utcoffset() == timedelta(0)


async def test_a_reference_to_nobody_is_refused(database: Database) -> None:
    with pytest.raises(sa.exc.IntegrityError):
        await text_of_nothing(database)


async def tell(database: Database, moment: datetime) -> None:
    async with database.write() as db:
        await db.execute(sa.insert(notices).values(key="a", told_at=moment))


async def text_of_nothing(database: Database) -> None:
    async with database.write() as db:
        await db.exec_driver_sql(
            "INSERT INTO petition_texts VALUES ('none', 1, '', '{}', '2027-03-01 12:00:00')"
        )


def _about(table: str) -> list[str]:
    """Questions whose answers describe a table: types, defaults, keys, indices, references."""
    return [
        f"SELECT * FROM pragma_table_info('{table}') ORDER BY cid",
        f"""SELECT l.name, l."unique", l.origin, i.seqno, i.name
            FROM pragma_index_list('{table}') l, pragma_index_info(l.name) i ORDER BY 1, 4""",
        f"""SELECT "from", "table", "to", on_delete
            FROM pragma_foreign_key_list('{table}') ORDER BY 1, 2""",
    ]


async def _rows(db: Connection, question: str) -> Any:
    return (await db.exec_driver_sql(question)).all()
