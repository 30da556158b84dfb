"""Likeness of short texts by their groups of two to five letters; forgives spelling and endings."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from bot.services.explainer._words import words

_SIZES = (2, 3, 4, 5)
_COMMON = 0.04  # groups found in more rows than this share say little and cost most


def grams(text: str) -> Iterator[str]:
    """Groups within words; the blanks around a word count as letters."""
    for word in words(text):
        padded = f" {word} "
        for size in _SIZES:
            if size > len(padded):
                break
            for start in range(len(padded) - size + 1):
                yield padded[start : start + size]


class Grams:
    """Rows of text, found by cosine of their tf-idf vectors."""

    def __init__(self, rows: Sequence[str]) -> None:
        counted = [Counter(grams(row)) for row in rows]
        frequency = Counter(gram for counts in counted for gram in counts)
        most = max(3, _COMMON * len(rows))
        self._idf = {
            gram: 1 + math.log((1 + len(rows)) / (1 + found))
            for gram, found in frequency.items()
            if found <= most
        }
        self._unknown = 1 + math.log(1 + len(rows))
        self._common = frozenset(frequency.keys() - self._idf.keys())
        self._postings: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for row, counts in enumerate(counted):
            for gram, weight in self._vector(counts).items():
                self._postings[gram].append((row, weight))

    def _vector(self, counts: Counter[str]) -> dict[str, float]:
        weights = {
            gram: (1 + math.log(count)) * self._idf.get(gram, self._unknown)
            for gram, count in counts.items()
            if gram not in self._common
        }
        length = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
        return {gram: weight / length for gram, weight in weights.items()}

    def like(self, text: str) -> dict[int, float]:
        """Cosine for every row that shares a group with the text."""
        cosines: dict[int, float] = defaultdict(float)
        postings, nothing = self._postings, ()
        for gram, weight in self._vector(Counter(grams(text))).items():
            for row, other in postings.get(gram, nothing):
                cosines[row] += weight * other
        return cosines
