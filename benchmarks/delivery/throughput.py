"""What each client costs: messages a second and CPU for each, with so many in flight."""

import asyncio
import importlib.util
import os
import random
import statistics
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from benchmarks.delivery._apart import Stopwatch, apart, in_loop
from benchmarks.delivery._clients import BULK, CLIENTS, CONVERSATION, DEFAULT, FLOOR, RAW, Send
from benchmarks.delivery._stub import TALKS_FROM, Rules, serving
from benchmarks.delivery._table import line, middle

IN_FLIGHT = (16, 64, 256)
_SECONDS = 1.5  # that a run is to last, about
_EXPECTED = {DEFAULT: 200, "PTB, AIORateLimiter": 200, FLOOR: 15_000}
_USUAL = 2_000  # messages a second
_WARM = 100  # messages beforehand, or one for each in flight
_NEEDS = {"aiogram": "aiogram", "PTB, AIORateLimiter": "aiolimiter"}
_AS_PROGRAM = (RAW, BULK, CONVERSATION, FLOOR)
_WIDTHS = (20, 20, 10, 10, 12)
_HEAD = line(
    "", ("msg/s", "CPU us/msg", "of raw", "its CPU", "of PTB"), _WIDTHS
)  # fmt: skip


@dataclass(frozen=True)
class Way:
    """A client, and whether it runs as Vigil does: its loop, its settings of the collector."""

    client: str
    as_program: bool


@dataclass(frozen=True)
class Cost:
    per_second: float
    cpu_us: float


Costs = dict[Way, list[Cost]]


def run(repetitions: int, in_flight: Sequence[int] = IN_FLIGHT, seconds: float = _SECONDS) -> None:
    """Print each number in flight as soon as all its repetitions are there."""
    print(f"Throughput and CPU: {repetitions} repetitions, each client shuffled within each.")
    print(_sniffio())
    every, absent = ways()
    for one in absent:
        print(f"{one}: not installed; see `make bench-delivery`.")
    with serving(Rules()) as stub:
        for flight in in_flight:
            costs: Costs = defaultdict(list)
            for _ in range(repetitions):
                for way in random.sample(every, len(every)):
                    number = max(flight, int(_EXPECTED.get(way.client, _USUAL) * seconds))
                    costs[way].append(apart(measure, stub.url, way, flight, number))
            for row in rows(costs, flight):
                print(row, flush=True)


def ways() -> tuple[list[Way], list[str]]:
    absent = [one for one, needs in _NEEDS.items() if not importlib.util.find_spec(needs)]
    every = (Way(*one) for one in product(CLIENTS, (False, True)))
    wanted = (way for way in every if way.client in _AS_PROGRAM or not way.as_program)
    return [way for way in wanted if way.client not in absent], absent


def _sniffio() -> str:
    is_there = importlib.util.find_spec("sniffio") is not None
    return f"PTB's own client runs {'with' if is_there else 'WITHOUT'} sniffio."


def measure(url: str, way: Way, flight: int, number: int) -> Cost:
    """In this process."""

    async def work() -> Cost:
        async with CLIENTS[way.client](url) as send:
            await _sent(send, max(_WARM, flight), flight)
            watch = Stopwatch()
            await _sent(send, number, flight)
            seconds, cpu = watch.read()
        return Cost(number / seconds, 1e6 * cpu / number)

    return in_loop(work, as_program=way.as_program)


async def _sent(send: Send, number: int, flight: int) -> None:
    left = iter(range(TALKS_FROM, TALKS_FROM + number))

    async def worker() -> None:
        for chat in left:
            await send(chat)

    async with asyncio.TaskGroup() as group:
        for _ in range(flight):
            group.create_task(worker())


def rows(costs: Costs, flight: int) -> Iterator[str]:
    """Ratios are to raw aiohttp in the same loop, and to PTB as it comes, by medians."""
    yield f"\n{flight} in flight; load of the machine {os.getloadavg()[0]:.1f}"
    yield _HEAD
    for as_program in (False, True):
        yield "in Vigil's loop" if as_program else "in asyncio's loop"
        for client in CLIENTS:
            if (way := Way(client, as_program)) in costs:
                yield _row(way, costs)


def _row(way: Way, costs: Costs) -> str:
    found, mine = costs[way], _medians(costs[way])
    raw = _medians(costs[Way(RAW, way.as_program)])
    default = _medians(costs[Way(DEFAULT, as_program=False)])
    cells = (
        middle([one.per_second for one in found]),
        middle([one.cpu_us for one in found]),
        f"{mine.per_second / raw.per_second:.0%}",
        f"{mine.cpu_us / raw.cpu_us:.2f}",
        f"{mine.per_second / default.per_second:.1f} x",
    )
    return line(f"  {way.client}", cells, _WIDTHS)


def _medians(found: Sequence[Cost]) -> Cost:
    return Cost(
        statistics.median(one.per_second for one in found),
        statistics.median(one.cpu_us for one in found),
    )
