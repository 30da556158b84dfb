"""Lays each part of a message beside every text: by words and letters, and by meaning."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.services.explainer import _index
from bot.services.explainer._encoder import Points
from bot.services.explainer._index import Index
from bot.services.explainer._learnt import ELSEWHERE, Learnt
from bot.services.explainer._postings import Numbers
from bot.services.explainer._reading import Query
from bot.services.explainer._words import Words

FEATURES = (*_index.FEATURES, "meaning", "nearest", "worded")


@dataclass(frozen=True)
class Comparison:
    """One part of a message; `features` has a row for each place, a column for each feature."""

    language: str
    query: Query
    features: NDArray[np.float32]
    exact: int | None  # the place that has the part, word for word, as one of its rows


class Comparer:
    """Texts are places, in the order of `owners`; the last two hold what no text answers."""

    def __init__(self, learnt: Learnt, owners: Sequence[str]) -> None:
        self.owners = tuple(owners)
        self.kinds = np.array([name.partition("/")[0] for name in owners])
        self.elsewhere = [self.owners.index(name) for name in ELSEWHERE]
        self.ranked = np.array([at for at in range(len(self.owners)) if at not in self.elsewhere])
        self._learnt, self.meanings = learnt, learnt.meanings
        self.indexes = {
            code: Index(lexicon, len(self.owners), code)
            for code, lexicon in learnt.lexicons.items()
        }

    def read(self, code: str, parts: Sequence[Words]) -> list[Query]:
        """The parts of a message as a language's content understands them."""
        reader = self.indexes[code].reader
        heard = reader.hear(word for part in parts for word in part)
        return [reader.query(part, heard) for part in parts]

    def compare(
        self,
        code: str,
        queries: Sequence[Query],
        points: Points | None,
        told: Numbers | None = None,
    ) -> list[Comparison]:
        """`points` and `told` hold a row for each query: where its mended words lie, what they say.

        What they say is found anew when it is not known.
        """
        if points is not None and told is None:
            told = self._learnt.told([query.words for query in queries])
        index, meant = self.indexes[code], self._meant(len(queries), points, told)
        return [
            Comparison(
                code, query, np.hstack([index.features(query), meaning]), self._exact(index, query)
            )
            for query, meaning in zip(queries, meant, strict=True)
        ]

    def _exact(self, index: Index, query: Query) -> int | None:
        place = index.exact(query.words)
        return None if place in self.elsewhere else place

    def _meant(self, parts: int, points: Points | None, told: Numbers | None) -> Numbers:
        if points is None or told is None or self.meanings is None:
            return np.zeros((parts, len(self.owners), 3), np.float32)
        meant, said = self.meanings.meant(points), told[:, : len(self.owners)]
        nearest = self.meanings.nearest(points, meant, said, self.elsewhere)
        return np.stack([meant, nearest, said], axis=2)
