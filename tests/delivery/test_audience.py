"""Whom the ledger holds at the start of a send, and how it finds them."""

from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from bot.models import Audience, Topic
from bot.store import audiences, open_database
from bot.store.schema import choices, deliveries, supporters
from tests.conftest import KEY
from tests.delivery.ledgers import NOON, TO_URGENT, Book

URGENT, CASES = (Topic.URGENT, ""), (Topic.CASES, "angel-colon")
VERSIONS = {Topic.URGENT: 2, Topic.CASES: 1}
CHOSE_BOTH, CHOSE_URGENT, CHOSE_CASE, CHOSE_OLD_WORDS, STOPPED, UNREACHABLE, SPANISH = range(1, 8)


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Book]:
    book = Book(await open_database(tmp_path / "vigil.db", KEY))
    async with book.database.write() as db:
        for person, language, made in (
            (CHOSE_BOTH, "en", {URGENT: 2, CASES: 1}),
            (CHOSE_URGENT, "en", {URGENT: 2}),
            (CHOSE_CASE, "en", {CASES: 1}),
            (CHOSE_OLD_WORDS, "en", {URGENT: 1}),
            (STOPPED, "en", {URGENT: 2, CASES: 1}),
            (UNREACHABLE, "en", {URGENT: 2}),
            (SPANISH, "es", {URGENT: 2}),
        ):
            await db.execute(sa.insert(supporters).values(_person(person, language)))
            for (topic, about), version in made.items():
                await db.execute(sa.insert(choices).values(_choice(person, topic, about, version)))
    yield book
    await book.database.close()


def _person(person: int, language: str) -> dict[str, Any]:
    ended: dict[int, dict[str, datetime]] = {
        STOPPED: {"stopped_at": NOON},
        UNREACHABLE: {"unreachable_since": NOON},
    }
    return {"supporter_id": person, "language": language, "since": NOON} | ended.get(person, {})


def _choice(person: int, topic: Topic, about: str, version: int) -> dict[str, Any]:
    what = {"topic": topic, "about": about, "version": version}
    return {"supporter_id": person, "wording": "yes", "chosen_at": NOON} | what


@pytest.mark.parametrize(
    ("audience", "people"),
    [
        (Audience((URGENT,)), {CHOSE_BOTH, CHOSE_URGENT, SPANISH}),
        (Audience((CASES,)), {CHOSE_BOTH, CHOSE_CASE}),
        (Audience((URGENT, CASES)), {CHOSE_BOTH, CHOSE_URGENT, CHOSE_CASE, SPANISH}),
        (Audience((URGENT,), languages=("en",)), {CHOSE_BOTH, CHOSE_URGENT}),
        (Audience((URGENT, CASES), languages=("es",)), {SPANISH}),
        (Audience(), set()),
    ],
)
async def test_the_ledger_holds_those_whom_the_count_promised(
    town: Book, audience: Audience, people: set[int]
) -> None:
    number = await town.alert([], audience=audience)

    async with town.database.write() as db:
        promised = await audiences.count(db, audience, VERSIONS)
        last = await audiences.enlist(db, number, audience, VERSIONS, 0)
        rest = await audiences.enlist(db, number, audience, VERSIONS, last or 0)

    assert set(await town.states(number)) == people
    assert promised.total == len(people)
    assert (last, rest) == (max(people, default=None), None)


async def test_one_choice_is_read_from_its_index_in_order(town: Book) -> None:
    """A million people stand in the ledger in a second or so; asked one by one, they do not."""
    number = await town.alert([], audience=TO_URGENT)
    asked: list[tuple[str, Any]] = []

    def note(_: Any, __: Any, statement: str, values: Any, ___: Any, ____: Any) -> None:
        if statement.startswith(f"INSERT INTO {deliveries.name}"):
            asked.append((statement, values))

    async with town.database.write() as db:
        sa.event.listen(db.sync_connection, "before_cursor_execute", note)
        await audiences.enlist(db, number, TO_URGENT, VERSIONS, 0)
        [(statement, values)] = asked
        plan = await db.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
        steps = [row.detail for row in plan]

    assert "COVERING INDEX choices_by_topic" in steps[0]
    assert "PRIMARY KEY" in steps[1]
    assert not any("TEMP B-TREE" in step for step in steps)
