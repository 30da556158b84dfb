"""How a question reads to somebody who knows the words of the content and no others."""

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.services.explainer._lexicon import Lexicon
from bot.services.explainer._repair import Repair
from bot.services.explainer._words import Stems, Words

_FUNCTION_WORD, _MENDED = 0.15, 0.85  # what such words weigh beside 1


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
    """Knows the words of a lexicon."""

    def __init__(self, lexicon: Lexicon, language: str) -> None:
        stems = lexicon.stems.tolist()
        self.numbers = {stem: at for at, stem in enumerate(stems)}
        self._rarity, self._topic = lexicon.rarity.tolist(), lexicon.topic.tolist()
        self._rarest = float(lexicon.rarest[0])
        known = lexicon.words.tolist()
        self._stem_of = {
            word: stems[at] for word, at in zip(known, lexicon.word_stems, strict=True)
        }
        self._stems = Stems(language, self._stem_of)
        light = self._stems.function_words
        counted = zip(known, lexicon.word_counts.tolist(), strict=True)
        self._repair = Repair({w: n for w, n in counted if self._stem_of[w] not in light})

    @property
    def words(self) -> Collection[str]:
        return self._stem_of.keys()

    def hear(self, said: Iterable[str]) -> dict[str, Word]:
        """Stem and mend each word of a message once, however many parts of it hold the word."""
        return {word: self._word(word) for word in dict.fromkeys(said)}

    def _word(self, word: str) -> Word:
        stem = self._stems(word)
        if stem in self.numbers or stem in self._stems.function_words:
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
        return Query(
            words=tuple(heard[word].mended or word for word in part),
            rarity={stem: weight * self._rare(stem) for stem, weight in weights.items()},
            weights=weights,
            mended={word.written: word.mended for word in found if word.mended},
            strange=frozenset(weights.keys() - self.numbers.keys() - light),
            topic=self._about(list(weights)),
        )

    def _rare(self, stem: str) -> float:
        at = self.numbers.get(stem)
        return self._rarest if at is None else self._rarity[at]

    def _about(self, stems: Sequence[str]) -> float:
        known = (self._topic[at] for stem in stems if (at := self.numbers.get(stem)) is not None)
        return float(sum(known)) / math.sqrt(len(stems) or 1)
