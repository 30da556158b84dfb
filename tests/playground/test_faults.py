import asyncio
from collections import Counter
from contextlib import suppress

import pytest
from aiohttp import ContentTypeError, ServerDisconnectedError

from playground.control_error import ControlError
from playground.faults import Fault, Mixture
from playground.wire import Request
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


HALF = {"429": 0.1, "403": 0.1, "500": 0.1, "502": 0.1, "reset": 0.1, "lost": 0.1}


def met(seed: int, calls: list[tuple[str, int]]) -> list[tuple[int, str]]:
    """Who met what, in the order of people."""
    mixture, found = Mixture(seed, HALF), []
    for method, chat in calls:
        fault = mixture.take(Request(method, {"chat_id": chat}))
        found.append((chat, f"{fault.kind} {fault.after_effect}" if fault else ""))
    return sorted(found, key=lambda one: one[0])


def test_what_is_mixed_in_depends_on_the_seed_and_the_person_alone() -> None:
    people = [("sendMessage", person) for person in range(1, 3001)]
    once = met(7, people)
    assert met(7, people[::-1]) == once
    assert met(8, people) != once
    assert met(7, [("getMe", 0), ("sendMessage", -5), ("editMessageText", 5)]) == [
        (-5, ""),
        (0, ""),
        (5, ""),
    ]
    kinds = Counter(kind for _, kind in once)
    for kind in ("flood False", "blocked False", "server False", "reset True"):
        assert 200 < kinds[kind] < 400  # 300 are expected
    assert 1_000 < kinds[""] < 1_400
    assert met(7, people * 2)[::2] == once  # a second try is another draw
    assert met(7, people * 2)[1::2] != once


async def test_mixed_faults_are_answered_as_they_happen(
    wire: Wire, world: World, amara: int
) -> None:
    for kind, done, heard in (
        ("429", False, (429, "Too Many Requests: retry after 1")),
        ("403", False, (403, "Forbidden: bot was blocked by the user")),
        ("500", False, (500, "Internal Server Error")),
        ("502", True, (502, "Bad Gateway")),
        ("reset", False, (0, "reset")),
        ("lost", True, (0, "reset")),
    ):
        had = len(world.chat(amara).messages)
        world.faults.mixture = Mixture(1, {kind: 1})
        with suppress(ServerDisconnectedError, ContentTypeError):
            await wire.call("sendMessage", chat_id=amara, text="x")
        assert (world.calls[-1].status, world.calls[-1].description) == heard
        assert len(world.chat(amara).messages) - had == done
        await wire.ok("sendMessage", chat_id=world.admin_chat.id, text="x")


async def test_faults_are_mixed_in_by_the_page(wire: Wire, world: World, amara: int) -> None:
    wanted = {"seed": 3, "shares": {"403": 0.5, "500": 0.5}}
    _, faults = await wire.control("POST", "faults/mixture", wanted)
    assert faults == {"faults": [], "mixture": wanted}
    assert (await wire.control("GET", "state"))[1]["faults"] == faults
    world.faults.add(Fault("not_found", "sendMessage"))  # what is ordered comes first
    assert "chat not found" in await wire.refused("sendMessage", chat_id=amara, text="x")
    assert (await wire.call("sendMessage", chat_id=amara, text="x"))[0] in {403, 500}
    await wire.control("DELETE", "faults")
    await wire.ok("sendMessage", chat_id=amara, text="x")
    for shares, sentence in (
        ({"rain": 0.1}, "There is no fault 'rain' to mix in."),
        ({"403": 0.7, "500": 0.7}, "A share lies between 0 and 1"),
        ({"403": -0.1}, "A share lies between 0 and 1"),
        ({"403": "all"}, "The field shares must be an object of numbers."),
    ):
        order = {"seed": 3, "shares": shares}
        status, refusal = await wire.control("POST", "faults/mixture", order)
        assert (status, refusal["error"].startswith(sentence)) == (400, True)
