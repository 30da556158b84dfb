"""The log of requests that a checker can hold against Telegram's own schema."""

import json
from pathlib import Path

from aiohttp import ClientSession, FormData

from playground.server import serve
from playground.world import World
from tests.playground.wire import PNG, Wire


async def test_each_request_is_a_line_as_it_was_received(tmp_path: Path) -> None:
    log = tmp_path / "requests.jsonl"
    world = World(log=log)
    amara = world.supporters[0].id
    world.link(amara, "")
    media = '[{"type": "photo", "media": "attach://first"}]'
    async with serve(world) as url, ClientSession() as session:
        wire = Wire(session, world, url)
        await wire.ok("getUpdates", timeout=0)
        await wire.ok("sendMessage", chat_id=amara, text="x", protect_content=True)
        await wire.form("sendMessage", {"chat_id": str(amara), "text": "x"})
        await wire.upload("sendPhoto", "photo", PNG, chat_id=amara)
        form = FormData({"chat_id": str(amara), "media": media})
        form.add_field("first", PNG, filename="a.png", content_type="image/png")
        await wire.form("sendMediaGroup", form)
        form = FormData({"chat_id": str(amara), "document": "attach://second"})
        form.add_field("second", b"x", filename="b.txt", content_type="text/plain")
        await wire.form("sendDocument", form)
    assert [json.loads(line) for line in log.read_text("utf-8").splitlines()] == [
        {"method": "getUpdates", "params": {"timeout": 0}},
        {
            "method": "sendMessage",
            "params": {"chat_id": amara, "text": "x", "protect_content": True},
        },
        {"method": "sendMessage", "params": {"chat_id": str(amara), "text": "x"}},
        {
            "method": "sendPhoto",
            "params": {
                "chat_id": str(amara),
                "photo": {"__file__": "picture.png", "size": len(PNG)},
            },
        },
        {"method": "sendMediaGroup", "params": {"chat_id": str(amara), "media": media}},
        {
            "method": "sendDocument",
            "params": {"chat_id": str(amara), "document": {"__file__": "b.txt", "size": 1}},
        },
    ]


async def test_the_list_of_calls_shortens_what_is_long(
    wire: Wire, world: World, amara: int
) -> None:
    await wire.ok("sendMessage", chat_id=amara, text="x" * 4000)
    await wire.ok("getUpdates")
    (call,) = world.calls
    assert call.params["text"] == "x" * 4000
    _, shown = await wire.control("GET", "calls?after=0")
    assert shown["calls"][0]["params"] == {"chat_id": amara, "text": "x" * 300 + "…"}
    assert (shown["calls"][0]["n"], shown["calls"][0]["status"]) == (1, 200)
    assert (await wire.control("GET", "calls?after=1"))[1] == {"calls": []}
