"""Which places a key occurs at, and how much it weighs there, in as little memory as it takes."""

from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Numbers: TypeAlias = NDArray[np.float32]
Places: TypeAlias = NDArray[np.int32]


class Postings:
    """Places are numbered from 0 to `places_in_all`, keys from 0 to `keys_in_all`."""

    def __init__(
        self,
        keys: Sequence[int] | Places,
        places: Sequence[int] | Places,
        weights: Sequence[float] | Numbers,
        keys_in_all: int,
        places_in_all: int,
    ) -> None:
        listed = np.asarray(keys, np.int32)
        order = np.argsort(listed, kind="stable")
        self._starts = np.searchsorted(listed[order], np.arange(keys_in_all + 1)).astype(np.int32)
        self._places = np.asarray(places, np.uint16)[order]
        self._weights = np.asarray(weights, np.float16)[order]
        self._places_in_all = places_in_all

    def sums(self, keys: Sequence[int], weights: Sequence[float]) -> Numbers:
        """For each place the weights of the keys that occur there, times what they weigh there."""
        spans = [slice(self._starts[key], self._starts[key + 1]) for key in keys]
        if not spans:
            return np.zeros(self._places_in_all, np.float32)
        places = np.concatenate([self._places[span] for span in spans])
        products = np.concatenate(
            [
                self._weights[span] * np.float32(weight)
                for span, weight in zip(spans, weights, strict=True)
            ]
        )
        return np.bincount(places, products, self._places_in_all).astype(np.float32)

    def places(self, key: int) -> NDArray[np.uint16]:
        return self._places[self._starts[key] : self._starts[key + 1]]
