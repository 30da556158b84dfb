"""Points in 128 numbers instead of 512: enough to find which rows are near."""

from typing import Any, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from bot.services.explainer._encoder import WIDTH, Points

Numbers: TypeAlias = NDArray[np.float32]

_CONSTANT = 0.3  # beside the 512 numbers, so that a plane need not go through the origin
_BLOCK = 2_000  # rows that are worked on together
_NARROW = 128


class Axes(NamedTuple):
    """The middle of the rows, and the directions in which they differ most."""

    centre: Numbers
    directions: Numbers  # 512 × 128

    def narrow(self, points: NDArray[Any]) -> Numbers:
        """Rows of 128 numbers, of length 1."""
        found = np.empty((len(points), self.directions.shape[1]), np.float32)
        for at in range(0, len(points), _BLOCK):
            block = (points[at : at + _BLOCK].astype(np.float32) - self.centre) @ self.directions
            lengths = np.linalg.norm(block, axis=1, keepdims=True)
            found[at : at + _BLOCK] = block / np.where(lengths > 0, lengths, 1)
        return found


def axes_of(square: NDArray[np.float64], rows: int) -> Axes:
    """From what `summed` gives."""
    centre = square[:-1, -1] / (_CONSTANT * rows)
    _, vectors = np.linalg.eigh(square[:-1, :-1] / rows - np.outer(centre, centre))
    return Axes(centre.astype(np.float32), vectors[:, ::-1][:, :_NARROW].astype(np.float32))


def with_constant(points: Points) -> Points:
    constant = np.full((len(points), 1), _CONSTANT, dtype=np.float32)
    return np.hstack([points, constant])


def summed(
    points: NDArray[np.float16], owners: NDArray[np.int64], places: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Products of all columns of the points, and the sum of each place's points."""
    square = np.zeros((WIDTH + 1, WIDTH + 1))
    wanted = np.zeros((places, WIDTH + 1))
    for at in range(0, len(points), _BLOCK):
        block = with_constant(points[at : at + _BLOCK].astype(np.float32))
        square += block.T @ block
        wanted += np.eye(places, dtype=np.float32)[:, owners[at : at + _BLOCK]] @ block
    return square, wanted.T
