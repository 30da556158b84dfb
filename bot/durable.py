"""Files that a power cut leaves whole: what was written stays written."""

import os
from pathlib import Path


def replace(file: Path, text: str) -> None:
    """Put this in the file's place: a reader finds the former text or this one, never a part.

    Raises:
        OSError: The former text still stands.
    """
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    new = file.with_name(f"{file.name}.new")
    with os.fdopen(_open(new, os.O_TRUNC), "w", encoding="utf-8") as made:
        made.write(text)
        made.flush()
        os.fsync(made.fileno())
    new.replace(file)
    _keep_names(file.parent)


def append(file: Path, text: str) -> None:
    """Add this to a file that is there.

    Raises:
        OSError: The file is as it was.
    """
    made = _open(file, os.O_APPEND)
    try:
        _add(made, text.encode())
    finally:
        os.close(made)


def _add(made: int, written: bytes) -> None:
    size = os.fstat(made).st_size
    try:
        while written:
            written = written[os.write(made, written) :]
        os.fsync(made)
    except OSError:
        os.ftruncate(made, size)  # half a line would spoil the next one
        raise


def _open(file: Path, how: int) -> int:
    return os.open(file, os.O_WRONLY | os.O_CREAT | how, 0o600)


def _keep_names(folder: Path) -> None:
    """A new name is lost with the power as long as its folder has not been written."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
