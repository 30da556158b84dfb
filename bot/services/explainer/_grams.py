"""Likeness of short texts by their groups of two to five letters; forgives spelling and endings.

A row's vector is the sum of its words' vectors. So the words are what is indexed: a question's
word is laid beside the few thousand known words once, and each word knows its rows.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from bot.services.explainer._words import words

_SIZES = (2, 3, 4, 5)
_ALIKE = 0.3  # words whose cosine is below it have nothing to do with each other
_REMEMBERED = 20_000


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
        self._words_with: dict[str, list[tuple[str, float]]] = defaultdict(list)
        self._word_lengths: dict[str, float] = {}
        self._remember_words()
        self._alike: dict[str, list[tuple[str, float]]] = {}

    def _inverse_frequencies(self, counted: Sequence[Counter[str]]) -> dict[str, float]:
        frequency: Counter[str] = Counter()
        for counts in counted:
            frequency.update({gram for word in counts for gram in grams(word)})
        return {
            gram: 1 + math.log((1 + len(counted)) / (1 + found))
            for gram, found in frequency.items()
        }

    def _remember_words(self) -> None:
        for word in self._rows_with:
            vector = self._vector(word)
            self._word_lengths[word] = _norm(vector)
            for gram, weight in vector.items():
                self._words_with[gram].append((word, weight))

    def _vector(self, word: str) -> dict[str, float]:
        counts = Counter(grams(word))
        return {gram: n * self._idf.get(gram, self._unknown) for gram, n in counts.items()}

    def _length(self, counts: Counter[str]) -> float:
        whole: dict[str, float] = defaultdict(float)
        for word, count in counts.items():
            for gram, weight in self._vector(word).items():
                whole[gram] += count * weight
        return _norm(whole) or 1.0

    def _words_like(self, word: str) -> list[tuple[str, float]]:
        """Known words with the product of their vectors with this word's."""
        found = self._alike.get(word)
        if found is None:
            found = self._compare(word)
            if len(self._alike) < _REMEMBERED:  # people write any number of different words
                self._alike[word] = found
        return found

    def _compare(self, word: str) -> list[tuple[str, float]]:
        products: dict[str, float] = defaultdict(float)
        vector = self._vector(word)
        for gram, weight in vector.items():
            for other, other_weight in self._words_with.get(gram, ()):
                products[other] += weight * other_weight
        least = _ALIKE * _norm(vector)
        return [
            (other, product)
            for other, product in products.items()
            if product > least * self._word_lengths[other]
        ]

    def like(self, text: str) -> dict[int, float]:
        """Cosine for every row with a word like one of the text's."""
        asked = Counter(words(text))
        length = self._length(asked)
        products: dict[int, float] = defaultdict(float)
        for word, count in asked.items():
            for other, product in self._words_like(word):
                share = count * product / length
                for row, times in self._rows_with[other]:
                    products[row] += share * times
        lengths = self._lengths
        return {row: product / lengths[row] for row, product in products.items()}


def _norm(vector: dict[str, float]) -> float:
    return math.sqrt(sum(weight * weight for weight in vector.values()))
