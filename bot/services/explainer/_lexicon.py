"""The words of one language's rows, counted once for each state of the content."""

import hashlib
import math
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from bot.services.explainer._grams import Grams, grams_of
from bot.services.explainer._postings import Numbers, Postings, postings
from bot.services.explainer._rows import Row
from bot.services.explainer._words import Stems, Words, words

FIELDS = {"title": 2.0, "example": 1.5, "synonym": 1.5, "body": 1.0}
_SATURATION, _LENGTH_SHARE = 1.2, 0.4  # BM25's k1 and b


@dataclass(frozen=True)
class Lexicon:
    """Rows stand in the order of the texts that they ask for."""

    stems: NDArray[np.str_]
    rarity: Numbers  # of each stem: its idf among the texts
    topic: Numbers  # of each stem: above 0 when it is rather a word of what is answered
    rarest: Numbers  # one number: the rarity of stems that the content does not have
    words: NDArray[np.str_]
    word_stems: NDArray[np.int32]
    word_counts: NDArray[np.int32]
    impacts: Postings  # what a stem adds to each text that has it, before its rarity
    grams: Grams | None  # only where there is nothing better
    owners: NDArray[np.int64]  # the texts that have rows
    starts: NDArray[np.int64]  # of each of those among the rows
    rows: NDArray[np.int64]  # one number: how many there are
    asked: NDArray[np.uint64]  # fingerprints of whole rows, sorted
    asked_for: NDArray[np.int32]  # the text of each of those

    def arrays(self) -> dict[str, NDArray[Any]]:
        """All but the letters, which only an engine without meanings looks at."""
        plain = {name: value for name, value in vars(self).items() if name not in _NESTED}
        return {
            **plain,
            **{f"impacts_{name}": value for name, value in self.impacts._asdict().items()},
        }

    @classmethod
    def of_arrays(cls, arrays: Mapping[str, NDArray[Any]]) -> "Lexicon":
        impacts = Postings(*(arrays[f"impacts_{field}"] for field in Postings._fields))
        plain = {name: arrays[name] for name in cls.__dataclass_fields__ if name not in _NESTED}
        return cls(**plain, impacts=impacts, grams=None)


_NESTED = ("impacts", "grams")


class _Line(NamedTuple):
    place: int
    field: str
    words: Words
    stems: Words


def lexicon_of(
    rows: Sequence[Row],
    bodies: Mapping[str, str],
    places: Mapping[str, int],
    elsewhere: Collection[int],
    language: str,
    *,
    by_letters: bool,
) -> Lexicon:
    """Texts are places, numbered as in `places`; `elsewhere` are those that are not answered."""
    stems = Stems(language)
    asked = [
        _line(places[row.owner], row.field, row.words, stems) for row in in_order(rows, places)
    ]
    lines = [*asked, *(_line(places[name], "body", text, stems) for name, text in bodies.items())]
    numbers = {stem: at for at, stem in enumerate(dict.fromkeys(s for x in lines for s in x.stems))}
    counted = Counter(word for line in lines for word in line.words)
    owners, starts = np.unique([line.place for line in asked], return_index=True)
    whole = {
        fingerprint(line.words): line.place for line in reversed(asked) if line.field != "synonym"
    }
    frequency, texts = _frequencies(lines)
    return Lexicon(
        stems=np.array(list(numbers), np.str_),
        rarity=np.array([_rarity(frequency[stem], texts) for stem in numbers], np.float32),
        topic=np.array(_log_odds(lines, elsewhere, numbers), np.float32),
        rarest=np.array([math.log(1 + texts)], np.float32),
        words=np.array(list(counted), np.str_),
        word_stems=np.array([numbers[stems.remembered(word)] for word in counted], np.int32),
        word_counts=np.array(list(counted.values()), np.int32),
        impacts=_impacts(lines, numbers),
        grams=grams_of([line.words for line in asked]) if by_letters else None,
        owners=owners,
        starts=starts,
        rows=np.array([len(asked)]),
        asked=np.array(sorted(whole), np.uint64),
        asked_for=np.array([whole[name] for name in sorted(whole)], np.int32),
    )


def in_order(rows: Sequence[Row], places: Mapping[str, int]) -> list[Row]:
    return sorted(rows, key=lambda row: places[row.owner])


def fingerprint(said: Words) -> int:
    digest = hashlib.blake2b(" ".join(said).encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big")


def _line(place: int, field: str, text: str, stems: Stems) -> _Line:
    said = tuple(words(text))
    return _Line(place, field, said, tuple(map(stems.remembered, said)))


def _frequencies(lines: Sequence[_Line]) -> tuple[Counter[str], int]:
    """In how many texts each stem is, and how many texts there are."""
    by_place: dict[int, set[str]] = defaultdict(set)
    for line in lines:
        by_place[line.place].update(line.stems)
    return Counter(stem for stems in by_place.values() for stem in stems), len(by_place)


def _rarity(found: int, texts: int) -> float:
    return math.log(1 + (texts - found + 0.5) / (found + 0.5))


def _log_odds(
    lines: Sequence[_Line], declined: Collection[int], stems: Collection[str]
) -> list[float]:
    """How much oftener a stem is found in what is answered than in what is declined."""
    inside, outside = Counter[str](), Counter[str]()
    for line in lines:
        (outside if line.place in declined else inside).update(set(line.stems))
    whole, others = 1 + inside.total(), 1 + outside.total()
    return [
        math.log((inside[stem] + 1) / whole) - math.log((outside[stem] + 1) / others)
        for stem in stems
    ]


def _impacts(lines: Sequence[_Line], numbers: Mapping[str, int]) -> Postings:
    counts: Counter[tuple[int, int]] = Counter()
    for line in lines:
        for stem in line.stems:
            counts[numbers[stem], line.place] += FIELDS[line.field]  # type: ignore[assignment]  # Counter adds floats, too
    keys, places = (np.array(column, np.int64) for column in zip(*counts, strict=True))
    weights = np.fromiter(counts.values(), np.float64)
    lengths = np.bincount(places, weights)
    usual = float(np.median(lengths[lengths > 0]))
    damping = _SATURATION * (1 - _LENGTH_SHARE + _LENGTH_SHARE * lengths[places] / usual)
    return postings(keys, places, weights / (weights + damping), len(numbers))
