"""The texts of one language, ready to be compared with a question."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from bot.content.texts import Entry
from bot.services.explainer._grams import Grams
from bot.services.explainer._repair import Repair
from bot.services.explainer._words import Stems, words

FIELDS = {"title": 2.0, "examples": 1.5, "synonyms": 1.5, "body": 1.0}
FEATURES = ("bm25", "covered", "letters", "letters_more", "overlap")
_SATURATION, _LENGTH_SHARE = 1.2, 0.4  # BM25's k1 and b
_FUNCTION_WORD, _MENDED = 0.15, 0.85  # what such words weigh beside 1
_LOOKED_AT = 12


@dataclass(frozen=True)
class Row:
    """A title, example, synonym or body: what a question is laid beside."""

    text: Entry
    words: str
    stems: frozenset[str]


@dataclass(frozen=True)
class Query:
    """A question as the index sees it."""

    words: tuple[str, ...]
    weights: dict[str, float]  # stem -> 1, or less for function words and mended words
    mended: dict[str, str]
    spelt: str  # with the mended words in place


@dataclass(frozen=True)
class Match:
    """How well a text fits a question; `nearest` is the row most like it."""

    text: Entry
    features: dict[str, float]
    nearest: str = ""
    stems: dict[str, float] = field(default_factory=dict)  # matched ones with their idf


class Index:
    """Weighted BM25 over stems, likeness by letters, and overlap with single rows."""

    def __init__(self, texts: Sequence[Entry], stems: Stems) -> None:
        self._stems = stems
        self._texts = list(texts)
        self._rows = [row for text in texts for row in self._rows_of(text)]
        self._idf = _idf([set().union(*rows) for rows in self._row_stems()])
        self._rarest = math.log(1 + len(self._texts))
        self._impact = self._impacts()
        self._grams = Grams([row.words for row in self._rows])
        self._rows_with = _rows_by_stem(self._rows)
        self._words = frozenset(w for row in self._rows for w in words(row.words))
        self._repair = Repair(w for w in self._words if stems(w) not in stems.function_words)

    def _rows_of(self, text: Entry) -> Iterator[Row]:
        for row in (text.title, *text.examples, *text.synonyms, text.body):
            yield Row(text, row, frozenset(self._stems.of(row)))

    def _row_stems(self) -> Iterator[list[frozenset[str]]]:
        by_text: dict[str, list[frozenset[str]]] = {_key(text): [] for text in self._texts}
        for row in self._rows:
            by_text[_key(row.text)].append(row.stems)
        yield from by_text.values()

    def _impacts(self) -> dict[str, dict[str, float]]:
        """What a stem adds to each text that has it, before the stem's idf."""
        counted = {_key(text): self._weighted_counts(text) for text in self._texts}
        lengths = {key: sum(counts.values()) for key, counts in counted.items()}
        usual = sum(lengths.values()) / max(1, len(lengths)) or 1.0
        impacts: dict[str, dict[str, float]] = defaultdict(dict)
        for key, counts in counted.items():
            damping = _SATURATION * (1 - _LENGTH_SHARE + _LENGTH_SHARE * lengths[key] / usual)
            for stem, count in counts.items():
                impacts[stem][key] = count * (_SATURATION + 1) / (count + damping)
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

    def query(self, question: str) -> Query:
        found = words(question)
        mended = {word: near for word in set(found) if (near := self._mend(word))}
        weights: dict[str, float] = {}
        for word in found:
            stem = self._stems(mended.get(word, word))
            weight = _MENDED if word in mended else 1.0
            weights[stem] = _FUNCTION_WORD if stem in self._stems.function_words else weight
        spelt = " ".join(mended.get(word, word) for word in found)
        return Query(tuple(found), weights, mended, spelt)

    def _mend(self, word: str) -> str | None:
        """Only words that mean nothing to the content are mended."""
        stem = self._stems(word)
        if word in self._words or stem in self._idf or stem in self._stems.function_words:
            return None
        return self._repair(word)

    def idf(self, stem: str) -> float:
        return self._idf.get(stem, self._rarest)

    def matches(self, query: Query) -> list[Match]:
        """The texts most like the question in any respect, in no order that matters."""
        asked = {stem: weight * self.idf(stem) for stem, weight in query.weights.items()}
        whole = sum(asked.values()) or 1.0
        bm25, covered = self._lexical(asked)
        letters = self._letters(query)
        overlap = self._overlap(asked, whole)
        candidates = _foremost(bm25, {key: row[0] for key, row in letters.items()}, overlap)
        by_key = {_key(text): text for text in self._texts}
        nothing = (0.0, 0.0, "")
        return [
            Match(
                by_key[key],
                {
                    "bm25": bm25.get(key, 0.0) / whole,
                    "covered": sum(covered.get(key, {}).values()) / whole,
                    "letters": letters.get(key, nothing)[0],
                    "letters_more": letters.get(key, nothing)[1],
                    "overlap": overlap.get(key, 0.0),
                },
                letters.get(key, nothing)[2],
                {stem: self.idf(stem) for stem in covered.get(key, {})},
            )
            for key in candidates
        ]

    def _lexical(
        self, asked: dict[str, float]
    ) -> tuple[dict[str, float], dict[str, dict[str, float]]]:
        bm25: dict[str, float] = defaultdict(float)
        covered: dict[str, dict[str, float]] = defaultdict(dict)
        for stem, weight in asked.items():
            for key, impact in self._impact.get(stem, {}).items():
                bm25[key] += weight * impact / (_SATURATION + 1)
                covered[key][stem] = weight
        return bm25, covered

    def _letters(self, query: Query) -> dict[str, tuple[float, float, str]]:
        """Best cosine, mean of the best three, and the nearest row, for each text."""
        by_text: dict[str, list[tuple[float, str]]] = defaultdict(list)
        for number, cosine in self._grams.like(query.spelt).items():
            row = self._rows[number]
            by_text[_key(row.text)].append((cosine, row.words))
        best = {key: sorted(rows, reverse=True)[:3] for key, rows in by_text.items()}
        return {
            key: (rows[0][0], sum(cosine for cosine, _ in rows) / 3, rows[0][1])
            for key, rows in best.items()
        }

    def _overlap(self, asked: dict[str, float], whole: float) -> dict[str, float]:
        """Dice's measure of shared weight between the question and a text's nearest row."""
        shared: dict[int, float] = defaultdict(float)
        for stem, weight in asked.items():
            for number in self._rows_with.get(stem, ()):
                shared[number] += weight
        best: dict[str, float] = defaultdict(float)
        for number, weight in shared.items():
            row = self._rows[number]
            key = _key(row.text)
            best[key] = max(best[key], 2 * weight / (whole + self._row_weight(number)))
        return best

    def _row_weight(self, number: int) -> float:
        light = self._stems.function_words
        return sum(
            self._idf[stem] * (_FUNCTION_WORD if stem in light else 1.0)
            for stem in self._rows[number].stems
        )


def _key(text: Entry) -> str:
    return f"{type(text).__name__}/{text.id}"


def _idf(texts: list[set[str]]) -> dict[str, float]:
    frequency = Counter(stem for stems in texts for stem in stems)
    return {
        stem: math.log(1 + (len(texts) - found + 0.5) / (found + 0.5))
        for stem, found in frequency.items()
    }


def _rows_by_stem(rows: Sequence[Row]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for number, row in enumerate(rows):
        for stem in row.stems:
            found[stem].append(number)
    return found


def _foremost(*rankings: dict[str, float]) -> list[str]:
    """Whoever is among the first by any measure."""
    names: dict[str, None] = {}
    for ranking in rankings:
        first = sorted(ranking, key=lambda key: (-ranking[key], key))[:_LOOKED_AT]
        names.update(dict.fromkeys(first))
    return list(names)
