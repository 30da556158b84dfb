"""Likeness of short texts by their groups of two to five letters; forgives spelling and endings.

A row's vector is the sum of its words' vectors. So the words are what is indexed: a question's
word is laid beside the few thousand known words once, and each word knows its rows.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from bot.services.explainer._words import words

_SIZES = (2, 3, 4, 5)
_NONE: dict[str, float] = {}
_LIGHT = 0.4  # of that; a smaller share meets fewer words in vain and takes longer to reach
_ALIKE = 0.3  # words whose cosine is below it have nothing to do with each other

Alike = tuple[tuple[str, float], ...]


class Look(NamedTuple):
    """A word's letters, and the known words like it with the product of both vectors."""

    vector: dict[str, float]
    alike: Alike


def grams(word: str) -> Iterator[str]:
    """The blanks around a word count as letters."""
    padded = f" {word} "
    for size in _SIZES:
        if size > len(padded):
            break
        for start in range(len(padded) - size + 1):
            yield padded[start : start + size]


class Grams:
    """Rows of text, found by cosine of their tf-idf vectors."""

    def __init__(self, rows: Sequence[str]) -> None:
        counted = [Counter(words(row)) for row in rows]
        self._unknown = 1 + math.log(1 + len(rows))
        self._idf = self._inverse_frequencies(counted)
        self._rows_with: dict[str, list[tuple[int, int]]] = defaultdict(list)
        self._lengths = [self._length(counts) for counts in counted]
        for row, counts in enumerate(counted):
            for word, count in counts.items():
                self._rows_with[word].append((row, count))
        self._words_with: dict[str, dict[str, float]] = defaultdict(dict)
        self._word_lengths: dict[str, float] = {}
        self._index_words()
        self._looks: dict[str, Look] = {}

    def _inverse_frequencies(self, counted: Sequence[Counter[str]]) -> dict[str, float]:
        frequency: Counter[str] = Counter()
        for counts in counted:
            frequency.update({gram for word in counts for gram in grams(word)})
        return {
            gram: 1 + math.log((1 + len(counted)) / (1 + found))
            for gram, found in frequency.items()
        }

    def _index_words(self) -> None:
        for word in self._rows_with:
            vector = self._vector(word)
            self._word_lengths[word] = _norm(vector)
            for gram, weight in vector.items():
                self._words_with[gram][word] = weight

    def _vector(self, word: str) -> dict[str, float]:
        counts = Counter(grams(word))
        return {gram: n * self._idf.get(gram, self._unknown) for gram, n in counts.items()}

    def _length(self, counts: Counter[str]) -> float:
        whole: dict[str, float] = defaultdict(float)
        for word, count in counts.items():
            for gram, weight in self._vector(word).items():
                whole[gram] += count * weight
        return _norm(whole) or 1.0

    def knows(self, word: str) -> bool:
        return word in self._rows_with

    def glance(self, word: str) -> Look:
        """The word as if no known one were like it."""
        return Look(self._vector(word), ())

    def look(self, word: str) -> Look:
        """Compare a word with the known ones; only what is known is remembered."""
        found = self._looks.get(word)
        if found is None:
            vector = self._vector(word)
            found = Look(vector, tuple(self._compare(vector)))
            if self.knows(word):
                self._looks[word] = found
        return found

    def _compare(self, vector: dict[str, float]) -> Iterator[tuple[str, float]]:
        """Known words with a cosine above `_ALIKE`, and the product of both vectors.

        Rare groups come first. Once those that are left are too light to make words alike, all
        that can be like this one have been met, and only for them is the product completed.
        """
        weights = sorted(vector.items(), key=lambda item: -item[1])
        left = sum(weight * weight for _, weight in weights)
        least, light = _ALIKE * math.sqrt(left), _LIGHT * _ALIKE * _ALIKE * left
        products: dict[str, float] = defaultdict(float)
        place = 0
        while place < len(weights) and left > light:
            gram, weight = weights[place]
            for other, other_weight in self._words_with.get(gram, _NONE).items():
                products[other] += weight * other_weight
            left -= weight * weight
            place += 1
        rest = [(self._words_with.get(gram, _NONE), weight) for gram, weight in weights[place:]]
        reserve = least - math.sqrt(max(0.0, left))
        for other, product in products.items():
            length = self._word_lengths[other]
            if product <= reserve * length:
                continue
            whole = product + sum(weight * known.get(other, 0.0) for known, weight in rest)
            if whole > least * length:
                yield other, whole

    def like(self, asked: Iterable[Look]) -> dict[int, float]:
        """Cosine for every row with a word like one of those."""
        looks = list(asked)
        whole: dict[str, float] = defaultdict(float)
        known: dict[str, float] = defaultdict(float)
        for look in looks:
            for gram, weight in look.vector.items():
                whole[gram] += weight
            for other, product in look.alike:
                known[other] += product
        return self._rows_like(known, _norm(whole) or 1.0)

    def _rows_like(self, known: dict[str, float], length: float) -> dict[int, float]:
        products: dict[int, float] = defaultdict(float)
        for other, product in known.items():
            share = product / length
            for row, times in self._rows_with[other]:
                products[row] += share * times
        lengths = self._lengths
        return {row: product / lengths[row] for row, product in products.items()}


def _norm(vector: dict[str, float]) -> float:
    return math.sqrt(sum(weight * weight for weight in vector.values()))
