import asyncio

import pytest
from aiohttp import ServerDisconnectedError

from playground.control_error import ControlError
from playground.faults import Fault
from playground.world import World
from tests.playground.wire import Wire


async def test_ordered_refusals_look_like_real_ones(wire: Wire, world: World, amara: int) -> None:
    world.faults.add(Fault("flood", "sendMessage", retry_after=7))
    world.faults.add(Fault("blocked", "sendMessage", chat=amara))
    world.faults.add(Fault("deactivated", "sendMessage"))
    world.faults.add(Fault("not_found", "sendMessage"))
    world.faults.add(Fault("server"))
    status, body = await wire.call("sendMessage", chat_id=amara, text="x")
    assert (status, body["parameters"]) == (429, {"retry_after": 7})
    assert await wire.refused("sendMessage", chat_id=amara, text="x") == (
        "Forbidden: bot was blocked by the user"
    )
    for description in ("Forbidden: user is deactivated", "Bad Request: chat not found"):
        assert await wire.refused("sendMessage", chat_id=amara, text="x") == description
    assert await wire.refused("getMe") == "Internal Server Error"
    assert await wire.ok("getMe")
    assert [message["message_id"] for message in world.chat(amara).messages] == [1]


async def test_a_fault_waits_for_its_chat_and_lasts_its_times(
    wire: Wire, world: World, amara: int
) -> None:
    world.faults.add(Fault("server", chat=amara, times=2))
    await wire.ok("sendMessage", chat_id=world.admin_chat.id, text="x")
    for _ in range(2):
        await wire.refused("sendMessage", chat_id=amara, text="x")
    await wire.ok("sendMessage", chat_id=amara, text="x")


@pytest.mark.parametrize("done", [False, True])
async def test_an_answer_is_lost_before_or_after_the_effect(
    wire: Wire, world: World, amara: int, done: bool
) -> None:
    world.faults.add(Fault("reset", "sendMessage", after_effect=done))
    with pytest.raises(ServerDisconnectedError):
        await wire.call("sendMessage", chat_id=amara, text="x")
    assert (world.chat(amara).last["text"] == "x") is done
    assert (world.calls[-1].status, world.calls[-1].description) == (0, "reset")


async def test_a_gateway_answers_without_json(wire: Wire, world: World) -> None:
    world.faults.add(Fault("bad_gateway"))
    async with wire.session.get(f"{wire.url}/bot{world.token}/getMe") as answer:
        assert (answer.status, answer.content_type) == (502, "text/html")


async def test_a_silent_server_lets_go_when_it_is_closed(wire: Wire, world: World) -> None:
    world.faults.add(Fault("timeout", "getMe"))
    with world.events.listening() as events:
        call = asyncio.create_task(wire.call("getMe"))
        await events.get()
    assert not call.done()
    world.close()
    with pytest.raises(ServerDisconnectedError):
        await call


async def test_polls_fail_only_when_they_are_named(wire: Wire, world: World) -> None:
    world.faults.add(Fault("server"))
    await wire.ok("getUpdates")
    world.faults.clear()
    world.faults.add(Fault("server", "getUpdates"))
    assert await wire.refused("getUpdates") == "Internal Server Error"


def test_a_fault_that_does_not_exist() -> None:
    with pytest.raises(ControlError, match="There is no fault"):
        Fault("earthquake")
