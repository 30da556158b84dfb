"""Runs a measurement in a process of its own, so that its time and memory are its own."""

import asyncio
import multiprocessing
import resource
import time
from collections.abc import Awaitable, Callable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import TypeVar

from bot.cli._loop import run_loop

Found = TypeVar("Found")
_KB_OF_MB = 1024


def apart(function: Callable[..., Found], *given: object) -> Found:
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=context) as child:
        return child.submit(function, *given).result()


def in_loop(work: Callable[[], Awaitable[Found]], *, as_program: bool) -> Found:
    """Run it as Vigil runs itself, with its loop and its settings of the collector, or plainly."""
    found: list[Found] = []

    async def kept() -> None:
        found.append(await work())

    if as_program:
        run_loop(kept())
    else:
        asyncio.run(kept())
    return found[0]


def cpu() -> float:
    """Seconds that this process has used, its threads and the kernel on its behalf included."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def rss_mb() -> float:
    lines = Path("/proc/self/status").read_text("utf-8").splitlines()
    return int(next(line for line in lines if line.startswith("VmRSS")).split()[1]) / _KB_OF_MB


class Stopwatch:
    """Time and CPU since it was made."""

    def __init__(self) -> None:
        self._at, self._cpu = time.perf_counter(), cpu()

    def read(self) -> tuple[float, float]:
        return time.perf_counter() - self._at, cpu() - self._cpu
