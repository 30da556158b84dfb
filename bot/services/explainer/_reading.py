"""How a question reads to somebody who knows the words of the content and no others."""

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from bot.services.explainer._repair import Repair
from bot.services.explainer._words import Stems, Words

_FUNCTION_WORD, _MENDED = 0.15, 0.85  # what such words weigh beside 1


class Line(NamedTuple):
    """A row of the content, cut into words and stems; `place` is the text that it asks for."""

    place: int
    words: Words
    stems: Words


@dataclass(frozen=True)
class Word:
    """A word that somebody wrote; the stem is that of what it was mended to."""

    written: str
    stem: str
    mended: str | None


@dataclass(frozen=True)
class Query:
    """A question as the index sees it."""

    words: Words  # with the spelling mended
    rarity: dict[str, float]  # stem -> weighted idf; that of the rarest for unknown stems
    weights: dict[str, float]  # stem -> 1, or less for function words and mended words
    mended: dict[str, str]
    strange: frozenset[str]  # stems that the content does not have
    topic: float  # above 0 when its words are rather those of what is answered


class Reader:
    """Knows the words of the lines. Places that are `declined` are off the subject."""

    def __init__(self, lines: Sequence[Line], declined: Collection[int], stems: Stems) -> None:
        self._stems = stems
        self._idf, self._rarest = _inverse_frequencies(lines)
        self._odds = _log_odds(lines, declined, self._idf)
        counted = Counter(word for line in lines for word in line.words)
        self.words = frozenset(counted)
        light = stems.function_words
        self._repair = Repair({w: n for w, n in counted.items() if stems(w) not in light})

    def knows(self, word: str) -> bool:
        return word in self.words or self._stems(word) in self._stems.function_words

    def hear(self, said: Iterable[str]) -> dict[str, Word]:
        """Stem and mend each word of a message once, however many parts of it hold the word."""
        return {word: self._word(word) for word in dict.fromkeys(said)}

    def _word(self, word: str) -> Word:
        stem = self._stems(word)
        if self.knows(word) or stem in self._idf:
            return Word(word, stem, None)
        mended = self._repair(word)  # only what means nothing to the content is mended
        return Word(word, self._stems(mended) if mended else stem, mended)

    def query(self, part: Words, heard: Mapping[str, Word]) -> Query:
        found = [heard[word] for word in dict.fromkeys(part)]
        light = self._stems.function_words
        weights = {
            word.stem: _FUNCTION_WORD if word.stem in light else _MENDED if word.mended else 1.0
            for word in found
        }
        odds = [self._odds.get(stem, 0.0) for stem in weights]
        return Query(
            words=tuple(heard[word].mended or word for word in part),
            rarity={stem: weight * self.rarity(stem) for stem, weight in weights.items()},
            weights=weights,
            mended={word.written: word.mended for word in found if word.mended},
            strange=frozenset(weights.keys() - self._idf.keys() - light),
            topic=sum(odds) / math.sqrt(len(odds) or 1),
        )

    def rarity(self, stem: str) -> float:
        return self._idf.get(stem, self._rarest)


def _inverse_frequencies(lines: Sequence[Line]) -> tuple[dict[str, float], float]:
    by_place: dict[int, set[str]] = defaultdict(set)
    for line in lines:
        by_place[line.place].update(line.stems)
    frequency = Counter(stem for stems in by_place.values() for stem in stems)
    idf = {
        stem: math.log(1 + (len(by_place) - found + 0.5) / (found + 0.5))
        for stem, found in frequency.items()
    }
    return idf, math.log(1 + len(by_place))


def _log_odds(
    lines: Sequence[Line], declined: Collection[int], stems: Iterable[str]
) -> dict[str, float]:
    """How much oftener a stem is found in what is answered than in what is declined."""
    inside, outside = Counter[str](), Counter[str]()
    for line in lines:
        (outside if line.place in declined else inside).update(set(line.stems))
    whole, others = 1 + inside.total(), 1 + outside.total()
    return {
        stem: math.log((inside[stem] + 1) / whole) - math.log((outside[stem] + 1) / others)
        for stem in stems
    }
