import asyncio
from datetime import timedelta
from typing import Any

import pytest

from playground.world import World
from tests.playground.wire import Wire


def texts(updates: list[Any]) -> list[str]:
    return [update["message"]["text"] for update in updates]


async def test_updates_come_again_until_an_offset_confirms_them(
    wire: Wire, world: World, amara: int
) -> None:
    for text in ("one", "two", "three"):
        world.say(amara, text)
    first = await wire.ok("getUpdates")
    assert texts(first) == ["one", "two", "three"]
    assert await wire.ok("getUpdates") == first
    assert texts(await wire.ok("getUpdates", offset=first[1]["update_id"], limit=1)) == ["two"]
    assert texts(await wire.ok("getUpdates", offset=first[-1]["update_id"])) == ["three"]
    assert await wire.ok("getUpdates", offset=first[-1]["update_id"] + 1) == []
    assert [update["update_id"] for update in first] == [
        first[0]["update_id"] + step for step in range(3)
    ]


async def test_a_negative_offset_keeps_only_the_newest(
    wire: Wire, world: World, amara: int
) -> None:
    for text in ("one", "two", "three"):
        world.say(amara, text)
    assert texts(await wire.ok("getUpdates", offset=-1)) == ["three"]
    assert texts(await wire.ok("getUpdates")) == ["three"]


async def test_a_long_poll_returns_as_soon_as_something_was_said(
    wire: Wire, world: World, amara: int
) -> None:
    poll = asyncio.create_task(wire.ok("getUpdates", timeout=50))
    await world.updates.polled(1)
    world.say(amara, "now")
    assert texts(await poll) == ["now"]


async def test_a_second_poll_ends_the_first(wire: Wire, world: World, amara: int) -> None:
    first = asyncio.create_task(wire.call("getUpdates", timeout=50))
    await world.updates.polled(1)
    second = asyncio.create_task(wire.ok("getUpdates", timeout=50))
    status, body = await first
    assert (status, body["error_code"]) == (409, 409)
    assert body["description"] == (
        "Conflict: terminated by other getUpdates request; "
        "make sure that only one bot instance is running"
    )
    world.say(amara, "still here")
    assert texts(await second) == ["still here"]


async def test_only_the_kinds_that_were_asked_for_arrive(
    wire: Wire, world: World, amara: int
) -> None:
    await wire.ok("getUpdates", allowed_updates=["callback_query"])
    assert world.say(amara, "unheard").update_ids == []
    world.tap(amara, amara, 1, "go")
    (update,) = await wire.ok("getUpdates")
    assert update["callback_query"]["data"] == "go"
    await wire.ok("getUpdates", allowed_updates="[]")
    assert world.say(amara, "heard again").update_ids != []


async def test_settled_waits_for_the_confirmation(wire: Wire, world: World, amara: int) -> None:
    await world.settled()
    (update_id,) = world.say(amara, "hello").update_ids
    waiting = asyncio.create_task(world.settled())
    await wire.ok("getUpdates")
    assert not waiting.done()
    await wire.ok("getUpdates", offset=update_id + 1)
    await waiting
    world.say(amara, "nobody listens")
    with pytest.raises(TimeoutError):
        await world.settled(within=0)


async def test_a_confirmed_update_can_come_again_under_its_id(
    wire: Wire, world: World, amara: int
) -> None:
    ids = [world.say(amara, text).update_ids[0] for text in ("one", "two")]
    await wire.ok("getUpdates", offset=ids[-1] + 1)
    world.redeliver(ids[0])
    again = await wire.ok("getUpdates", offset=ids[-1] + 1)
    assert [update["update_id"] for update in again] == ids[:1]
    assert await wire.ok("getUpdates", offset=ids[-1] + 1) == []
    await world.settled()
    with pytest.raises(LookupError):
        world.redeliver(ids[-1] + 1)


async def test_ids_that_restart_lower_are_still_delivered(
    wire: Wire, world: World, amara: int
) -> None:
    (old,) = world.say(amara, "before").update_ids
    await wire.ok("getUpdates", offset=old + 1)
    world.restart_ids(77)
    world.say(amara, "after")
    (update,) = await wire.ok("getUpdates", offset=old + 1)
    assert (update["update_id"], update["message"]["text"]) == (77, "after")
    assert await wire.ok("getUpdates", offset=78) == []


async def test_updates_are_kept_for_a_day(wire: Wire, world: World, amara: int) -> None:
    world.say(amara, "lost")
    world.clock.jump(timedelta(hours=20))
    world.say(amara, "kept")
    world.clock.jump(timedelta(hours=4))
    assert texts(await wire.ok("getUpdates")) == ["kept"]


async def test_an_update_shows_a_message_as_it_was_then(
    wire: Wire, world: World, amara: int
) -> None:
    sent = await wire.ok("sendMessage", chat_id=amara, text="before")
    world.tap(amara, amara, sent["message_id"], "go")
    await wire.ok("editMessageText", chat_id=amara, message_id=sent["message_id"], text="after")
    (update,) = await wire.ok("getUpdates")
    assert update["callback_query"]["message"] == sent


async def test_closing_ends_a_poll_at_once(world: World, wire: Wire) -> None:
    poll = asyncio.create_task(wire.ok("getUpdates", timeout=50))
    await world.updates.polled(1)
    world.close()
    assert await poll == []
