"""The limiter in its place: PTB above it, HTTP below, the playground's limits at the end."""

import asyncio
import socket
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import pytest
from telegram.error import NetworkError
from telegram.ext import ExtBot

from bot.delivery import Pace, Ticket
from bot.telegram_http import AiohttpRequest, NeverSent
from playground.faults import Fault
from playground.server import serve
from playground.world import World


class Leaping:
    """A clock that a sleep moves on at once."""

    def __init__(self) -> None:
        self.ahead = 0.0
        self.slept: list[float] = []

    def now(self) -> float:
        return time.monotonic() + self.ahead

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.ahead += seconds
        await asyncio.sleep(0)


@pytest.fixture
async def stack() -> AsyncIterator[AsyncExitStack]:
    async with AsyncExitStack() as opened:
        yield opened


@pytest.fixture
def world() -> World:
    world = World(rate=20, private_burst=3, crowd=20, crowd_acts=False)
    for person in world.people.values():
        person.started, person.blocked = True, False
    return world


async def connect(stack: AsyncExitStack, root: str, token: str, pace: Pace) -> ExtBot[Ticket]:
    request = await stack.enter_async_context(AiohttpRequest())
    return ExtBot(
        token,
        base_url=f"{root}/bot",
        request=request,
        get_updates_request=request,
        rate_limiter=pace,
    )


async def test_telegrams_own_limit_is_never_met(stack: AsyncExitStack, world: World) -> None:
    root = await stack.enter_async_context(serve(world))
    pace = Pace(20)
    bot = await connect(stack, root, world.token, pace)
    people = list(world.crowd.ids)

    await asyncio.gather(*(bot.send_message(people[i % 20], f"{i}") for i in range(50)))
    await pace.shutdown()

    assert [call.status for call in world.calls] == [200] * 50


async def test_a_flood_wait_is_waited_out_in_its_own_chat(
    stack: AsyncExitStack, world: World
) -> None:
    root = await stack.enter_async_context(serve(world))
    clock = Leaping()
    bot = await connect(stack, root, world.token, Pace(20, clock=clock.now, sleep=clock.sleep))
    first, second = (person.id for person in world.supporters[:2])
    world.faults.add(Fault("flood", "sendMessage", chat=first, retry_after=7))

    await asyncio.gather(
        bot.send_message(first, "one"), bot.send_message(second, "hello"), bot.get_my_name()
    )
    await bot.send_message(first, "two")

    assert [message["text"] for message in world.chat(first).messages] == ["one", "two"]
    assert max(clock.slept) == pytest.approx(7, abs=1)
    assert [call.status for call in world.calls if call.chat_id == second] == [200]


async def test_a_message_waits_for_telegram_to_be_there(
    stack: AsyncExitStack, world: World
) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]

    async def listen(_: float) -> None:
        await stack.enter_async_context(serve(world, port=port))

    bot = await connect(stack, f"http://127.0.0.1:{port}", world.token, Pace(20, sleep=listen))
    person = world.supporters[0].id
    await bot.send_message(person, "hello")

    assert [message["text"] for message in world.chat(person).messages] == ["hello"]


@pytest.mark.parametrize("kind", ["reset", "server"])
async def test_a_message_whose_answer_was_lost_is_not_repeated(
    stack: AsyncExitStack, world: World, kind: str
) -> None:
    root = await stack.enter_async_context(serve(world))
    bot = await connect(stack, root, world.token, Pace(20))
    person = world.supporters[0].id
    world.faults.add(Fault(kind, "sendMessage", after_effect=True))

    with pytest.raises(NetworkError) as caught:
        await bot.send_message(person, "hello")

    assert not isinstance(caught.value, NeverSent)
    assert [message["text"] for message in world.chat(person).messages] == ["hello"]
