"""How a question reads to somebody who knows the words of the content and no others."""

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.services.explainer._grams import Grams, Look
from bot.services.explainer._repair import Repair
from bot.services.explainer._words import Stems, Words, words

_FUNCTION_WORD, _MENDED = 0.15, 0.85  # what such words weigh beside 1
_COMPARED = 40  # unknown words of a message; it takes a while, and they say little


@dataclass(frozen=True)
class Row:
    """A title, example, synonym or body: what a question is laid beside."""

    text: int  # its number in the index
    words: str
    stems: frozenset[str]


@dataclass(frozen=True)
class Word:
    """A word that somebody wrote; the rest is about what it was mended to."""

    stem: str
    mended: str | None
    look: Look


@dataclass(frozen=True)
class Query:
    """A question as the index sees it."""

    words: Words
    rarity: dict[str, float]  # stem -> weighted idf; that of the rarest for unknown stems
    weights: dict[str, float]  # stem -> 1, or less for function words and mended words
    mended: dict[str, str]
    looks: tuple[Look, ...]
    strange: frozenset[str]  # stems that the content does not have
    topic: float  # above 0 when its words are rather those of what is answered


class Reader:
    """Knows the words of the rows. Texts that are `declined` say what is off the subject."""

    def __init__(
        self, rows: Sequence[Row], declined: Collection[int], grams: Grams, stems: Stems
    ) -> None:
        self._stems, self._grams = stems, grams
        self._idf = _inverse_frequencies(rows)
        self._rarest = math.log(1 + len({row.text for row in rows}))
        self._odds = _log_odds(rows, declined, self._idf)
        self._words = Counter(word for row in rows for word in words(row.words))
        light = stems.function_words
        self._repair = Repair({w: n for w, n in self._words.items() if stems(w) not in light})

    def hear(self, said: Iterable[str]) -> dict[str, Word]:
        """Stem, mend and compare each word of a message once, however many parts it is in."""
        heard: dict[str, Word] = {}
        unknown = 0
        for word in dict.fromkeys(said):
            heard[word] = self._word(word, unknown < _COMPARED)
            unknown += not self._grams.knows(heard[word].mended or word)
        return heard

    def _word(self, word: str, is_compared: bool) -> Word:
        stem = self._stems(word)
        mended = None
        if not (word in self._words or stem in self._idf or stem in self._stems.function_words):
            mended = self._repair(word)  # only what means nothing to the content is mended
        look = self._grams.look if is_compared or mended else self._grams.glance
        return Word(self._stems(mended) if mended else stem, mended, look(mended or word))

    def query(self, part: Words, heard: Mapping[str, Word]) -> Query:
        found = {word: heard[word] for word in part}
        light = self._stems.function_words
        weights = {
            word.stem: _FUNCTION_WORD if word.stem in light else _MENDED if word.mended else 1.0
            for word in found.values()
        }
        odds = [self._odds.get(stem, 0.0) for stem in weights]
        return Query(
            words=part,
            rarity={stem: weight * self._rarity(stem) for stem, weight in weights.items()},
            weights=weights,
            mended={said: word.mended for said, word in found.items() if word.mended},
            looks=tuple(found[word].look for word in part),
            strange=frozenset(weights.keys() - self._idf.keys() - light),
            topic=sum(odds) / math.sqrt(len(odds) or 1),
        )

    def _rarity(self, stem: str) -> float:
        return self._idf.get(stem, self._rarest)

    def weight(self, stem: str) -> float:
        """How much a stem of the content counts in the content."""
        return self._rarity(stem) * (_FUNCTION_WORD if stem in self._stems.function_words else 1.0)


def _inverse_frequencies(rows: Sequence[Row]) -> dict[str, float]:
    by_text: dict[int, set[str]] = defaultdict(set)
    for row in rows:
        by_text[row.text] |= row.stems
    frequency = Counter(stem for stems in by_text.values() for stem in stems)
    return {
        stem: math.log(1 + (len(by_text) - found + 0.5) / (found + 0.5))
        for stem, found in frequency.items()
    }


def _log_odds(
    rows: Sequence[Row], declined: Collection[int], stems: Iterable[str]
) -> dict[str, float]:
    """How much oftener a stem is found in what is answered than in what is declined."""
    inside, outside = Counter[str](), Counter[str]()
    for row in rows:
        (outside if row.text in declined else inside).update(row.stems)
    whole, others = 1 + inside.total(), 1 + outside.total()
    return {
        stem: math.log((inside[stem] + 1) / whole) - math.log((outside[stem] + 1) / others)
        for stem in stems
    }
