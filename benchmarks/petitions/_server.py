"""A server in Telegram's place, a process of its own: it hands out taps and times the answers."""

import asyncio
import json
import multiprocessing
import os
import re
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from typing import Any, cast
from urllib.parse import parse_qs

import uvloop

PEOPLE_FROM = 9_000_000_000
"""Ids of those who tap; whoever has a lower one is in the audience of the send."""

NAME = "Samira"
VIEW = 100  # updates that Telegram shows at once
PATIENCE = 60.0  # seconds
_END = b"\r\n\r\n"
_LENGTH = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)
_OFFSET = re.compile(rb"\boffset=(\d+)")
_TIMEOUT = re.compile(rb"\btimeout=(\d+)")
_BOT = {"id": 1, "is_bot": True, "first_name": "Vigil", "username": "vigil_bot"}
_DATE = 1_790_000_000


@dataclass(frozen=True)
class Taps:
    """Each is by a person of her own.

    Attributes:
        buttons: What stands in the buttons, in turn.
        per_second: They come at this rate, answered or not; None: when the last one is answered.
    """

    number: int
    buttons: tuple[str, ...]
    per_second: float | None = None
    first: int = PEOPLE_FROM


@dataclass
class Heard:
    """Attributes:
    waits: Seconds from when a person's tap was due until the message that answers it arrived.
    words: Of that message.
    sent: Messages to others.
    polls: How often somebody asked for updates.
    seconds: Since what was heard before was forgotten.
    """

    waits: dict[int, float] = field(default_factory=dict)
    words: dict[int, str] = field(default_factory=dict)
    sent: int = 0
    polls: int = 0
    begun: float = field(default_factory=time.monotonic)
    seconds: float = 0.0


class Server:
    """Seen from the process that measures."""

    def __init__(self, url: str, here: Connection) -> None:
        self.url = url
        self._here = here

    def wait_for_poll(self) -> None:
        """Until somebody asks for updates, from now on; what was heard before is forgotten."""
        self._ask("forget")
        end = time.monotonic() + PATIENCE
        while not self._ask("counts")[0]:
            if time.monotonic() > end:
                raise TimeoutError("nobody asked for updates")
            time.sleep(0.05)

    def tap(self, taps: Taps, patience: float = PATIENCE) -> Heard:
        """Let them tap; gives what was heard when all are answered, or after so many seconds."""
        self._ask("forget")
        self._ask(taps)
        length = taps.number / taps.per_second if taps.per_second else 0.0
        end = time.monotonic() + length + patience
        while time.monotonic() < end and self._ask("counts")[1] < taps.number:
            time.sleep(0.05)
        heard: Heard = self._ask("heard")
        return heard

    def _ask(self, what: "str | Taps") -> Any:
        self._here.send(what)
        if not self._here.poll(PATIENCE):
            raise TimeoutError("the server does not answer")
        return self._here.recv()


@contextmanager
def serving() -> Iterator[Server]:
    here, there = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(
        target=_serve, args=(there,), daemon=True
    )
    process.start()
    try:
        if not here.poll(PATIENCE):
            raise TimeoutError("the server did not start")
        yield Server(f"http://127.0.0.1:{here.recv()}", here)
    finally:
        process.terminate()
        process.join()


def _serve(there: Connection) -> None:
    uvloop.run(_listen(there))


async def _listen(there: Connection) -> None:
    loop, desk = asyncio.get_running_loop(), Desk()
    server = await loop.create_server(lambda: Line(desk), "127.0.0.1", 0, backlog=1_024)
    loop.add_reader(there.fileno(), lambda: there.send(desk.told(there.recv())))
    os.set_blocking(there.fileno(), True)  # uvloop has made it otherwise, and what is sent is long
    there.send(server.sockets[0].getsockname()[1])
    await server.serve_forever()


class Desk:
    """Keeps updates until they are confirmed, as Telegram does."""

    def __init__(self) -> None:
        self._heard = Heard()
        self._updates: deque[tuple[int, bytes]] = deque()
        self._id = 0
        self._due: dict[int, float] = {}
        self._change = asyncio.Event()
        self._answered = asyncio.Event()
        self._tapping: asyncio.Task[None] | None = None

    def told(self, what: str | Taps) -> object:
        match what:
            case Taps():
                self._tapping = asyncio.get_running_loop().create_task(self._tap(what))
            case "counts":
                return self._heard.polls, len(self._heard.waits)
            case "heard":
                self._heard.seconds = time.monotonic() - self._heard.begun
                return self._heard
            case _:
                self._heard = Heard()
                self._due.clear()
        return None

    async def _tap(self, taps: Taps) -> None:
        begun = time.monotonic()
        for index in range(taps.number):
            due = time.monotonic()
            if taps.per_second:
                due = begun + index / taps.per_second
                await asyncio.sleep(max(0.0, due - time.monotonic()))
            self._answered.clear()
            self._put(taps.first + index, taps.buttons[index % len(taps.buttons)], due)
            if not taps.per_second:
                await self._answered.wait()

    def _put(self, person: int, data: str, due: float) -> None:
        self._id += 1
        self._due[person] = due
        said = {"message_id": 1, "date": _DATE, "chat": _chat(person), "from": _BOT, "text": "Card"}
        someone = {"id": person, "is_bot": False, "first_name": NAME, "language_code": "en"}
        query = {"id": str(self._id), "from": someone, "chat_instance": "1"}
        query |= {"data": data, "message": said}
        update = {"update_id": self._id, "callback_query": query}
        self._updates.append((self._id, json.dumps(update).encode()))
        self._change.set()

    async def updates(self, offset: int, patience: int) -> bytes:
        self._heard.polls += 1
        while self._updates and self._updates[0][0] < offset:
            self._updates.popleft()
        if not self._updates and patience:
            self._change.clear()
            waiting = asyncio.ensure_future(self._change.wait())
            await asyncio.wait({waiting}, timeout=patience)
            waiting.cancel()
        shown = (self._updates[n][1] for n in range(min(VIEW, len(self._updates))))
        return b"[%b]" % b",".join(shown)

    def take(self, said: dict[str, Any]) -> dict[str, Any]:
        person = int(said.get("chat_id", 0))
        if person < PEOPLE_FROM:
            self._heard.sent += 1
        elif person in self._due and person not in self._heard.waits:
            self._heard.waits[person] = time.monotonic() - self._due[person]
            self._heard.words[person] = said["text"]
            self._answered.set()
        return {"message_id": 2, "date": _DATE, "chat": _chat(person), "from": _BOT, "text": "."}


def _chat(person: int) -> dict[str, Any]:
    return {"id": person, "type": "private", "first_name": NAME}


class Line(asyncio.Protocol):
    """One connection; a client sends its next request when it has the answer."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._read = b""
        self._polling: asyncio.Task[None] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)  # uvloop's derives from nothing

    def data_received(self, data: bytes) -> None:
        self._read += data
        head, end, body = self._read.partition(_END)
        length = _LENGTH.search(head)
        if not end or len(body) < (int(length[1]) if length else 0):
            return
        request, self._read = self._read, b""
        method = head.split(b" ", 2)[1].partition(b"?")[0].rpartition(b"/")[2]
        if method == b"getUpdates":
            offset, timeout = _OFFSET.search(request), _TIMEOUT.search(request)
            poll = self._poll(int(offset[1]) if offset else 0, int(timeout[1]) if timeout else 0)
            self._polling = asyncio.get_running_loop().create_task(poll)
        elif method.startswith((b"send", b"edit")):
            self._answer(json.dumps(self._desk.take(_parameters(body))).encode())
        else:
            self._answer(json.dumps(_BOT).encode() if method == b"getMe" else b"true")

    async def _poll(self, offset: int, patience: int) -> None:
        self._answer(await self._desk.updates(offset, patience))

    def _answer(self, result: bytes) -> None:
        body = b'{"ok":true,"result":%b}' % result
        head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
        if not self._transport.is_closing():
            self._transport.write(head % len(body) + body)


def _parameters(body: bytes) -> dict[str, Any]:
    """Of JSON, or of a form, as PTB's own client sends."""
    if body.startswith(b"{"):
        found: dict[str, Any] = json.loads(body)
        return found
    return {name: values[0] for name, values in parse_qs(body.decode()).items()}
