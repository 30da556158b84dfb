"""A hundred people sign in each second, while something goes out to many."""

import os
import re
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.delivery import _crowd
from benchmarks.delivery._table import line
from benchmarks.delivery._watch import ms
from benchmarks.petitions import _naive, _names
from benchmarks.petitions._programs import Folder, naive, started, vigil
from benchmarks.petitions._server import NAME, Heard, Server, Taps, serving
from handlers.marks import mark

_SLUG = "hundred-a-second"
_NUMBER = re.compile(r"number ([\d,]+) under")
_WIDTHS = (8, 6, 8, 8, 8, 8, 8, 8, 8)
_COLUMNS = ("taps", "lost", "twice", "locked", "errors", "sent/s", "p50 ms", "p99 ms", "max ms")
_HEAD = line("", _COLUMNS, _WIDTHS)


@dataclass(frozen=True)
class Size:
    """Attributes:
    seconds: Of signing beside a send; the others have a sixth of it.
    sent: So many messages of the send may go out in a second beside the answers.
    """

    per_second: float = 100
    seconds: float = 60
    audience: int = 20_000
    sent: float = 28

    @property
    def messages(self) -> float:
        return self.per_second + self.sent

    def taps(self, button: str) -> Taps:
        return Taps(int(self.per_second * self.seconds), (button,), self.per_second)


@dataclass(frozen=True)
class Outcome:
    """Attributes:
    lost: People who tapped and are not in the database, or were not told so.
    twice: People who were told a number that another one has, or not their own.
    locked: How often the database said that it is locked.
    errors: In the program's log.
    """

    heard: Heard
    taps: Taps
    lost: int
    twice: int
    locked: int
    errors: int


def run(size: Size) -> None:
    print(
        f"\n{size.per_second:.0f} signatures a second, each answered by a message, at the "
        f"server.\nVigil: encrypted database, synchronous=FULL, {size.messages:.0f} messages a "
        "second allowed (Telegram takes 30\nfrom those who do not pay). Naive: plain SQLite, WAL, "
        "a connection for each tap."
    )
    print(_HEAD, flush=True)
    with tempfile.TemporaryDirectory() as place, serving() as server:
        for name, outcome in _rows(Path(place), server, size):
            print(_row(name, outcome), flush=True)
    print(f"Load of the machine: {os.getloadavg()[0]:.1f}", flush=True)


def _rows(place: Path, server: Server, size: Size) -> Iterator[tuple[str, Outcome]]:
    brief = replace(size, seconds=size.seconds / 6)
    yield "Vigil beside a send", of_vigil(Folder(place / "beside"), server, size)
    yield "Vigil, nothing sent", of_vigil(Folder(place / "alone"), server, brief, is_sending=False)
    yield "naive beside a send", of_naive(Folder(place / "naive"), server, brief)
    yield "naive, nothing sent", of_naive(Folder(place / "idle"), server, brief, is_sending=False)


def of_vigil(folder: Folder, server: Server, size: Size, *, is_sending: bool = True) -> Outcome:
    _names.prepare(folder, {_SLUG: 0})
    if is_sending:
        _crowd.prepare(folder.database, size.audience)
    taps = size.taps(f"sign:named:{_SLUG}:{mark(NAME)}:1")
    with started(vigil, folder, server, size.messages):
        heard = server.tap(taps)
    return _outcome(folder, taps, heard, _names.numbers(folder))


def of_naive(folder: Folder, server: Server, size: Size, *, is_sending: bool = True) -> Outcome:
    folder.path.mkdir()
    _naive.make(folder.database)
    taps = size.taps(f"sign:{_SLUG}")
    with started(naive, folder, server, size.sent if is_sending else 0):
        heard = server.tap(taps)
    people = _naive.people(folder.database)
    return _outcome(folder, taps, heard, {one: _told(heard, one) for one in people})


def _outcome(folder: Folder, taps: Taps, heard: Heard, stored: Mapping[int, int]) -> Outcome:
    people = range(taps.first, taps.first + taps.number)
    told = {one: _told(heard, one) for one in people if one in heard.words}
    right = {one for one in told if one in stored and told[one]}
    unique = {number: one for one, number in told.items() if stored.get(one) == number}
    return Outcome(
        heard,
        taps,
        lost=taps.number - len(right),
        twice=len(right) - len(unique),
        locked=folder.locked(),
        errors=folder.errors(),
    )


def _told(heard: Heard, person: int) -> int:
    """The number in her receipt; 0 when there is none."""
    found = _NUMBER.search(heard.words.get(person, ""))
    return int(found[1].replace(",", "")) if found else 0


def _row(name: str, outcome: Outcome) -> str:
    waits = list(outcome.heard.waits.values())
    cells = (
        f"{outcome.taps.number:,}",
        f"{outcome.lost}",
        f"{outcome.twice}",
        f"{outcome.locked}",
        f"{outcome.errors}",
        f"{outcome.heard.sent / outcome.heard.seconds:.0f}",
        *(ms(waits, share) for share in (0.5, 0.99, 1.0)),
    )
    return line(name, cells, _WIDTHS)
