"""The rows of one language, compared with the words and letters of a question."""

import numpy as np
from numpy.typing import NDArray

from bot.services.explainer._lexicon import Lexicon, fingerprint
from bot.services.explainer._postings import Numbers
from bot.services.explainer._reading import Query, Reader
from bot.services.explainer._words import Words

FEATURES = ("bm25", "covered", "letters")
_FEW = 4.0  # the power that makes a mean of cosines hang on the best few


class Index:
    """Weighted BM25 over stems, and likeness by letters. Texts are numbered places."""

    def __init__(self, lexicon: Lexicon, places: int, language: str) -> None:
        self._lexicon, self._size = lexicon, places
        self.reader = Reader(lexicon, language)

    def exact(self, question: Words) -> int | None:
        """The text that has the question, word for word, as its title or as an example."""
        name, asked = np.uint64(fingerprint(question)), self._lexicon.asked
        at = int(np.searchsorted(asked, name))
        is_there = at < len(asked) and asked[at] == name
        return int(self._lexicon.asked_for[at]) if is_there else None

    def features(self, query: Query) -> NDArray[np.float32]:
        """One row for each place, one column for each of `FEATURES`."""
        whole = sum(query.rarity.values()) or 1.0
        numbers = self.reader.numbers
        known = {numbers[stem]: at for stem, at in query.rarity.items() if stem in numbers}
        bm25 = self._lexicon.impacts.sums(list(known), list(known.values()), self._size)
        covered = np.zeros(self._size, np.float32)
        for stem, weight in known.items():
            covered[self._lexicon.impacts.of(stem)] += weight
        return np.stack((bm25 / whole, covered / whole, self._letters(query)), axis=1)

    def matched(self, query: Query, place: int) -> dict[str, float]:
        """The stems that a text shares with the question, with what they weigh."""
        numbers, impacts = self.reader.numbers, self._lexicon.impacts
        return {
            stem: weight
            for stem, weight in query.rarity.items()
            if stem in numbers and place in impacts.of(numbers[stem])
        }

    def _letters(self, query: Query) -> Numbers:
        """Of each place how alike its most alike rows are; 0 where letters are not looked at."""
        if self._lexicon.grams is None:
            return np.zeros(self._size, np.float32)
        cosines = self._lexicon.grams.cosines(query.words, int(self._lexicon.rows[0]))
        return self._pooled(cosines**_FEW) ** (1 / _FEW)

    def _pooled(self, by_row: Numbers) -> Numbers:
        """The sum over the rows of each place."""
        found = np.zeros(self._size, np.float32)
        if len(by_row):
            found[self._lexicon.owners] = np.add.reduceat(by_row, self._lexicon.starts)
        return found
