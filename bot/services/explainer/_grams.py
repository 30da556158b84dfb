"""Likeness of short texts by their groups of three to five letters; forgives spelling and endings.

The groups are known by a number that is computed from them, so that no list of them is kept.
"""

import math
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np

from bot.services.explainer._postings import Numbers, Postings

_SIZES = (3, 4, 5)
_BUCKETS = 1 << 18  # some ten times as many as there are groups, so that few share one
_COMMON = 0.1  # a group that is in more than this share of the rows tells nothing


def grams(word: str) -> Iterator[int]:
    """The blanks around a word count as letters."""
    padded = f" {word} "
    for size in _SIZES:
        for start in range(len(padded) - size + 1):
            yield zlib.crc32(padded[start : start + size].encode()) % _BUCKETS


class Grams:
    """Rows of words, found by the cosine of their tf-idf vectors."""

    def __init__(self, rows: Sequence[Sequence[str]]) -> None:
        self._known = {word: np.fromiter(grams(word), np.int32) for row in rows for word in row}
        buckets, places, counts = self._counted(rows)
        frequency = np.bincount(buckets, minlength=_BUCKETS)
        idf = 1 + np.log((1 + len(rows)) / (1 + frequency))
        self._idf = np.where(frequency > _COMMON * len(rows), 0, idf).astype(np.float16)
        weights = counts * self._idf[buckets].astype(np.float32)
        lengths = np.sqrt(np.bincount(places, weights * weights, len(rows)))
        weights /= np.where(lengths > 0, lengths, 1)[places]
        told = weights > 0
        self._postings = Postings(buckets[told], places[told], weights[told], _BUCKETS, len(rows))
        self._known.clear()

    def _counted(self, rows: Sequence[Sequence[str]]) -> tuple[Numbers, Numbers, Numbers]:
        """Bucket, row and count, for each bucket of each row."""
        empty = np.empty(0, np.int32)
        found = [np.concatenate([self._known[word] for word in row] or [empty]) for row in rows]
        places = np.repeat(np.arange(len(rows)), [len(buckets) for buckets in found])
        pairs = places * _BUCKETS + np.concatenate(found or [empty])
        unique, counts = np.unique(pairs, return_counts=True)
        return unique % _BUCKETS, unique // _BUCKETS, counts.astype(np.float32)

    def cosines(self, words: Iterable[str]) -> Numbers:
        """With each of the rows."""
        counts = Counter(bucket for word in words for bucket in grams(word))
        vector = {bucket: count * float(self._idf[bucket]) for bucket, count in counts.items()}
        length = _length(vector) or 1.0
        return self._postings.sums(list(vector), [weight / length for weight in vector.values()])


def _length(vector: Mapping[int, float]) -> float:
    return math.sqrt(sum(weight * weight for weight in vector.values()))
