"""A million people, through the ledger, at the paid rate: filling it, sending, a kill, going on."""

import os
import shutil
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.delivery import _crowd
from benchmarks.delivery._campaign import Campaign, Sample, Task, running
from benchmarks.delivery._stub import Rules, Stub, serving
from benchmarks.delivery._table import middle
from benchmarks.delivery._watch import PER_SECOND, line, ms, waits, watch

_LATE = 0.9  # of the people have it when it goes on after the kill
_FILLS_IN = 600.0  # seconds, at most
_OFTEN = 0.05  # seconds
_ON_THE_WAY = 0.2  # seconds, until what a killed process had sent has arrived
_PATIENCE = 60.0  # seconds until a sample, or the first message, must be there


@dataclass(frozen=True)
class Size:
    """Attributes:
    seconds: So long it sends, and half as long again when nearly all have it.
    idle: Seconds of conversation without any sending.
    """

    people: int = 1_000_000
    few: int = 10_000
    fillings: int = 3
    seconds: float = 90.0
    idle: float = 30.0


def run(size: Size) -> None:
    say(
        f"{size.people:,} people in a ledger of Vigil's own, encrypted, synchronous=FULL. The "
        f"server takes {PER_SECOND:,} in any second:\n25 ms and up to 20 ms more on the way there, "
        f"25 ms back. Load of the machine: {_load()}."
    )
    few = _few(size)
    with _house(size.people) as (path, number, stub):
        _fill(path, number, size)
        _send(path, number, stub, size, few)


def _few(size: Size) -> float:
    """The memory that it takes to send to few."""
    with _house(size.few) as (path, number, stub), running(Task(path, stub.url, number)) as sends:
        sends.follow(_FILLS_IN, lambda sample: sample.is_over)
        return max(sample.rss for sample in sends.samples)


@contextmanager
def _house(people: int) -> Iterator[tuple[Path, int, Stub]]:
    with (
        tempfile.TemporaryDirectory(prefix="vigil-") as folder,
        serving(Rules(PER_SECOND, people=people)) as stub,
    ):
        path = Path(folder, "vigil.db")
        yield path, _crowd.prepare(path, people), stub


def _fill(path: Path, number: int, size: Size) -> None:
    """Several times in copies, while nothing is sent, beside a bare INSERT … SELECT in others."""
    bare = [_crowd.bare(path) for _ in range(size.fillings)]
    with serving(Rules(PER_SECOND)) as stub:  # one of its own, for a message goes out each time
        filled = [_filled(path, number, stub) for _ in range(size.fillings)]
    ours = [sample.enlisted or 0.0 for sample, _ in filled]
    plain, asked = [one.seconds for one in bare], [one.asked for one in bare]
    ratio, fairer = (statistics.median(ours) / statistics.median(one) for one in (plain, asked))
    say(
        f"\nfilling the ledger       {middle(ours, 2)} s\n"
        f"a bare INSERT … SELECT   {middle(plain, 2)} s: {ratio:.2f} x; "
        f"of those who chose it {middle(asked, 2)} s: {fairer:.2f} x\n"
        f"longest write lock       {max(sample.locked for sample, _ in filled):.3f} s\n"
        f"added by it              {filled[0][1]:.1f} MB, before anything is settled; "
        f"bare {bare[0].mb:.1f} MB"
    )


def _filled(path: Path, number: int, stub: Stub) -> tuple[Sample, float]:
    copy = path.with_name("copy.db")
    shutil.copyfile(path, copy)
    before = _crowd.used_mb(copy)
    with running(Task(copy, stub.url, number, per_second=None)) as fills:
        fills.follow(_FILLS_IN, lambda sample: sample.enlisted is not None)
        fills.end()
    added = _crowd.used_mb(copy) - before
    for file in path.parent.glob("copy.db*"):
        file.unlink()
    return fills.samples[-1], added


def _send(path: Path, number: int, stub: Stub, size: Size, few: float) -> None:
    with running(Task(path, stub.url, number, size.idle)) as sends:
        sends.follow(size.idle + _PATIENCE, lambda sample: not sample.is_idle)
        idle = [wait for sample in sends.samples for wait in sample.talks]
        first = watch(sends, stub, _FILLS_IN, until_filled=True)
        window = watch(sends, stub, size.seconds)
        filled = next(one.enlisted for one in sends.samples if one.enlisted is not None)
        say(
            f"filled while sending     in {filled:.1f} s; meanwhile {first.per_second:.0f} a "
            f"second went out, conversation p99 {ms(first.waits, 0.99)} ms"
        )
        say(f"\nan idle bot              conversation {waits(idle)}")
        say(line("sending", window))
        say(
            f"memory                   {few:.0f} MB for {size.few:,} people, "
            f"{max(first.rss, window.rss):.0f} MB for {size.people:,}"
        )
        if window.is_over:
            sends.end()
        else:
            sends.kill()
    if not window.is_over:
        _go_on(path, number, stub, size)
    _account(path, number, stub, size)


def _go_on(path: Path, number: int, stub: Stub, size: Size) -> None:
    """After the kill, when nearly all have it: that is when the rest is the hardest to find."""
    left = int(size.people * (1 - _LATE))
    rate = _crowd.settle(path, number, left)
    say(
        f"the ledger by itself     {rate:,.0f} rows a second claimed and settled, without network, "
        f"until {left:,} were left"
    )
    time.sleep(_ON_THE_WAY)
    stub.mark()
    begun = time.monotonic()
    with running(Task(path, stub.url, number)) as sends:
        say(f"resumed after kill -9    {_resumed(sends, stub, begun)}")
        sends.follow(_PATIENCE, lambda _: True)
        say(line("sending to the last", watch(sends, stub, size.seconds / 2)))
        sends.end()
    _crowd.settle(path, number, 0)
    with running(Task(path, stub.url, number)) as sends:
        sends.follow(_PATIENCE, lambda sample: sample.is_over)
        sends.end()


def _resumed(sends: Campaign, stub: Stub, begun: float) -> str:
    sends.follow(_PATIENCE, lambda _: True)
    while (first := stub.stats()["first"]) is None and not sends.samples[-1].is_over:
        sends.follow(_OFTEN)
    if first is None:
        return "nobody was left"
    ready = sends.samples[0].started
    return (
        f"the first message arrived {first - ready:.2f} s after the program was there, which took "
        f"Python {ready - begun:.2f} s"
    )


def _account(path: Path, number: int, stub: Stub, size: Size) -> None:
    counted, taken = _crowd.count(path, number), stub.stats()
    states = ", ".join(f"{amount:,} {state}" for state, amount in sorted(counted.by_state.items()))
    unknown = counted.by_state.get("unknown", 0)
    missing = max(0, taken["reached"] - counted.noted - unknown)
    say(
        f"\nin the ledger            {states}; together {sum(counted.by_state.values()):,}\n"
        f"at the server            {taken['reached']:,} people, none more than {taken['most']} "
        f"time(s); {taken['refused']} 429s\n"
        f"recorded of those        {counted.noted:,} as sent, up to {unknown:,} as unknown (on the "
        f"wire in a kill); {missing} not at all\n"
        f"size of the database     {_crowd.used_mb(path):.0f} MB, "
        f"{path.stat().st_size / 1e6:.0f} MB as a file\n"
        f"What was not sent over HTTP was settled in the ledger without network, so that it "
        f"ends;\n--seconds {1.2 * size.people / PER_SECOND:.0f} sends all. Load of the machine: "
        f"{_load()}."
    )


def _load() -> str:
    return f"{os.getloadavg()[0]:.1f}"


def say(text: str) -> None:
    print(text, flush=True)
