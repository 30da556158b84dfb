"""What somebody at the page sees."""

import asyncio
import contextlib
from typing import Any

import orjson
from aiohttp import web

from playground.chats import Chat
from playground.control_error import ControlError
from playground.keys import WORLD
from playground.transfer import as_download
from playground.wire import Json
from playground.world import World

CALLS_SHOWN = 200
KEEP_ALIVE = 15.0  # seconds


async def cast(http: web.Request) -> Json:
    world = http.app[WORLD]
    return {
        "token": world.token,
        "bot": world.bot,
        "supporters": [person.user for person in world.supporters],
        "organiser": world.organiser.user,
        "admins": [person.user for person in world.admins],
        "admin_chat": world.admin_chat.info,
        "crowd": [[person.id, person.language] for person in world.crowd.people.values()],
    }


async def state(http: web.Request) -> Json:
    world = http.app[WORLD]
    return {
        "bot": world.bot,
        "people": [one.shown() for one in world.people.values() if one.id not in world.crowd],
        "chats": [_chat(world, one) for one in world.chats.values() if one.id not in world.crowd],
        "crowd": world.crowd.shown(),
        "clock": world.clock.shown(),
        "faults": world.faults.shown(),
        "calls": [call.shown() for call in world.calls[-CALLS_SHOWN:]],
    }


async def calls(http: web.Request) -> Json:
    after = http.query.get("after", "0")
    if not after.isdecimal():
        raise ControlError("The field after must be a number.")
    return {"calls": [call.shown() for call in http.app[WORLD].calls if call.n > int(after)]}


async def file(http: web.Request) -> web.StreamResponse:
    """A sent file by its file_id, for the page, which has no business with the bot's token."""
    stored = http.app[WORLD].files.find(http.match_info["file_id"])
    if stored is None:
        raise web.HTTPNotFound
    return as_download(stored)


async def events(http: web.Request) -> web.StreamResponse:
    """Server-Sent Events from now on, until the page or the server goes away."""
    headers = {"Content-Type": "text/event-stream", "Cache-Control": "no-store"}
    stream = web.StreamResponse(headers=headers)
    with http.app[WORLD].events.listening() as queue, contextlib.suppress(ConnectionResetError):
        await stream.prepare(http)
        await stream.write(b": hello\n\n")
        while (line := await _next_line(queue)) is not None:
            await stream.write(line)
    return stream


async def _next_line(queue: "asyncio.Queue[Json | None]") -> bytes | None:
    try:
        event: Any = await asyncio.wait_for(queue.get(), KEEP_ALIVE)
    except TimeoutError:
        return b": still here\n\n"
    return None if event is None else b"data: " + orjson.dumps(event) + b"\n\n"


def _chat(world: World, chat: Chat) -> Json:
    people = [world.people[member] for member in chat.members if member in world.people]
    return {
        "chat": chat.info,
        "members": chat.members,
        "messages": [chat.shown(message) for message in chat.messages],
        "typing": chat.typing,
        "keyboard": chat.keyboard,
        "commands": {str(person.id): world.menus.seen_by(person, chat) for person in people},
    }


VIEWS = (("GET", "cast", cast), ("GET", "state", state), ("GET", "calls", calls))
