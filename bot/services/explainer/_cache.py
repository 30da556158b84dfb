"""What was computed from the content, so that a start need not do it again."""

import hashlib
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

_KEPT = 4  # states of the content; older ones are thrown away


class RowsOnDisk:
    """Rows of a matrix in a file. A memory map would keep each page around those that were read."""

    def __init__(self, file: Path) -> None:
        """Raises OSError or ValueError when that is no such file."""
        laid_out = np.lib.format.open_memmap(file, mode="r")
        self.shape, self.dtype = laid_out.shape, laid_out.dtype
        self._begin, self._step = laid_out.offset, laid_out.strides[0]
        self._file = file

    def __getitem__(self, rows: NDArray[np.int64]) -> NDArray[Any]:
        wanted, places = np.unique(rows, return_inverse=True)
        begins = (self._begin + self._step * wanted).tolist()
        with self._file.open("rb", buffering=0) as file:
            read = b"".join(os.pread(file.fileno(), self._step, begin) for begin in begins)
        return np.frombuffer(read, self.dtype).reshape(len(wanted), -1)[places]


class Cache:
    """Arrays by name in a folder; by default `vigil` in `XDG_CACHE_HOME`."""

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder or _default()

    def kept(self, name: str) -> Mapping[str, NDArray[Any]] | None:
        """None when there is nothing that can be read."""
        try:
            with np.load(self.folder / f"{name}.npz") as kept:
                return dict(kept)
        except (OSError, ValueError, KeyError, EOFError, BadZipFile):
            return None

    def keep(self, name: str, arrays: Mapping[str, NDArray[Any]]) -> None:
        """A cache that cannot be written costs some seconds at the next start, and nothing else."""
        whole = self.folder / f"{name}.{os.getpid()}.npz"
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            np.savez(whole, **arrays)  # type: ignore[arg-type]  # its stub takes one for allow_pickle
            whole.replace(self.folder / f"{name}.npz")
        except OSError:
            whole.unlink(missing_ok=True)

    def on_disk(self, name: str, array: NDArray[Any]) -> "NDArray[Any] | RowsOnDisk":
        """The rows of the array, read where they are asked for; itself when that cannot be."""
        file = self.folder / f"{name}.npy"
        try:
            if not file.exists():
                whole = self.folder / f"{name}.{os.getpid()}.npy"
                self.folder.mkdir(parents=True, exist_ok=True)
                np.save(whole, array)
                whole.replace(file)
            kept = RowsOnDisk(file)
        except (OSError, ValueError):
            return array
        return kept if kept.shape == array.shape and kept.dtype == array.dtype else array

    def forget_old(self, prefix: str) -> None:
        """All but the newest of those whose names begin so."""
        try:
            files = sorted(self.folder.glob(f"{prefix}*.npz"), key=_age)
            for file in files[:-_KEPT]:
                file.unlink(missing_ok=True)
        except OSError:
            return  # somebody else is tidying; too many files do no harm


def fingerprint(texts: Iterable[str]) -> str:
    digest = hashlib.sha256()
    for text in texts:
        digest.update(text.encode())
        digest.update(b"\0")
    return digest.hexdigest()[:24]


def _age(file: Path) -> float:
    return file.stat().st_mtime


def _default() -> Path:
    home = os.environ.get("XDG_CACHE_HOME")
    return (Path(home) if home else Path.home() / ".cache") / "vigil"
