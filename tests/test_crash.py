"""A killed bot: nothing that somebody was told is lost, and nothing is done or said twice."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from bot.store import open_database
from bot.store.schema import petitions, signatures
from playground.chats import private_chat
from playground.faults import Fault
from playground.people import Person
from playground.world import World
from tests.conftest import KEY, PETITION
from tests.conversation import Chat, words
from tests.process import PATIENCE, READY, listening, on_telegram, polling, program

CROWD = 100
FIRST = 600_000_001
FIRST_TAP, LAST_TAP = "Count me without my name", "Count me"


@pytest.fixture
async def live(world: World, url: str, tmp_path: Path) -> dict[str, object]:
    """A live bot on a database with an open petition."""
    settings = on_telegram(world, url) | {"database_key": KEY, "messages_per_second": 30}
    async with program(tmp_path, "petition", "open", PETITION, **settings) as command:
        assert await command.ended() == 0
    return settings


async def rows(folder: Path) -> tuple[dict[int, int], int | None]:
    """Who signed as which number, and the count that people see."""
    database = await open_database(folder / "var" / "vigil.db", KEY)
    async with database.read() as db:
        found = await db.execute(select(signatures.c.supporter_id, signatures.c.number))
        numbers = {row.supporter_id: row.number for row in found}
        count = await db.scalar(select(petitions.c.signatures))
    await database.close()
    return numbers, count


async def test_what_was_handled_and_not_confirmed_is_not_done_again(
    tmp_path: Path, world: World, live: dict[str, object]
) -> None:
    chat = Chat(world, world.supporters[0].id)
    async with program(tmp_path, "run", **live) as running:
        await running.says(READY)
        await chat.link(f"petition-{PETITION}")
        await chat.tap(FIRST_TAP)
        under, edited = chat.last["message_id"], edits(world)
        await polling(world)
        world.faults.add(Fault("reset", "getUpdates", times=100_000))  # nothing can be confirmed
        with listening(world) as called:
            world.press(chat.user, LAST_TAP)  # these three come in one answer
            world.say(chat.user, "/mysignatures")
            world.say(chat.user, "/help")
            await called("editMessageText")
            await called("sendMessage")
            await called("sendMessage")  # the third is answered, so the first two are over
        await running.kill()
    assert len(world.updates.waiting) == 3

    world.faults.clear()
    signed = words(world.chat(chat.id).by_id[under])
    async with program(tmp_path, "run", **live) as again:
        await again.says(READY)
        await world.settled()

    assert "You are number 1" in signed
    assert words(world.chat(chat.id).by_id[under]) == signed
    assert edits(world) == edited + 1
    assert sum(words(one).startswith("What you signed\n") for one in chat.messages) == 1
    assert await rows(tmp_path) == ({chat.user: 1}, 1)


async def test_a_kill_between_signing_and_saying_so_leaves_the_signature(
    tmp_path: Path, world: World, live: dict[str, object]
) -> None:
    chat = Chat(world, world.supporters[0].id)
    async with program(tmp_path, "run", **live) as running:
        await running.says(READY)
        await chat.link(f"petition-{PETITION}")
        await chat.tap(FIRST_TAP)
        world.faults.add(Fault("timeout", "editMessageText"))  # it never hears an answer
        with listening(world) as called:
            world.press(chat.user, LAST_TAP)
            await called("editMessageText", 0)
        await running.kill()

    assert await rows(tmp_path) == ({chat.user: 1}, 1)
    async with program(tmp_path, "run", **live) as again:
        await again.says(READY)
        await world.settled()

    assert "You had signed" in words(chat.last)
    assert "number 1" in words(chat.last)
    assert await rows(tmp_path) == ({chat.user: 1}, 1)


async def test_a_kill_among_a_hundred_taps_breaks_no_promise(
    tmp_path: Path, world: World, live: dict[str, object]
) -> None:
    people = [joined(world, FIRST + n) for n in range(CROWD)]
    async with program(tmp_path, "run", **live) as running:
        await running.says(READY)
        for person in people:
            world.link(person, f"petition-{PETITION}")
        await world.settled(PATIENCE)
        for person in people:
            world.press(person, FIRST_TAP)
        await world.settled(PATIENCE)
        await running.end()
    for person in people:
        world.press(person, LAST_TAP)

    async with program(tmp_path, "run", **live) as running:
        with listening(world) as called:
            for _ in range(CROWD // 5):
                await called("editMessageText")
        await running.kill()
    told = promises(world, people)
    assert CROWD // 5 <= len(told) < CROWD
    kept, count = await rows(tmp_path)
    assert told.items() <= kept.items()
    assert count == len(kept)

    async with program(tmp_path, "run", **live) as running:
        await running.says(READY)
        await world.settled(PATIENCE)
    kept, count = await rows(tmp_path)
    assert sorted(kept) == people
    assert sorted(kept.values()) == list(range(1, CROWD + 1))
    assert count == CROWD
    for person in people:
        assert f"number {kept[person]}" in words(Chat(world, person).last)


def joined(world: World, number: int) -> int:
    """One more supporter."""
    user: dict[str, Any] = {"id": number, "is_bot": False, "first_name": "Sam"}
    world.people[number] = Person({**user, "language_code": "en"}, "supporter")
    world.chats[number] = private_chat(user)
    return number


def promises(world: World, people: list[int]) -> dict[int, int]:
    """Who was told that the signature is there, and under which number."""
    said = {person: words(Chat(world, person).last) for person in people}
    return {
        person: int(text.partition("You are number ")[2].split()[0])
        for person, text in said.items()
        if "You are number " in text
    }


def edits(world: World) -> int:
    return sum(call.method == "editMessageText" for call in world.calls)
