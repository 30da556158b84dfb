"""The control API over HTTP, as the page and the bot's playground mode use it."""

import asyncio
import json
from datetime import timedelta
from typing import Any

import pytest
from aiohttp import ClientResponse, FormData

from playground.world import World
from tests.playground.conftest import NOON
from tests.playground.wire import PNG, Wire


async def next_event(stream: ClientResponse) -> Any:
    async for line in stream.content:
        if line.startswith(b"data: "):
            return json.loads(line.removeprefix(b"data: "))
    raise EOFError


async def test_cast_and_state_name_the_same_people(wire: Wire, world: World) -> None:
    _, cast = await wire.control("GET", "cast")
    _, state = await wire.control("GET", "state")
    people = {entry["user"]["id"]: entry["role"] for entry in state["people"]}
    assert cast["token"] == world.token
    assert people == {
        **{user["id"]: "supporter" for user in cast["supporters"]},
        cast["organiser"]["id"]: "organiser",
        **{user["id"]: "admin" for user in cast["admins"]},
    }
    chats = {entry["chat"]["id"]: entry for entry in state["chats"]}
    assert set(chats) == {*people, cast["admin_chat"]["id"]}
    assert set(chats[cast["admin_chat"]["id"]]["members"]) == {
        *(user["id"] for user in cast["admins"]),
        cast["bot"]["id"],
    }


async def test_a_conversation_by_the_page(wire: Wire, world: World) -> None:
    amara = world.supporters[0].id
    status, linked = await wire.control("POST", "link", {"user": amara, "payload": "x"})
    assert (status, linked["update_ids"]) == (200, [linked["update_id"]])
    said = {"user": amara, "chat": amara, "text": "hello", "reply_to": linked["message_id"]}
    _, answer = await wire.control("POST", "say", said)
    assert answer["message_id"] == linked["message_id"] + 1
    sent = await wire.ok("sendMessage", chat_id=amara, text="x", disable_notification=True)
    tap = {"user": amara, "chat": amara, "message_id": sent["message_id"], "data": "go"}
    _, tapped = await wire.control("POST", "tap", tap)
    assert tapped["update_id"] == answer["update_id"] + 1
    assert tapped["callback_query_id"] in world.queries
    form = FormData({"user": str(amara), "chat": str(amara), "as": "document"})
    form.add_field("file", PNG, filename="a.png", content_type="image/png")
    async with wire.session.post(f"{wire.url}/playground/photo", data=form) as posted:
        assert posted.status == 200
    assert world.chat(amara).last["document"]["mime_type"] == "image/png"
    _, state = await wire.control("GET", "state")
    (chat,) = [entry for entry in state["chats"] if entry["chat"]["id"] == amara]
    assert [message.get("text") for message in chat["messages"]] == ["/start x", "hello", "x", None]
    assert [message.get("disable_notification") for message in chat["messages"]][2] is True


async def test_blocking_and_membership_by_the_page(wire: Wire, world: World) -> None:
    admin = world.admins[0].id
    _, blocked = await wire.control("POST", "block", {"user": admin, "blocked": True})
    assert blocked["update_id"] == world.updates.waiting[0].id
    made = {"user": admin, "chat": None, "title": "Friends", "action": "add"}
    _, joined = await wire.control("POST", "membership", made)
    assert world.chat(joined["chat_id"]).info["title"] == "Friends"


async def test_events_follow_what_happens(wire: Wire, world: World, amara: int) -> None:
    async with wire.session.get(f"{wire.url}/playground/events") as stream:
        assert stream.content_type == "text/event-stream"
        await stream.content.readline()  # from here on it listens
        world.say(amara, "hello")
        said = await next_event(stream)
        assert (said["type"], said["chat_id"]) == ("message", amara)
        assert said["message"]["text"] == "hello"

        await wire.ok("sendChatAction", chat_id=amara, action="typing")
        assert await next_event(stream) == {
            "type": "typing",
            "chat_id": amara,
            "action": "typing",
        }
        call = await next_event(stream)
        assert (call["type"], call["call"]["method"]) == ("call", "sendChatAction")

        sent = await wire.ok("sendMessage", chat_id=amara, text="x")
        assert (await next_event(stream))["action"] is None
        assert (await next_event(stream))["message"] == sent
        assert (await next_event(stream))["call"]["status"] == 200

        here = {"chat_id": amara, "message_id": sent["message_id"]}
        edited = await wire.ok("editMessageText", **here, text="y")
        assert await next_event(stream) == {
            "type": "edited",
            "chat_id": amara,
            "message": edited,
        }
        await next_event(stream)
        await wire.ok("deleteMessage", **here)
        assert await next_event(stream) == {
            "type": "deleted",
            "chat_id": amara,
            "message_ids": [sent["message_id"]],
        }
        await next_event(stream)
        tapped = world.tap(amara, amara, 1, "go")
        query = {"callback_query_id": tapped["callback_query_id"]}
        await wire.ok("answerCallbackQuery", **query, text="Done", show_alert=True)
        assert await next_event(stream) == {
            "type": "popup",
            "user_id": amara,
            **query,
            "text": "Done",
            "show_alert": True,
            "url": None,
        }
        await next_event(stream)
        await wire.ok("setMyCommands", commands=[])
        assert await next_event(stream) == {"type": "commands"}
        await next_event(stream)
        world.block(amara)
        assert await next_event(stream) == {
            "type": "person",
            "user_id": amara,
            "blocked": True,
        }
        await wire.control("POST", "clock/jump", {"seconds": 5})
        assert (await next_event(stream))["clock"]["offset"] == 5
        world.close()
        with pytest.raises(EOFError):
            await next_event(stream)


async def test_the_clock_jumps_to_what_is_due(wire: Wire, world: World) -> None:
    _, start = await wire.control("GET", "clock")
    assert start == {"now": NOON.isoformat(), "offset": 0, "version": 1, "due": []}
    later = [
        {"at": (NOON + timedelta(days=days)).isoformat(), "what": f"day {days}"}
        for days in (2, 1, -1)
    ]
    _, clock = await wire.control("PUT", "clock/due", {"due": later})
    assert [entry["what"] for entry in clock["due"]] == ["day -1", "day 1", "day 2"]
    assert clock["version"] == 1
    for days in (1, 2):
        _, clock = await wire.control("POST", "clock/jump", {})
        assert clock["now"] == (NOON + timedelta(days=days)).isoformat()
    status, refusal = await wire.control("POST", "clock/jump", {})
    assert (status, refusal) == (400, {"error": "Nothing lies ahead that the clock could jump to."})
    to = (NOON + timedelta(days=3)).isoformat()
    _, clock = await wire.control("POST", "clock/jump", {"to": to})
    assert (clock["now"], clock["offset"]) == (to, 3 * 86400)
    assert (await wire.control("POST", "clock/jump", {"seconds": -1}))[0] == 400
    _, clock = await wire.control("POST", "clock/reset", {})
    assert (clock["now"], clock["version"]) == (NOON.isoformat(), 5)


async def test_one_can_wait_for_the_clock_to_move(wire: Wire, world: World) -> None:
    _, clock = await wire.control("GET", "clock?after=1&wait=0")
    assert clock["version"] == 1
    waiting = asyncio.create_task(wire.control("GET", "clock?after=1&wait=25"))
    await wire.control("PUT", "clock/due", {"due": []})
    world.clock.jump(timedelta(hours=1))
    _, clock = await waiting
    assert (clock["version"], clock["offset"]) == (2, 3600)


async def test_faults_by_the_page(wire: Wire) -> None:
    order = {"kind": "flood", "method": "getMe", "times": 2, "retry_after": 9}
    await wire.control("POST", "faults", order)
    assert await wire.refused("getMe") == "Too Many Requests: retry after 9"
    await wire.control("DELETE", "faults")
    await wire.ok("getMe")
    status, refusal = await wire.control("POST", "faults", {"kind": "rain"})
    assert (status, refusal["error"][:24]) == (400, "There is no fault 'rain'")


@pytest.mark.parametrize(
    ("path", "body", "sentence"),
    [
        ("say", {"text": "x"}, "The field user is missing."),
        ("say", {"user": "Amara", "text": "x"}, "The field user must be a whole number."),
        ("say", {"user": 510000001}, "The field text must be a text."),
        (
            "say",
            {"user": 510000001, "text": "x", "anonymous": "no"},
            "The field anonymous must be true or false.",
        ),
        ("say", {"user": 5, "text": "x"}, "Nobody here has the id 5."),
        ("say", ["x"], "Send a JSON object."),
        (
            "clock/jump",
            {"to": "tomorrow"},
            "'tomorrow' is not a time such as 2030-01-31T12:00:00+00:00.",
        ),
        ("clock/jump", {"to": "2030-01-01T00:00"}, "'2030-01-01T00:00' names no time zone."),
        ("photo", {}, "Send the file as multipart/form-data."),
    ],
)
async def test_a_wrong_request_is_refused_in_a_sentence(
    wire: Wire, path: str, body: Any, sentence: str
) -> None:
    assert await wire.control("POST", path, body) == (400, {"error": sentence})


async def test_a_foreign_page_cannot_post_a_form(wire: Wire, world: World) -> None:
    body = json.dumps({"user": world.supporters[0].id, "text": "x"})
    headers = {"Content-Type": "text/plain"}
    address = f"{wire.url}/playground/say"
    async with wire.session.post(address, data=body, headers=headers) as answer:
        assert answer.status == 400
    assert world.updates.waiting == []


async def test_only_the_page_itself_is_served(wire: Wire) -> None:
    async with wire.session.get(f"{wire.url}/") as answer:
        assert (answer.status, answer.content_type) == (200, "text/html")
    for path in ("/page/nothing.js", "/page/..%2fworld.py", "/page/%2e%2e/world.py"):
        async with wire.session.get(f"{wire.url}{path}") as answer:
            assert answer.status == 404
