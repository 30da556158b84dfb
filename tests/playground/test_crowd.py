"""The simulated people: who they are, what they do, and that they never do it twice."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest
from aiohttp import ClientSession

from playground.crowd import Habit, habit
from playground.server import serve
from playground.world import World
from tests.playground.conftest import NOON
from tests.playground.wire import Wire

FIRST = 700_000_001
SIGN = {"text": "Sign", "callback_data": "petition:1"}
STOP = {"text": "Stop these alerts", "callback_data": "x"}
ALERT = {"text": "Write today", "reply_markup": {"inline_keyboard": [[SIGN], [STOP]]}}


@pytest.fixture
async def world() -> World:
    return World(now=lambda: NOON, rate=10_000, crowd=120)


@pytest.fixture
async def wire(world: World) -> AsyncIterator[Wire]:
    async with serve(world) as url, ClientSession() as session:
        yield Wire(session, world, url)


async def send(wire: Wire, **message: Any) -> Counter[int]:
    """To everybody in the crowd; counts what was answered."""
    statuses = [
        (await wire.call("sendMessage", chat_id=user, **message))[0]
        for user in wire.world.crowd.ids
    ]
    return Counter(statuses)


def those(what: Habit, size: int = 120) -> set[int]:
    return {user for user in range(FIRST, FIRST + size) if habit(user) is what}


def taps(world: World) -> list[Any]:
    updates = (entry.update for entry in world.updates.waiting)
    return [update["callback_query"] for update in updates if "callback_query" in update]


@pytest.mark.parametrize(
    ("what", "one_in"),
    [(Habit.TAP, 8), (Habit.STOP, 40), (Habit.BLOCKED, 50), (Habit.LEAVE, 100)],
)
def test_habits_are_as_frequent_as_among_people(what: Habit, one_in: int) -> None:
    assert len(those(what, 8000)) == pytest.approx(8000 / one_in, rel=0.05)
    assert those(what, 20)  # a small crowd has some of each


def test_the_crowd_stands_apart_from_the_cast() -> None:
    world = World(crowd=200)
    assert list(world.crowd.ids) == list(range(FIRST, FIRST + 200))
    languages = Counter(world.people[user].language for user in world.crowd.ids)
    assert set(languages) == {"en", "fr", "es", "ar"}
    assert len(world.supporters) == 6
    assert all(world.people[user].started for user in world.crowd.ids)
    assert world.crowd.blocked == those(Habit.BLOCKED, 200)


async def test_each_reacts_once_as_its_id_says(wire: Wire, world: World) -> None:
    assert await send(wire, **ALERT) == {200: 117, 403: 3}
    waiting = those(Habit.TAP) | those(Habit.STOP) | those(Habit.LEAVE)
    assert world.crowd.hurry() == len(waiting)
    assert world.crowd.hurry() == 0
    data = {(tap["from"]["id"], tap["data"]) for tap in taps(world)}
    assert data == {(user, "petition:1") for user in those(Habit.TAP)} | {
        (user, "x") for user in those(Habit.STOP)
    }
    assert set(world.crowd.tapped) == those(Habit.TAP)
    assert set(world.crowd.stopped) == those(Habit.STOP)
    assert world.crowd.blocked == those(Habit.BLOCKED) | those(Habit.LEAVE)
    left = [entry.update for entry in world.updates.waiting if "my_chat_member" in entry.update]
    assert {one["my_chat_member"]["chat"]["id"] for one in left} == those(Habit.LEAVE)
    assert world.crowd.received == Counter(set(world.crowd.ids) - those(Habit.BLOCKED))


async def test_an_answer_to_a_tap_moves_nobody(wire: Wire, world: World) -> None:
    await send(wire, **ALERT)
    world.crowd.hurry()
    tapped = len(taps(world))
    for user in world.crowd.tapped:
        await wire.ok("sendMessage", chat_id=user, **ALERT)
    assert world.crowd.hurry() == 0
    assert world.crowd.shown()["received"] == 117
    world.clock.jump(timedelta(minutes=2))
    await send(wire, **ALERT)
    world.crowd.hurry()
    assert len(taps(world)) == 2 * tapped


async def test_messages_without_buttons_and_gone_ones_move_nobody(wire: Wire, world: World) -> None:
    await send(wire, text="A newsletter")
    assert world.crowd.hurry() == 0
    tapper = min(those(Habit.TAP))
    only_stop = {"inline_keyboard": [[STOP]]}
    sent = await wire.ok("sendMessage", chat_id=tapper, text="x", reply_markup=only_stop)
    assert world.crowd.hurry() == 0
    here = {"chat_id": tapper, "message_id": sent["message_id"]}
    sent = await wire.ok("sendMessage", chat_id=tapper, **ALERT)
    here["message_id"] = sent["message_id"]
    await wire.ok("editMessageText", **here, text="Withdrawn")
    assert world.crowd.hurry() == 1
    assert taps(world) == []


async def test_a_label_in_another_language_still_stops(wire: Wire, world: World) -> None:
    user = min(those(Habit.STOP))
    stop = {"text": "Arrêter", "callback_data": "alerts:stop"}
    markup = {"inline_keyboard": [[SIGN], [stop]]}
    await wire.ok("sendMessage", chat_id=user, text="x", reply_markup=markup)
    world.crowd.hurry()
    assert [tap["data"] for tap in taps(world)] == ["alerts:stop"]


async def test_a_crowd_can_be_told_to_read_only() -> None:
    world = World(crowd=20, crowd_acts=False)
    async with serve(world) as url, ClientSession() as session:
        wire = Wire(session, world, url)
        world.limits.rate = 1000
        await send(wire, **ALERT)
        await send(wire, **ALERT)
    assert world.crowd.hurry() == 0
    assert set(world.crowd.received.values()) == {2}
    assert world.updates.waiting == []


async def test_taps_come_by_themselves_and_one_by_one() -> None:
    world = World(now=lambda: NOON, rate=1000, crowd=20, crowd_haste=1000)
    async with serve(world) as url, ClientSession() as session:
        wire = Wire(session, world, url)
        await send(wire, **ALERT)
        seen: list[Any] = []
        async with asyncio.timeout(20):
            while len(seen) < 5:  # three tap, one stops, one leaves
                offset = seen[-1]["update_id"] + 1 if seen else 0
                seen += await wire.ok("getUpdates", timeout=5, offset=offset)
    assert world.crowd.shown() == {
        "people": 20,
        "received": 19,
        "tapped": 3,
        "stopped": 1,
        "blocked": 2,
    }


async def test_memory_of_the_crowd_is_short(wire: Wire, world: World) -> None:
    user = min(those(Habit.READ))
    for number in range(30):
        await wire.ok("sendMessage", chat_id=user, text=str(number), disable_notification=True)
    chat = world.chat(user)
    assert [message["text"] for message in chat.messages] == [str(n) for n in range(20, 30)]
    assert chat.silent == set(chat.by_id)
    here = {"chat_id": user, "message_id": chat.last["message_id"]}
    assert (await wire.ok("editMessageText", **here, text="new"))["text"] == "new"


async def test_the_page_hears_of_the_crowd_in_numbers(wire: Wire, world: World) -> None:
    _, cast = await wire.control("GET", "cast")
    assert cast["crowd"][0] == [FIRST, "en"]
    assert [user for user, _ in cast["crowd"]] == list(world.crowd.ids)
    _, state = await wire.control("GET", "state")
    assert state["crowd"] == world.crowd.shown()
    assert len(state["people"]) == 9
    assert len(state["chats"]) == 10
    async with wire.session.get(f"{wire.url}/playground/events") as stream:
        await stream.content.readline()
        await send(wire, **ALERT)
        async for line in stream.content:
            assert b'"type":"message"' not in line
            if b'"type":"crowd"' in line:
                break


async def test_old_calls_are_forgotten_where_a_crowd_makes_many() -> None:
    world = World(rate=1000, crowd=20, calls_kept=10)
    async with serve(world) as url, ClientSession() as session:
        wire = Wire(session, world, url)
        await send(wire, **ALERT)
        await wire.ok("getMe")
        _, later = await wire.control("GET", "calls?after=18")
    assert [call.n for call in world.calls] == list(range(12, 22))
    assert [call["n"] for call in later["calls"]] == [19, 20, 21]
