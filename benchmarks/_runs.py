"""Runs one method in a process of its own, so that its memory is its own."""

import multiprocessing
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from benchmarks._methods import PEERS, VIGIL, Peer, Vigil, texts
from benchmarks._questions import Found, Question, Shown, without
from bot.content import Content, load
from bot.services.explainer import Encoder

_KB_OF_MB = 1024


@dataclass(frozen=True)
class Task:
    """`left_out` are the writers whose work the method must not know."""

    method: str
    content: Path
    languages: tuple[str, ...]
    questions: tuple[Question, ...]
    left_out: frozenset[str] = frozenset()
    cache: Path | None = None  # by default the one that the bot uses


@dataclass(frozen=True)
class Run:
    """What was found for each question; `start_s` is for reading the content and the index."""

    found: tuple[Found, ...]
    start_s: float
    rss_mb: float
    shared_mb: float  # of it, before the method came: Python, numpy and the content


def run(task: Task) -> Run:
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=context) as child:
        return child.submit(_run, task).result()


def _run(task: Task) -> Run:
    begun = time.perf_counter()
    content = load(task.content, task.languages)
    if task.left_out:
        content = without(content, task.left_out)
    shared, encoder = _rss_mb(), Encoder(task.cache)
    if task.method == VIGIL:
        vigil = Vigil(content, encoder)
        start = time.perf_counter() - begun
        found = tuple(_asked(vigil, task.questions))
    else:
        peer = PEERS[task.method](content, encoder)
        start = time.perf_counter() - begun
        found = tuple(_ranked(peer, content, task.questions))
    return Run(found, start, _rss_mb(), shared)


def _asked(vigil: Vigil, questions: Sequence[Question]) -> Iterator[Found]:
    for one in questions:
        begun = time.perf_counter()
        reply = vigil.ask(one.words, one.language)
        ms = 1000 * (time.perf_counter() - begun)
        yield vigil.found(reply, one.words, one.language, ms)


def _ranked(peer: Peer, content: Content, questions: Sequence[Question]) -> Iterator[Found]:
    known = texts(content)
    for one in questions:
        begun = time.perf_counter()
        scored = peer.rank(one.words, one.language)
        ms = 1000 * (time.perf_counter() - begun)
        ranked = tuple(known[one.language].get(name, Shown(name, "")) for name, _ in scored)
        yield Found("", None, (), ranked, scored[0][1] if scored else 0.0, ms)


def _rss_mb() -> float:
    lines = Path("/proc/self/status").read_text("utf-8").splitlines()
    return int(next(line for line in lines if line.startswith("VmRSS")).split()[1]) / _KB_OF_MB
