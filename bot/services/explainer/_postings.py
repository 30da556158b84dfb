"""Which places a key occurs at, and how much it weighs there, in as little memory as it takes."""

from collections.abc import Sequence
from typing import Any, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

Numbers: TypeAlias = NDArray[np.float32]
Whole: TypeAlias = NDArray[np.int64]


class Postings(NamedTuple):
    """Those of key `k` stand from `starts[k]` to `starts[k + 1]`."""

    starts: NDArray[np.int32]
    places: NDArray[np.uint16]
    weights: NDArray[np.float16]

    def sums(self, keys: Sequence[int], weights: Sequence[float], places: int) -> Numbers:
        """For each place the weights of the keys that occur there, times what they weigh there."""
        spans = [slice(self.starts[key], self.starts[key + 1]) for key in keys]
        if not spans:
            return np.zeros(places, np.float32)
        where = np.concatenate([self.places[span] for span in spans])
        products = [
            self.weights[span] * np.float32(weight)
            for span, weight in zip(spans, weights, strict=True)
        ]
        return np.bincount(where, np.concatenate(products), places).astype(np.float32)

    def of(self, key: int) -> NDArray[np.uint16]:
        """The places of one key."""
        return self.places[self.starts[key] : self.starts[key + 1]]


def postings(keys: Whole, places: Whole, weights: NDArray[Any], keys_in_all: int) -> Postings:
    order = np.argsort(keys, kind="stable")
    starts = np.searchsorted(keys[order], np.arange(keys_in_all + 1)).astype(np.int32)
    return Postings(starts, places[order].astype(np.uint16), weights[order].astype(np.float16))
