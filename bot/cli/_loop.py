"""The loop under everything, for a program that stays up."""

import asyncio
import gc
from collections.abc import Callable, Coroutine
from typing import Any

_YOUNG = 10_000
"""New objects before Python looks for circles among them. With 256 requests under way its usual 700
mean that it walks all of them over and over, which took a quarter of the throughput."""
_OLDER = 50


def run_loop(work: Coroutine[Any, Any, None]) -> None:
    """Run it to its end; by now everything should be imported that will be."""
    gc.freeze()  # what is imported stays, and need not be walked again
    gc.set_threshold(_YOUNG, _OLDER, _OLDER)
    with asyncio.Runner(loop_factory=_faster()) as runner:
        runner.run(work)


def _faster() -> Callable[[], asyncio.AbstractEventLoop] | None:
    """uvloop, which sends a sixth more a second; None, for asyncio's own, where there is none."""
    try:
        import uvloop
    except ImportError:  # Windows, and other Pythons than CPython
        return None
    return uvloop.new_event_loop
