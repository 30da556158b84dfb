"""Finds messages that are all but the same: by their letters, or by what they mean."""

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from bot.services.explainer._words import words

LETTERS = 0.7  # of the groups of three letters that either has are in both
MEANING = 0.95  # cosine of their points
_BLOCK = 1_000

Pair = tuple[int, int]


def same(ones: Sequence[str], others: Sequence[str]) -> Iterator[Pair]:
    """Numbers of messages that have the same words, whatever their case, accents and points."""
    known: dict[str, list[int]] = defaultdict(list)
    for number, text in enumerate(others):
        known[folded(text)].append(number)
    for number, text in enumerate(ones):
        yield from ((number, other) for other in known.get(folded(text), ()) if folded(text))


def alike_by_letters(ones: Sequence[str], others: Sequence[str]) -> Iterator[Pair]:
    """Pairs whose groups of three letters are nearly the same sets (Jaccard ≥ `LETTERS`).

    Such two must share one of their few rarest groups, by which they are found.
    """
    mine, theirs = [_grams(text) for text in ones], [_grams(text) for text in others]
    frequency = Counter(gram for grams in (*mine, *theirs) for gram in grams)
    holders: dict[str, list[int]] = defaultdict(list)
    for number, grams in enumerate(theirs):
        for gram in _telling(grams, frequency):
            holders[gram].append(number)
    for number, grams in enumerate(mine):
        near = {other for gram in _telling(grams, frequency) for other in holders[gram]}
        for other in sorted(near):
            shared = len(grams & theirs[other])
            if shared >= LETTERS * (len(grams) + len(theirs[other]) - shared):
                yield number, other


def alike_by_meaning(ones: NDArray[np.floating], others: NDArray[np.floating]) -> Iterator[Pair]:
    """Pairs of rows of length 1 whose cosine is at least `MEANING`."""
    known = others.astype(np.float32).T
    for start in range(0, len(ones), _BLOCK):
        cosines = ones[start : start + _BLOCK].astype(np.float32) @ known
        for number, other in np.argwhere(cosines >= MEANING).tolist():
            yield start + number, other


def folded(text: str) -> str:
    return " ".join(words(text))


def _grams(text: str) -> frozenset[str]:
    padded = f" {folded(text)} "
    return frozenset(padded[at : at + 3] for at in range(len(padded) - 2) if len(padded) > 3)


def _telling(grams: Collection[str], frequency: Counter[str]) -> list[str]:
    rarest = sorted(grams, key=lambda gram: (frequency[gram], gram))
    return rarest[: len(rarest) - math.ceil(LETTERS * len(rarest)) + 1]
