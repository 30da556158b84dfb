"""The content folder as files: their names, their bytes, and what a change would do to them."""

import hashlib
import os
import re
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from bot.content import Content, ContentProblem, check
from bot.content.library import read
from bot.errors import ContentRefused

LARGEST = 64 * 1024  # bytes; the longest text of ours takes a tenth of that
_ATTEMPTS = 3
_PLACE = re.compile(r"(?:[a-z0-9_-]{1,40}/){0,3}[a-z0-9_-]{1,40}\.(?:md|txt|yaml)")
_IN_MOTION = "the files were changed while I read them. Wait until that is done, and try again."


@dataclass(frozen=True, slots=True)
class Reading:
    """What the folder holds. `content` is None when a fault keeps it from being used.

    `gaps` are texts that some language lacks: they are told, and keep nothing else back.
    """

    content: Content | None
    faults: Sequence[ContentProblem]
    gaps: Sequence[ContentProblem] = ()


@dataclass(frozen=True, slots=True)
class Folder:
    """The methods block: call them from a thread. Paths of faults are those inside the folder."""

    path: Path
    languages: Sequence[str]

    def places(self) -> list[str]:
        """Every file that can be a text, by its place."""
        return sorted(place for place, _ in self._files() if _PLACE.fullmatch(place))

    def find(self, name: str, language: str | None = None) -> list[str]:
        """The places of what is called so: a place, a file's name, or that without its ending."""
        asked = _plain(name)
        found = [place for place in self.places() if asked in _names(place)]
        if language is None:
            return found
        return [place for place in found if place.startswith(f"{language}/")]

    def checked_place(self, name: str) -> str:
        """A place for a file that need not exist yet.

        Raises:
            ContentRefused: It is no such place, or in a language that nobody can read yet.
        """
        place = _plain(name)
        home = self.path.resolve()
        if not _PLACE.fullmatch(place) or not (home / place).resolve().is_relative_to(home):
            raise ContentRefused(ContentRefused.NO_PLACE, name)
        first, *rest = PurePosixPath(place).parts
        if not rest and not (home / place).exists():
            raise ContentRefused(ContentRefused.NO_PLACE, name)
        if rest and first not in self.languages:
            raise ContentRefused(ContentRefused.LANGUAGE, *self.languages)
        return place

    def body(self, place: str) -> bytes | None:
        try:
            return (self.path / place).read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            return None

    def read(self) -> Reading:
        """All of it as it was at one moment."""
        for _ in range(_ATTEMPTS):
            before = self._fingerprint()
            reading = self._read()
            if before == self._fingerprint():
                return reading
        return Reading(None, [ContentProblem(Path(), 0, _IN_MOTION)])

    def trial(self, place: str, body: bytes) -> Reading:
        """What would be read if this file had these bytes."""
        with tempfile.TemporaryDirectory(prefix="vigil-content-") as copy:
            there = Folder(Path(copy) / "content", self.languages)
            shutil.copytree(self.path, there.path, ignore=shutil.ignore_patterns(".*"))
            target = there.path / place
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(body)
            return there.read()

    def write(self, place: str, body: bytes | None) -> None:
        """Give a file these bytes, all of them or none; None takes it away.

        Raises:
            OSError: The folder cannot be written. Nothing was changed.
        """
        target = self.path / place
        if body is None:
            target.unlink(missing_ok=True)
            return
        target.parent.mkdir(parents=True, exist_ok=True)
        beside = target.with_name(f".{target.name}.new")  # hidden: nobody reads it as a text
        try:
            with beside.open("wb") as file:
                file.write(body)
                file.flush()
                os.fsync(file.fileno())
            if target.exists():
                shutil.copymode(target, beside)
            beside.replace(target)
        finally:
            if beside.is_file():
                beside.unlink()
        _settle(target.parent)

    def _read(self) -> Reading:
        content, faults = read(self.path, self.languages)
        told = check(self.path, self.languages)
        gaps = [] if faults else [one for one in told if not one.path.exists()]
        blocking = [self._inside(one) for one in told if one not in gaps]
        return Reading(None if blocking else content, blocking, [self._inside(one) for one in gaps])

    def _inside(self, problem: ContentProblem) -> ContentProblem:
        shown = problem.message.replace(f"{self.path}{os.sep}", "")
        if not problem.path.is_relative_to(self.path):
            return replace(problem, message=shown)
        return replace(problem, path=problem.path.relative_to(self.path), message=shown)

    def _files(self) -> Iterator[tuple[str, Path]]:
        for path in self.path.rglob("*"):
            place = path.relative_to(self.path)
            if path.is_file() and not any(part.startswith(".") for part in place.parts):
                yield place.as_posix(), path

    def _fingerprint(self) -> str:
        whole = hashlib.sha256()
        for place, path in sorted(self._files()):
            try:
                body = path.read_bytes()
            except OSError:  # gone, or not for us to read: the check says so
                body = b""
            whole.update(f"{place}\0{len(body)}\0".encode())
            whole.update(body)
        return whole.hexdigest()


def _plain(name: str) -> str:
    return name.strip().removeprefix("content/")


def _names(place: str) -> tuple[str, str, str]:
    path = PurePosixPath(place)
    return place, path.name, path.stem


def _settle(folder: Path) -> None:
    """Let the new name outlive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
