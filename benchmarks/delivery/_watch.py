"""What is seen of a process that sends, and how it is told."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from benchmarks.delivery._campaign import Campaign
from benchmarks.delivery._stub import Stub
from benchmarks.delivery._table import quantile

PER_SECOND = 1_000
_PATIENCE = 60.0  # seconds until a sample must be there


@dataclass(frozen=True)
class Window:
    """What was seen in so many seconds of sending."""

    seconds: float
    per_second: float
    refused: int
    core: float
    server: float
    rss: float
    waits: tuple[float, ...]
    is_over: bool


def watch(sends: Campaign, stub: Stub, seconds: float, *, until_filled: bool = False) -> Window:
    before, first, begun = stub.stats(), sends.samples[-1], time.monotonic()
    since = len(sends.samples)
    sends.follow(
        seconds,
        lambda sample: sample.is_over or (until_filled and sample.enlisted is not None),
    )
    if len(sends.samples) == since:
        sends.follow(_PATIENCE, lambda _: True)
    after, last, taken = stub.stats(), sends.samples[-1], time.monotonic() - begun
    samples = sends.samples[since:]
    return Window(
        taken,
        _grown(before, after, "accepted", "talked") / taken,
        _grown(before, after, "refused"),
        (last.cpu - first.cpu) / (last.at - first.at),
        _grown(before, after, "cpu") / taken,
        max(sample.rss for sample in samples),
        tuple(wait for sample in samples for wait in sample.talks),
        last.is_over,
    )


def _grown(before: dict[str, Any], after: dict[str, Any], *names: str) -> Any:
    return sum(after[name] - before[name] for name in names)


def line(name: str, window: Window) -> str:
    used = window.per_second / PER_SECOND
    return (
        f"{name:24} {window.per_second:.0f} a second for {window.seconds:.0f} s: {used:.1%} of "
        f"what is allowed; {window.refused} 429s; {window.core:.0%} of a core (the server "
        f"{window.server:.0%}); conversation {waits(window.waits)}"
    )


def waits(waits: Sequence[float]) -> str:
    return f"p50 {ms(waits, 0.5)} ms, p99 {ms(waits, 0.99)} ms ({len(waits)} messages)"


def ms(waits: Sequence[float], share: float) -> str:
    return f"{1000 * quantile(waits, share):.0f}" if waits else "-"
