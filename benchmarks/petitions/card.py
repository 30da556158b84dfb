"""Opening a card with ten names behind it, and one with a million; and proving that they stand."""

import os
import statistics
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.delivery._apart import apart, rss_mb
from benchmarks.delivery._table import line
from benchmarks.delivery._watch import ms
from benchmarks.petitions import _naive, _names
from benchmarks.petitions._programs import Folder, Program, naive, started, vigil
from benchmarks.petitions._server import Server, Taps, serving

_FEW, _MANY = "few", "many"
_MESSAGES = 1_000.0  # a second are allowed: nobody waits for the limiter
_WARM = 20  # taps beforehand
_WIDTHS = (12, 10, 10, 12, 10, 10, 10)
_COLUMNS = ("few p50 ms", "p99 ms", "", "many p50 ms", "p99 ms", "", "ratio p50")
_HEAD = line("", _COLUMNS, _WIDTHS)


@dataclass(frozen=True)
class Size:
    few: int = 10
    many: int = 1_000_000
    taps: int = 600


@dataclass(frozen=True)
class Outcome:
    """Seconds from each tap on a card to the card."""

    few: Sequence[float]
    many: Sequence[float]


def run(size: Size) -> None:
    print(
        f"\nA card with {size.few:,} names behind it and one with {size.many:,}, opened by turns, "
        "one after another."
    )
    with tempfile.TemporaryDirectory() as place, serving() as server:
        print(_HEAD, flush=True)
        folder = Folder(Path(place) / "vigil")
        _names.prepare(folder, {_FEW: size.few, _MANY: size.many})
        print(_row("Vigil", opened(vigil, folder, server, size)), flush=True)
        other = Folder(Path(place) / "naive")
        other.path.mkdir()
        _naive.make(other.database, ((_FEW, size.few), (_MANY, size.many)))
        print(_row("naive", opened(naive, other, server, size)), flush=True)
        print(f"\ndb verify, {size.many:,} links: {apart(verified, folder)}")
    print(f"Load of the machine: {os.getloadavg()[0]:.1f}", flush=True)


def opened(program: Program, folder: Folder, server: Server, size: Size) -> Outcome:
    buttons = (f"petition:{_FEW}", f"petition:{_MANY}")
    per_second = _MESSAGES if program is vigil else 0
    with started(program, folder, server, per_second):
        server.tap(Taps(_WARM, buttons))
        waits = server.tap(Taps(size.taps, buttons)).waits
    ordered = [waits[person] for person in sorted(waits)]
    return Outcome(ordered[::2], ordered[1::2])


def verified(folder: Folder) -> str:
    """In this process; what `python -m bot db verify` does."""
    before, begun = rss_mb(), time.perf_counter()
    broken = [one for one in _names.proofs(folder) if one.broken]
    seconds = time.perf_counter() - begun
    found = f"{len(broken)} broken" if broken else "proven"
    return f"{found} in {seconds:.1f} s, with {rss_mb() - before:.0f} MB more"


def _row(name: str, found: Outcome) -> str:
    ratio = statistics.median(found.many) / statistics.median(found.few)
    few = (ms(found.few, 0.5), ms(found.few, 0.99), "")
    many = (ms(found.many, 0.5), ms(found.many, 0.99), "")
    return line(name, (*few, *many, f"{ratio:.2f}"), _WIDTHS)
