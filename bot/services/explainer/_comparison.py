"""Lays each part of a message beside every text: by words and letters, and by meaning."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from bot.content import Content, owner
from bot.content.questions import EVERYDAY, NEAR
from bot.services.explainer import _index
from bot.services.explainer._encoder import Encoder, Points, fingerprint
from bot.services.explainer._index import Index
from bot.services.explainer._meaning import Meanings, danger_plane, learn
from bot.services.explainer._reading import Query
from bot.services.explainer._rows import Row
from bot.services.explainer._words import Stems, Words, words

FEATURES = (*_index.FEATURES, "meaning", "nearest")
ELSEWHERE = (EVERYDAY, NEAR)
_LEARNT = "3"  # changes whenever the way of learning does


@dataclass(frozen=True)
class Comparison:
    """One part of a message; `features` has a row for each place, a column for each feature."""

    language: str
    query: Query
    features: NDArray[np.float32]
    exact: int | None  # the place that has the part, word for word, as one of its rows


class Comparer:
    """Knows the rows of all languages. Texts are places, in the order of `owners`."""

    def __init__(
        self, content: Content, rows: Sequence[Row], meanings: Meanings | None = None
    ) -> None:
        self.places = places_of(rows)
        self.owners = tuple(self.places)
        self.elsewhere = [self.places[name] for name in ELSEWHERE]
        self.ranked = np.array([at for at in range(len(self.owners)) if at not in self.elsewhere])
        self._meanings = meanings
        asked = (row for row in rows if row.field != "synonym")
        self.asked = sorted(asked, key=lambda row: self.places[row.owner])  # as `Meanings.rows`
        declined = [at for name, at in self.places.items() if name.startswith("not_covered/")]
        self.indexes = {
            code: Index(
                [row for row in rows if row.language == code],
                {owner(text): text.body for text in language.entries},
                self.places,
                {*declined, *self.elsewhere},
                Stems(code),
            )
            for code, language in content.languages.items()
        }

    def read(self, code: str, parts: Sequence[Words]) -> list[Query]:
        """The parts of a message as a language's content understands them."""
        reader = self.indexes[code].reader
        heard = reader.hear(word for part in parts for word in part)
        return [reader.query(part, heard) for part in parts]

    def compare(
        self, code: str, queries: Sequence[Query], points: Points | None
    ) -> list[Comparison]:
        """`points` hold a row for each query: where its mended words lie."""
        index, meant = self.indexes[code], self._meant(points, len(queries))
        return [
            Comparison(
                code, query, np.hstack([index.features(query), meaning]), self._exact(index, query)
            )
            for query, meaning in zip(queries, meant, strict=True)
        ]

    def _exact(self, index: Index, query: Query) -> int | None:
        name = index.exact(query.words)
        return None if name is None or name in ELSEWHERE else self.places[name]

    def _meant(self, points: Points | None, parts: int) -> NDArray[np.float32]:
        if points is None or self._meanings is None:
            return np.zeros((parts, len(self.owners), 2), np.float32)
        meant = self._meanings.meant(points)
        nearest = self._meanings.nearest(points, meant, self.elsewhere)
        return np.stack([meant, nearest], axis=2)


def places_of(rows: Sequence[Row]) -> dict[str, int]:
    """A number for each text, and for the two places of what no text answers."""
    return {
        name: at
        for at, name in enumerate(dict.fromkeys((*(row.owner for row in rows), *ELSEWHERE)))
    }


def meanings_of(content: Content, rows: Sequence[Row], encoder: Encoder) -> Meanings:
    """What the rows mean; learnt once for each state of the content, then read from the cache."""
    told = [f"{one.is_one} {one.words}" for one in content.disclosures]
    name = fingerprint([_LEARNT, *(f"{row.owner} {row.field} {row.words}" for row in rows), *told])
    kept = encoder.kept("learnt")
    if kept and str(kept["of"]) == name:
        return Meanings(**{field: array for field, array in kept.items() if field != "of"})
    found = learnt(content, rows, encoder)
    encoder.keep("learnt", of=np.array(name), **found.arrays())
    return found


def learnt(content: Content, rows: Sequence[Row], encoder: Encoder) -> Meanings:
    places = places_of(rows)
    owners = np.array([places[row.owner] for row in rows], np.int64)
    are_asked = np.array([row.field != "synonym" for row in rows])
    points = encoder.content_points([said(row.words) for row in rows])
    found = learn(points, owners, are_asked, len(places))
    if not content.disclosures:
        return found
    told = encoder.content_points([said(one.words) for one in content.disclosures])
    are_ones = np.array([one.is_one for one in content.disclosures])
    return replace(found, danger=danger_plane(told, are_ones, points))


def said(message: str) -> str:
    """As a part of a message is compared; what holds no words stays as it is."""
    return " ".join(words(message)) or message
