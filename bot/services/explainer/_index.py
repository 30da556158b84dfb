"""The rows of one language, ready to be compared with the words of a question."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from bot.services.explainer._grams import Grams
from bot.services.explainer._postings import Numbers, Postings
from bot.services.explainer._reading import Line, Query, Reader
from bot.services.explainer._rows import Row
from bot.services.explainer._words import Stems, Words, words

FEATURES = ("bm25", "covered", "letters")
FIELDS = {"title": 2.0, "example": 1.5, "synonym": 1.5, "body": 1.0}
_SATURATION, _LENGTH_SHARE = 1.2, 0.4  # BM25's k1 and b
_FEW = 4.0  # the power that makes a mean of cosines hang on the best few


class Index:
    """Weighted BM25 over stems, and likeness by letters.

    Texts are places, numbered as in `places`; those in `elsewhere` hold what no text answers.
    """

    def __init__(
        self,
        rows: Sequence[Row],
        bodies: Mapping[str, str],
        places: Mapping[str, int],
        elsewhere: Collection[int],
        stems: Stems,
    ) -> None:
        self._rows = sorted(rows, key=lambda row: places[row.owner])
        self._size = len(places)
        lines = [_line(places[row.owner], row.words, stems) for row in self._rows]
        spoken = [_line(places[owner], body, stems) for owner, body in bodies.items()]
        self.reader = Reader([*lines, *spoken], elsewhere, stems)
        self._owners, self._starts = np.unique([line.place for line in lines], return_index=True)
        self._numbers: dict[str, int] = {}
        for line in (*lines, *spoken):
            for stem in line.stems:
                self._numbers.setdefault(stem, len(self._numbers))
        fields = [*(row.field for row in self._rows), *("body" for _ in spoken)]
        self._impacts = self._weighed([*lines, *spoken], fields)
        self._grams = Grams([line.words for line in lines])
        self._asked_so = {
            line.words: self._rows[at].owner
            for at, line in reversed(list(enumerate(lines)))
            if self._rows[at].field != "synonym"
        }

    def _weighed(self, lines: Sequence[Line], fields: Sequence[str]) -> Postings:
        """What a stem adds to each place that has it, before the stem's idf."""
        counts: dict[int, dict[str, float]] = defaultdict(lambda: defaultdict(float))
        for line, field in zip(lines, fields, strict=True):
            for stem in line.stems:
                counts[line.place][stem] += FIELDS[field]
        lengths = {place: sum(found.values()) for place, found in counts.items()}
        usual = float(np.median(list(lengths.values()) or [1.0]))
        found = [
            (self._numbers[stem], place, count / (count + _damping(lengths[place] / usual)))
            for place, stems in counts.items()
            for stem, count in stems.items()
        ]
        return _postings(found, len(self._numbers), self._size)

    def exact(self, question: Words) -> str | None:
        """The text that has the question, word for word, as its title or as an example."""
        return self._asked_so.get(question)

    def features(self, query: Query) -> NDArray[np.float32]:
        """One row for each place, one column for each of `FEATURES`."""
        whole = sum(query.rarity.values()) or 1.0
        known = {stem: weight for stem, weight in query.rarity.items() if stem in self._numbers}
        keys = [self._numbers[stem] for stem in known]
        bm25 = self._impacts.sums(keys, list(known.values()))
        covered = np.zeros(self._size, np.float32)
        for key, weight in zip(keys, known.values(), strict=True):
            covered[self._impacts.places(key)] += weight
        cosines = self._grams.cosines(query.words)
        letters = self._pooled(cosines**_FEW) ** (1 / _FEW)
        return np.stack((bm25 / whole, covered / whole, letters), axis=1)

    def matched(self, query: Query, place: int) -> dict[str, float]:
        """The stems that a text shares with the question, with what they weigh."""
        return {
            stem: weight
            for stem, weight in query.rarity.items()
            if stem in self._numbers and place in self._impacts.places(self._numbers[stem])
        }

    def nearest(self, query: Query, owner: int) -> str:
        """The row of a text that is most like the question by letters."""
        at = int(np.searchsorted(self._owners, owner))
        if at == len(self._owners) or self._owners[at] != owner:
            return ""
        end = self._starts[at + 1] if at + 1 < len(self._starts) else len(self._rows)
        cosines = self._grams.cosines(query.words)[self._starts[at] : end]
        return self._rows[int(self._starts[at] + cosines.argmax())].words

    def _pooled(self, by_row: Numbers) -> Numbers:
        """The sum over the rows of each place."""
        found = np.zeros(self._size, np.float32)
        if len(by_row):
            found[self._owners] = np.add.reduceat(by_row, self._starts)
        return found


def _line(place: int, text: str, stems: Stems) -> Line:
    said = tuple(words(text))
    return Line(place, said, tuple(map(stems.remembered, said)))


def _damping(length: float) -> float:
    return _SATURATION * (1 - _LENGTH_SHARE + _LENGTH_SHARE * length)


def _postings(found: Iterable[tuple[int, int, float]], keys: int, places: int) -> Postings:
    listed = list(found)
    return Postings(
        [key for key, _, _ in listed],
        [place for _, place, _ in listed],
        [weight for _, _, weight in listed],
        keys,
        places,
    )
