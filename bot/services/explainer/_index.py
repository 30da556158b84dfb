"""The texts of one language, ready to be compared with a question."""

import heapq
import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from bot.content import NotCovered
from bot.content.texts import Entry
from bot.services.explainer._grams import Grams
from bot.services.explainer._repair import Repair
from bot.services.explainer._words import Stems, words

FIELDS = {"title": 2.0, "examples": 1.5, "synonyms": 1.5, "body": 1.0}
FEATURES = ("bm25", "covered", "letters", "letters_more", "overlap")
_SATURATION, _LENGTH_SHARE = 1.2, 0.4  # BM25's k1 and b
_FUNCTION_WORD, _MENDED = 0.15, 0.85  # what such words weigh beside 1
_LOOKED_AT = 12
_FAINT = 0.05  # a cosine below it says nothing
_NOTHING = (0.0, 0.0, "")


@dataclass(frozen=True)
class Row:
    """A title, example, synonym or body: what a question is laid beside."""

    text: int  # its number in the index
    words: str
    stems: frozenset[str]


@dataclass(frozen=True)
class Query:
    """A question as the index sees it."""

    words: tuple[str, ...]
    rarity: dict[str, float]  # stem -> weighted idf; that of the rarest for unknown stems
    weights: dict[str, float]  # stem -> 1, or less for function words and mended words
    mended: dict[str, str]
    spelt: str  # with the mended words in place
    topic: float = 0.0  # above 0 when its words are rather those of what is answered


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
        self._idf = self._inverse_frequencies()
        self._rarest = math.log(1 + len(self._texts))
        self._impact = self._impacts()
        self._grams = Grams([row.words for row in self._rows])
        self._rows_with = _rows_by_stem(self._rows)
        self._row_weights = [sum(map(self._weight, row.stems)) for row in self._rows]
        self._words = Counter(word for row in self._rows for word in words(row.words))
        self._asked_so: dict[tuple[str, ...], int] = {}
        for number, text in enumerate(texts):
            for row in (text.title, *text.examples):
                self._asked_so.setdefault(tuple(words(row)), number)
        self._topical = self._log_odds()
        light = stems.function_words
        self._repair = Repair({w: n for w, n in self._words.items() if stems(w) not in light})

    def _rows_of(self, number: int) -> Iterator[Row]:
        text = self._texts[number]
        for row in (text.title, *text.examples, *text.synonyms, text.body):
            yield Row(number, row, frozenset(self._stems.of(row)))

    def _inverse_frequencies(self) -> dict[str, float]:
        by_text: dict[int, set[str]] = defaultdict(set)
        for row in self._rows:
            by_text[row.text] |= row.stems
        frequency = Counter(stem for stems in by_text.values() for stem in stems)
        return {
            stem: math.log(1 + (len(by_text) - found + 0.5) / (found + 0.5))
            for stem, found in frequency.items()
        }

    def _log_odds(self) -> dict[str, float]:
        """How much oftener a stem is found in what is answered than in what is declined."""
        answered, declined = Counter[str](), Counter[str]()
        for row in self._rows:
            is_declined = isinstance(self._texts[row.text], NotCovered)
            (declined if is_declined else answered).update(row.stems)
        whole, others = 1 + answered.total(), 1 + declined.total()
        return {
            stem: math.log((answered[stem] + 1) / whole) - math.log((declined[stem] + 1) / others)
            for stem in self._idf
        }

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

    def exact(self, question: str) -> Entry | None:
        """The text that has the question, word for word, as its title or as an example."""
        number = self._asked_so.get(tuple(words(question)))
        return None if number is None else self._texts[number]

    def query(self, question: str) -> Query:
        found = words(question)
        mended = {word: near for word in set(found) if (near := self._mend(word))}
        weights: dict[str, float] = {}
        for word in found:
            stem = self._stems(mended.get(word, word))
            weight = _MENDED if word in mended else 1.0
            weights[stem] = _FUNCTION_WORD if stem in self._stems.function_words else weight
        spelt = " ".join(mended.get(word, word) for word in found)
        rarity = {
            stem: weight * self._idf.get(stem, self._rarest) for stem, weight in weights.items()
        }
        odds = [self._topical.get(stem, 0.0) for stem in weights]
        topic = sum(odds) / math.sqrt(len(odds) or 1)
        return Query(tuple(found), rarity, weights, mended, spelt, topic)

    def _mend(self, word: str) -> str | None:
        """Only words that mean nothing to the content are mended."""
        stem = self._stems(word)
        if word in self._words or stem in self._idf or stem in self._stems.function_words:
            return None
        return self._repair(word)

    def _weight(self, stem: str) -> float:
        idf = self._idf.get(stem, self._rarest)
        return idf * (_FUNCTION_WORD if stem in self._stems.function_words else 1.0)

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
        for number, cosine in self._grams.like(query.spelt).items():
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
