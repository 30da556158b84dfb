"""How alike texts are: by meaning across languages, or by letters where nothing knows meanings."""

from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from bot.services.questions._groups import folded

Points: TypeAlias = NDArray[np.float32]
Encode: TypeAlias = Callable[[Sequence[str]], Points | None]

BY_MEANING, BY_LETTERS = 70, 80  # hundredths; two questions from which on they are one
_AT_ONCE = 32  # texts; whoever asks a question meanwhile waits for no more than these
_ROWS = 256


class Likeness:
    """Remembers, in memory only, the points of the texts that were compared last."""

    def __init__(self) -> None:
        self._points: Mapping[str, NDArray[np.float32]] = {}

    def near(self, texts: Sequence[str], percent: int, encode: Encode) -> NDArray[np.bool_]:
        """For every two texts whether they are alike, every text to itself."""
        points = self._located(texts, encode)
        if points is None:
            found: NDArray[np.bool_] = _by_letters(texts, texts) >= percent
        else:
            found = np.empty((len(texts), len(texts)), dtype=np.bool_)
            for at in range(0, len(texts), _ROWS):
                found[at : at + _ROWS] = points[at : at + _ROWS] @ points.T >= percent / 100
        np.fill_diagonal(found, val=True)
        return found

    def _located(self, texts: Sequence[str], encode: Encode) -> Points | None:
        new = [text for text in texts if text not in self._points]
        found = located(new, encode) if new else np.empty((0, 0), dtype=np.float32)
        if found is None:
            return None
        known: dict[str, NDArray[np.float32]] = {
            **self._points,
            **dict(zip(new, found, strict=True)),
        }
        self._points = {text: known[text] for text in texts}
        points: Points = np.stack([self._points[text] for text in texts])
        return points


def located(texts: Sequence[str], encode: Encode) -> Points | None:
    """The points of some texts, a few at a time; None when nothing knows meanings."""
    parts = [encode(texts[at : at + _AT_ONCE]) for at in range(0, len(texts), _AT_ONCE)]
    known = [part for part in parts if part is not None]
    return np.vstack(known) if known else None


def _by_letters(these: Sequence[str], those: Sequence[str]) -> NDArray[np.uint8]:
    """In hundredths, whatever the order of the words.

    What is no more than a part of a longer question is not like it, as it is by a token set ratio.
    """
    found: NDArray[np.uint8] = process.cdist(
        _in_order(these), _in_order(those), scorer=fuzz.ratio, dtype=np.uint8
    )
    return found


def _in_order(texts: Sequence[str]) -> list[str]:
    return [" ".join(sorted(folded(text).split())) for text in texts]
