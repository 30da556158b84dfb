"""A server in Telegram's place: a process of its own that answers at the speed of C.

It reads no more of a request than it must, so that it is never what is measured.
"""

import asyncio
import json
import multiprocessing
import random
import resource
import time
import urllib.request
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any, cast

import uvloop

from benchmarks.delivery._messages import answers, first_id

FIRST_PERSON = 100_000_000
STEP = 7_001
"""Between two people's ids, which so are as far apart and as long as real ones."""
TALKS_FROM = 9_000_000_000
"""Chats from here on are those of conversations."""

_END = b"\r\n\r\n"
_LENGTH = b"content-length:"
_CHAT = b'{"chat_id":'
_PATIENCE = 30  # seconds for it to start


@dataclass(frozen=True)
class Rules:
    """Attributes:
    per_second: So many messages are taken in any sliding second; None: all, and at once.
    out, jitter, back: Seconds on the way to it, up to so many more, and on the way back.
    people: Of so many it notes how many messages each one got.
    """

    per_second: int | None = None
    out: float = 0.025
    jitter: float = 0.020
    back: float = 0.025
    people: int = 0


@dataclass(frozen=True)
class Stub:
    url: str
    process: int

    def stats(self) -> dict[str, Any]:
        """What it took and refused; `first` is when it took the first message since the mark."""
        return self._ask("stats")

    def mark(self) -> None:
        self._ask("mark")

    def _ask(self, what: str) -> dict[str, Any]:
        with urllib.request.urlopen(f"{self.url}/{what}", timeout=_PATIENCE) as answer:
            found: dict[str, Any] = json.load(answer)
        return found


@contextmanager
def serving(rules: Rules) -> Iterator[Stub]:
    here, there = multiprocessing.Pipe()
    context = multiprocessing.get_context("spawn")
    process = context.Process(target=_serve, args=(rules, there), daemon=True)
    process.start()
    try:
        if not here.poll(_PATIENCE):
            raise TimeoutError("the server did not start")
        assert process.pid
        yield Stub(f"http://127.0.0.1:{here.recv()}", process.pid)
    finally:
        process.terminate()
        process.join()


def _serve(rules: Rules, there: Connection) -> None:
    uvloop.run(_listen(Desk(rules), there))


async def _listen(desk: "Desk", there: Connection) -> None:
    server = await asyncio.get_running_loop().create_server(
        lambda: Line(desk), "127.0.0.1", 0, backlog=1_024
    )
    there.send(server.sockets[0].getsockname()[1])
    await server.serve_forever()


class Desk:
    """Takes messages, or refuses them, and counts."""

    def __init__(self, rules: Rules) -> None:
        self.rules = rules
        self._chance = random.Random()
        self._before, self._after = answers()
        self._id = first_id()
        self._taken: deque[float] = deque()
        self._got = bytearray(rules.people)
        self._accepted = self._talked = self._refused = self._most = 0
        self._first: float | None = None
        self.refusal = _ok(
            b'{"ok":false,"error_code":429,"description":"Too Many Requests: retry after 1",'
            b'"parameters":{"retry_after":1}}',
            b"429 Too Many Requests",
        )
        self.fixed = self._answer()

    def delay(self) -> float:
        return self.rules.out + self._chance.random() * self.rules.jitter

    def take(self, chat: int) -> bytes:
        now = time.monotonic()
        taken = self._taken
        while taken and taken[0] <= now - 1:
            taken.popleft()
        assert self.rules.per_second
        if len(taken) >= self.rules.per_second:
            self._refused += 1
            return self.refusal
        taken.append(now)
        self._count(chat, now)
        self._id += 1
        return self._answer()

    def mark(self) -> bytes:
        self._first = None
        return _ok(b"{}")

    def stats(self) -> bytes:
        usage = resource.getrusage(resource.RUSAGE_SELF)
        found = {
            "accepted": self._accepted,
            "talked": self._talked,
            "refused": self._refused,
            "reached": len(self._got) - self._got.count(0),
            "most": max(self._got, default=0),
            "first": self._first,
            "cpu": usage.ru_utime + usage.ru_stime,
        }
        return _ok(json.dumps(found).encode())

    def _count(self, chat: int, now: float) -> None:
        if chat >= TALKS_FROM:
            self._talked += 1
            return
        self._accepted += 1
        self._first = self._first or now
        person = (chat - FIRST_PERSON) // STEP
        if 0 <= person < len(self._got):
            self._got[person] += 1

    def _answer(self) -> bytes:
        return _ok(b"%b%d%b" % (self._before, self._id, self._after))


class Line(asyncio.Protocol):
    """One connection; a client sends its next request when it has the answer."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._read = b""
        self._loop = asyncio.get_running_loop()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)  # uvloop's derives from nothing

    def data_received(self, data: bytes) -> None:
        read = self._read + data if self._read else data
        head = read.find(_END)
        if head < 0 or len(read) < head + len(_END) + _length(read[:head]):
            self._read = read
            return
        self._read = b""
        self._serve(read, read[head + len(_END) :])

    def _serve(self, request: bytes, body: bytes) -> None:
        desk = self._desk
        if request.startswith(b"GET /stats"):
            self._transport.write(desk.stats())
        elif request.startswith(b"GET /mark"):
            self._transport.write(desk.mark())
        elif desk.rules.per_second is None:
            self._transport.write(desk.fixed)
        else:
            self._loop.call_later(desk.delay(), self._arrive, _chat(body))

    def _arrive(self, chat: int) -> None:
        answer = self._desk.take(chat)
        self._loop.call_later(self._desk.rules.back, self._reply, answer)

    def _reply(self, answer: bytes) -> None:
        if not self._transport.is_closing():
            self._transport.write(answer)


def _length(head: bytes) -> int:
    _, found, rest = head.lower().partition(_LENGTH)
    return int(rest.partition(b"\r\n")[0]) if found else 0


def _chat(body: bytes) -> int:
    """Whom a body of JSON is for; of forms, whose clients send to nobody in particular, 0."""
    if not body.startswith(_CHAT):
        return 0
    return int(body[len(_CHAT) :].partition(b",")[0])


def _ok(body: bytes, status: bytes = b"200 OK") -> bytes:
    return b"HTTP/1.1 %b\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%b" % (
        status,
        len(body),
        body,
    )
