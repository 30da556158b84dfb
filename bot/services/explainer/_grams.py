"""Likeness of short texts by their groups of three to five letters; forgives spelling and endings.

The groups are known by a number that is computed from them, so that no list of them is kept.
"""

import math
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bot.services.explainer._postings import Numbers, Postings, Whole, postings

_SIZES = (3, 4, 5)
_BUCKETS = 1 << 18  # some ten times as many as there are groups, so that few share one
_COMMON = 0.1  # a group that is in more than this share of the rows tells nothing


def grams(word: str) -> Iterator[int]:
    """The blanks around a word count as letters."""
    padded = f" {word} "
    for size in _SIZES:
        for start in range(len(padded) - size + 1):
            yield zlib.crc32(padded[start : start + size].encode()) % _BUCKETS


class Grams(NamedTuple):
    """Rows of words, found by the cosine of their tf-idf vectors."""

    idf: NDArray[np.float16]
    rows: Postings

    def cosines(self, words: Iterable[str], rows: int) -> Numbers:
        """With each of the rows, of which there are so many."""
        counts = Counter(bucket for word in words for bucket in grams(word))
        weights = [count * float(self.idf[bucket]) for bucket, count in counts.items()]
        length = math.sqrt(sum(weight * weight for weight in weights)) or 1.0
        return self.rows.sums(list(counts), [weight / length for weight in weights], rows)


def grams_of(rows: Sequence[Sequence[str]]) -> Grams:
    buckets, places, counts = _counted(rows)
    frequency = np.bincount(buckets, minlength=_BUCKETS)
    idf = 1 + np.log((1 + len(rows)) / (1 + frequency))
    idf = np.where(frequency > _COMMON * len(rows), 0, idf).astype(np.float16)
    weights = counts * idf[buckets].astype(np.float32)
    lengths = np.sqrt(np.bincount(places, weights * weights, len(rows)))
    weights /= np.where(lengths > 0, lengths, 1)[places]
    told = weights > 0
    return Grams(idf, postings(buckets[told], places[told], weights[told], _BUCKETS))


def _counted(rows: Sequence[Sequence[str]]) -> tuple[Whole, Whole, Numbers]:
    """Bucket, row and count, for each bucket of each row."""
    known = {word: np.fromiter(grams(word), np.int64) for row in rows for word in row}
    empty = np.empty(0, np.int64)
    found = [np.concatenate([known[word] for word in row] or [empty]) for row in rows]
    places = np.repeat(np.arange(len(rows)), [len(buckets) for buckets in found])
    pairs = places * _BUCKETS + np.concatenate(found or [empty])
    unique, counts = np.unique(pairs, return_counts=True)
    return unique % _BUCKETS, unique // _BUCKETS, counts.astype(np.float32)
