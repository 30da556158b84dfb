"""Who wants to be left alone, in lines that name nobody, apart from the database.

A line holds a number, a day, a kind, and a keyed hash of whom or what it is about: without the
database's key nobody can tell whom. A restored database learns from it what it has missed.
"""

import asyncio
import hmac
import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from pathlib import Path

from bot import durable

KEPT = timedelta(days=90)
"""How old a backup may be whose gaps the journal still fills."""

_SUBJECT = 16  # bytes: too many to guess, and enough that no two are alike

log = logging.getLogger(__name__)


class Kind(StrEnum):
    STOP = "stop"
    ERASE = "erase"
    YES = "yes"


@dataclass(frozen=True, slots=True)
class Line:
    number: int
    day: date
    kind: Kind
    subject: str

    def __str__(self) -> str:
        return f"{self.number} {self.day} {self.kind} {self.subject}\n"


class Journal:
    """One process writes it. Nothing is read or made before `open`."""

    def __init__(self, file: Path, key: str) -> None:
        self._file = file
        self._key = hmac.digest(bytes.fromhex(key), b"the journal of Vigil", "sha256")
        self._writing = asyncio.Lock()
        self._last: dict[str, Kind] = {}
        self._said: set[tuple[str, Kind]] = set()
        self._opened: date | None = None
        self.number = 0
        """Of the last line."""

    def subject(self, *parts: object) -> str:
        """The hash that stands for a person, or for something of hers."""
        written = "\0".join(map(str, parts)).encode()
        return hmac.digest(self._key, written, "sha256")[:_SUBJECT].hex()

    def open(self, known: int, today: date) -> None:
        """Drop what is too old or repeated; number on beyond what the database has seen.

        Raises:
            OSError: It cannot be read or written there.
        """
        lines = self._read()
        self.number = max([known, *(line.number for line in lines)])
        kept = _needed(lines, today)
        durable.replace(self._file, "".join(map(str, kept)))
        self._last = {line.subject: line.kind for line in kept}
        self._said = {(line.subject, line.kind) for line in kept}
        self._opened = today

    def after(self, number: int) -> Sequence[Line]:
        """What has been written since that line, oldest first."""
        return [line for line in self._read() if line.number > number]

    def last(self, subject: str) -> Kind | None:
        """What was last written of it."""
        return self._last.get(subject)

    def has(self, subject: str, kind: Kind) -> bool:
        """Whether this was ever written of it, whatever came after."""
        return (subject, kind) in self._said

    async def append(self, kind: Kind, subject: str, today: date) -> int:
        """Write a line; it outlasts a power cut from here on. Returns its number.

        Raises:
            OSError: It could not be written.
        """
        async with self._writing:
            if self._opened is None or self._opened < today:
                await asyncio.to_thread(self.open, self.number, today)
            line = Line(self.number + 1, today, kind, subject)
            await asyncio.to_thread(durable.append, self._file, str(line))
            self.number = line.number
            self._last[subject] = kind
            self._said.add((subject, kind))
            return line.number

    def _read(self) -> list[Line]:
        try:
            written = self._file.read_text(encoding="utf-8", errors="replace")
        except FileNotFoundError:
            return []
        lines = [_line(each) for each in written.splitlines()]
        if None in lines:
            log.warning("A line of the journal beside the key is not whole and was left out.")
        return [line for line in lines if line is not None]


def _line(written: str) -> Line | None:
    try:
        number, day, kind, subject = written.split(" ")
        if len(bytes.fromhex(subject)) != _SUBJECT:
            return None
        return Line(int(number), date.fromisoformat(day), Kind(kind), subject)
    except ValueError:
        return None


def _needed(lines: Iterable[Line], today: date) -> list[Line]:
    """Of each kind about each subject the last one; the very last one, since numbers go on."""
    latest = {(line.kind, line.subject): line for line in lines}
    kept = sorted(latest.values(), key=lambda line: line.number)
    return [line for line in kept if line is kept[-1] or today - line.day <= KEPT]
