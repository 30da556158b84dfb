"""One writer, many readers, and nothing lost between them."""

import asyncio

import pytest
import sqlalchemy as sa

from bot.store import Connection, Database
from bot.store.schema import notices, petitions
from tests.conftest import KEY, NOON

SLUG = "water"


async def test_fifty_transactions_at_once_lose_nothing(database: Database) -> None:
    await add_petition(database)

    await asyncio.gather(*(count_one(database) for _ in range(50)))

    assert await counted(database) == 50


async def test_two_programs_at_once_lose_nothing(database: Database) -> None:
    """As when `petition open` runs beside the bot: only the file lies between them."""
    await add_petition(database)
    other = Database(database.path, KEY)

    await asyncio.gather(*(count_one(one) for _ in range(25) for one in (database, other)))

    await other.close()
    assert await counted(database) == 50


async def test_a_reader_does_not_wait_for_a_writer(database: Database) -> None:
    await add_petition(database)
    async with database.write() as db:
        await db.execute(sa.update(petitions).values(signatures=7))
        assert await counted(database) == 0  # would wait for ever, or be refused as locked

    assert await counted(database) == 7


async def test_a_block_that_fails_leaves_nothing(database: Database) -> None:
    with pytest.raises(sa.exc.IntegrityError):
        await tell_all(database, "once", "twice", "twice")

    assert await told(database) == []


async def test_a_block_that_is_cancelled_leaves_nothing(database: Database) -> None:
    inside = asyncio.Event()

    async def never_ends() -> None:
        async with database.write() as db:
            await tell(db, "half")
            inside.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(never_ends())
    await inside.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task

    async with database.write() as db:  # the writer is free again
        await tell(db, "whole")
    assert await told(database) == ["whole"]


async def test_whoever_gives_up_waiting_for_the_writer_holds_up_nobody(database: Database) -> None:
    async with database.write() as db:
        waiting = asyncio.create_task(count_one(database))
        await asyncio.sleep(0)
        waiting.cancel()
        await asyncio.wait({waiting})
        await tell(db, "first")
    async with database.write() as db:
        await tell(db, "second")

    assert await told(database) == ["first", "second"]


async def test_the_log_is_emptied_once_no_reader_needs_it(database: Database) -> None:
    log = database.path.with_name(f"{database.path.name}-wal")
    async with database.write() as db:
        await tell(db, "first")
    async with database.read() as reader:
        await reader.exec_driver_sql("BEGIN")
        await reader.execute(sa.select(notices))  # holds on to what it sees
        async with database.write() as db:
            await tell(db, "second")
        assert not await database.truncate_log()
        assert log.stat().st_size > 0
        await reader.exec_driver_sql("COMMIT")

    assert await database.truncate_log()
    assert log.stat().st_size == 0
    assert await told(database) == ["first", "second"]


async def test_an_error_says_nothing_of_the_values(database: Database) -> None:
    with pytest.raises(sa.exc.IntegrityError) as caught:
        await tell_all(database, "Élise Fontaine", "Élise Fontaine")

    assert "Fontaine" not in str(caught.value)


async def add_petition(database: Database) -> None:
    async with database.write() as db:
        await db.execute(sa.insert(petitions).values(slug=SLUG, state="open", version=1))


async def count_one(database: Database) -> None:
    """Read, let others run, then write what was read plus one."""
    async with database.write() as db:
        before = await db.scalar(sa.select(petitions.c.signatures))
        assert before is not None
        await asyncio.sleep(0)
        await db.execute(sa.update(petitions).values(signatures=before + 1))


async def counted(database: Database) -> int | None:
    async with database.read() as db:
        return await db.scalar(sa.select(petitions.c.signatures))


async def tell(db: Connection, key: str) -> None:
    await db.execute(sa.insert(notices).values(key=key, told_at=NOON))


async def tell_all(database: Database, *keys: str) -> None:
    async with database.write() as db:
        for key in keys:
            await tell(db, key)


async def told(database: Database) -> list[str]:
    async with database.read() as db:
        return list(await db.scalars(sa.select(notices.c.key).order_by(notices.c.key)))
