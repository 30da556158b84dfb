"""Thirty messages a second are allowed: how many come through, and how long people wait."""

import asyncio
import importlib.util
import os
import random
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import partial

from benchmarks.delivery._apart import apart, in_loop
from benchmarks.delivery._senders import PER_SECOND, VIGIL, WAYS
from benchmarks.delivery._stub import FIRST_PERSON, Rules, Stub, serving
from benchmarks.delivery._table import line, middle, quantile
from benchmarks.delivery._talk import Talk

IDLE = "an idle bot"
_BEFORE = 1.0  # seconds of conversation, before the sending begins
_PEACE = 2.0  # seconds; so that a run meets a window that is empty
_NEEDS = {"AIORateLimiter, gather": "aiolimiter", "aiogram-broadcaster": "aiogram_broadcaster"}
_WIDTHS = (18, 20, 12, 18, 20)
_HEAD = line("", ("used of 30/s %", "429s", "runs", "talk p50 ms", "talk p99 ms"), _WIDTHS)


@dataclass(frozen=True)
class Length:
    """Of a run, which ends when the messages are sent or the seconds are over."""

    messages: int = 540
    seconds: float = 20.0


@dataclass(frozen=True)
class Run:
    """Attributes:
    used: The share of the allowed messages that arrived while it sent, conversation included.
    waits: Seconds for which those waited who talked meanwhile.
    """

    used: float
    refused: int
    waits: tuple[float, ...]


def run(own: int, others: int, length: Length) -> None:
    """Vigil so many times and the others so many; shuffled in each repetition."""
    print(
        f"At most {PER_SECOND} in any second, or 429: 25 ms and up to 20 ms more on the way there, "
        f"25 ms back.\nUp to {length.messages} messages or {length.seconds:.0f} s, and a message "
        "of a conversation every 200 ms.",
        flush=True,
    )
    found: dict[str, list[Run]] = defaultdict(list)
    with serving(Rules(PER_SECOND)) as stub:
        for repetition in range(max(own, others)):
            ways = [name for name in _ways() if repetition < (own if name in _OWN else others)]
            for name in random.sample(ways, len(ways)):
                time.sleep(_PEACE)
                found[name].append(apart(_measured, stub, name, length))
    for row in _rows(found):
        print(row, flush=True)


_OWN = (IDLE, VIGIL)


def _ways() -> Iterator[str]:
    yield IDLE
    for name in WAYS:
        if name not in _NEEDS or importlib.util.find_spec(_NEEDS[name]):
            yield name


def _measured(stub: Stub, name: str, length: Length) -> Run:
    return in_loop(partial(measure, stub, name, length), as_program=name in _OWN)


async def measure(stub: Stub, name: str, length: Length) -> Run:
    """In this process."""
    async with WAYS[VIGIL if name == IDLE else name](stub.url) as sender:
        talk = Talk(sender.say)
        async with talk.going_on():
            await asyncio.sleep(_BEFORE)
            talk.waits()
            before, begun = await asyncio.to_thread(stub.stats), time.perf_counter()
            with suppress(TimeoutError):
                async with asyncio.timeout(length.seconds):
                    if name == IDLE:
                        await asyncio.sleep(length.seconds)
                    await sender.broadcast(_chats(length.messages))
            seconds = time.perf_counter() - begun
            after = await asyncio.to_thread(stub.stats)
    taken = sum(after[one] - before[one] for one in ("accepted", "talked"))
    return Run(taken / seconds / PER_SECOND, after["refused"] - before["refused"], talk.waits())


def _chats(number: int) -> list[int]:
    return [FIRST_PERSON + one for one in range(number)]


def _rows(found: dict[str, list[Run]]) -> Iterator[str]:
    yield f"\nload of the machine {os.getloadavg()[0]:.1f}; medians (ranges) of the runs"
    yield _HEAD
    for name in _ways():
        runs = found[name]
        cells = (
            middle([100 * one.used for one in runs], 1),
            middle([one.refused for one in runs]),
            f"{len(runs)}",
            middle([1000 * quantile(one.waits, 0.5) for one in runs]),
            middle([1000 * quantile(one.waits, 0.99) for one in runs]),
        )
        yield line(name, cells, _WIDTHS)
