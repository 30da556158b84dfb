"""The texts of one language, ready to be compared with a question."""

import heapq
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from bot.content import NotCovered
from bot.content.texts import Entry
from bot.services.explainer._grams import Grams
from bot.services.explainer._reading import Query, Reader, Row, Word
from bot.services.explainer._words import Stems, Words, words

FIELDS = {"title": 2.0, "examples": 1.5, "synonyms": 1.5, "body": 1.0}
FEATURES = ("bm25", "covered", "letters", "letters_more", "overlap")
_SATURATION, _LENGTH_SHARE = 1.2, 0.4  # BM25's k1 and b
_LOOKED_AT = 12
_FAINT = 0.05  # a cosine below it says nothing
_NOTHING = (0.0, 0.0, "")


@dataclass(frozen=True)
class Match:
    """How well a text fits a question; `nearest` is the row most like it."""

    text: Entry
    features: dict[str, float]
    nearest: str = ""
    stems: dict[str, float] = field(default_factory=dict)  # matched ones, with their rarity


class Index:
    """Weighted BM25 over stems, likeness by letters, and overlap with single rows."""

    def __init__(self, texts: Sequence[Entry], stems: Stems) -> None:
        self._stems = stems
        self._texts = list(texts)
        self._rows = [row for number in range(len(texts)) for row in self._rows_of(number)]
        self._impact = self._impacts()
        self._grams = Grams([row.words for row in self._rows])
        declined = {at for at, text in enumerate(texts) if isinstance(text, NotCovered)}
        self._reader = Reader(self._rows, declined, self._grams, stems)
        self._rows_with = _rows_by_stem(self._rows)
        self._row_weights = [sum(map(self._reader.weight, row.stems)) for row in self._rows]
        self._asked_so: dict[Words, int] = {}
        for number, text in enumerate(texts):
            for row in (text.title, *text.examples):
                self._asked_so.setdefault(tuple(words(row)), number)

    def _rows_of(self, number: int) -> Iterator[Row]:
        text = self._texts[number]
        for row in (text.title, *text.examples, *text.synonyms, text.body):
            yield Row(number, row, frozenset(self._stems.of(row)))

    def _impacts(self) -> dict[str, list[tuple[int, float]]]:
        """What a stem adds to each text that has it, before the stem's idf."""
        counted = [self._weighted_counts(text) for text in self._texts]
        lengths = [sum(counts.values()) for counts in counted]
        usual = sum(lengths) / max(1, len(lengths)) or 1.0
        impacts: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for number, counts in enumerate(counted):
            damping = _SATURATION * (1 - _LENGTH_SHARE + _LENGTH_SHARE * lengths[number] / usual)
            for stem, count in counts.items():
                impacts[stem].append((number, count / (count + damping)))
        return impacts

    def _weighted_counts(self, text: Entry) -> dict[str, float]:
        counts: dict[str, float] = defaultdict(float)
        parts = {
            "title": text.title,
            "examples": " ".join(text.examples),
            "synonyms": " ".join(text.synonyms),
            "body": text.body,
        }
        for name, part in parts.items():
            for stem, count in Counter(self._stems.of(part)).items():
                counts[stem] += FIELDS[name] * count
        return counts

    def exact(self, question: Words) -> Entry | None:
        """The text that has the question, word for word, as its title or as an example."""
        number = self._asked_so.get(question)
        return None if number is None else self._texts[number]

    def hear(self, said: Iterable[str]) -> dict[str, Word]:
        """Understand the words of a message, of which `query` then reads any part."""
        return self._reader.hear(said)

    def query(self, part: Words, heard: Mapping[str, Word]) -> Query:
        return self._reader.query(part, heard)

    def matches(self, query: Query) -> list[Match]:
        """The texts most like the question in any respect, in no order that matters."""
        asked = query.rarity
        whole = sum(asked.values()) or 1.0
        bm25, covered = self._lexical(asked)
        letters = self._letters(query)
        overlap = self._overlap(asked, whole)
        nearest = {number: found[0] for number, found in letters.items()}
        return [
            Match(
                self._texts[number],
                {
                    "bm25": bm25.get(number, 0.0) / whole,
                    "covered": sum(covered.get(number, {}).values()) / whole,
                    "letters": letters.get(number, _NOTHING)[0],
                    "letters_more": letters.get(number, _NOTHING)[1],
                    "overlap": overlap.get(number, 0.0),
                },
                letters.get(number, _NOTHING)[2],
                covered.get(number, {}),
            )
            for number in _foremost(bm25, nearest, overlap)
        ]

    def _lexical(
        self, asked: dict[str, float]
    ) -> tuple[dict[int, float], dict[int, dict[str, float]]]:
        bm25: dict[int, float] = defaultdict(float)
        covered: dict[int, dict[str, float]] = defaultdict(dict)
        for stem, weight in asked.items():
            for number, impact in self._impact.get(stem, ()):
                bm25[number] += weight * impact
                covered[number][stem] = weight
        return bm25, covered

    def _letters(self, query: Query) -> dict[int, tuple[float, float, str]]:
        """Best cosine, mean of the best three, and the nearest row, for each text."""
        by_text: dict[int, list[tuple[float, int]]] = defaultdict(list)
        for number, cosine in self._grams.like(query.looks).items():
            if cosine > _FAINT:
                by_text[self._rows[number].text].append((cosine, number))
        best = {number: sorted(rows, reverse=True)[:3] for number, rows in by_text.items()}
        return {
            number: (
                rows[0][0],
                sum(cosine for cosine, _ in rows) / 3,
                self._rows[rows[0][1]].words,
            )
            for number, rows in best.items()
        }

    def _overlap(self, asked: dict[str, float], whole: float) -> dict[int, float]:
        """Dice's measure of shared weight between the question and a text's nearest row."""
        shared: dict[int, float] = defaultdict(float)
        light = self._stems.function_words
        telling = {stem: weight for stem, weight in asked.items() if stem not in light}
        for stem, weight in (telling or asked).items():  # function words are in half of all rows
            for row in self._rows_with.get(stem, ()):
                shared[row] += weight
        best: dict[int, float] = defaultdict(float)
        for row, weight in shared.items():
            number, likeness = self._rows[row].text, 2 * weight / (whole + self._row_weights[row])
            best[number] = max(best[number], likeness)
        return best


def _rows_by_stem(rows: Sequence[Row]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for number, row in enumerate(rows):
        for stem in row.stems:
            found[stem].append(number)
    return found


def _foremost(*rankings: dict[int, float]) -> list[int]:
    """Whoever is among the first by any measure."""
    numbers: dict[int, None] = {}
    for ranking in rankings:
        first = heapq.nsmallest(_LOOKED_AT, ranking, key=lambda number: -ranking[number])
        numbers.update(dict.fromkeys(first))
    return list(numbers)
