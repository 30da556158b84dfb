"""Likeness by meaning: what a question means among the rows of all languages at once.

A plane lies between each text's rows and all others, by least squares with a penalty; beside it the
cosine of the nearest row counts. Another plane hears of danger. All are computed anew when the
content has changed.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from bot.services.explainer._encoder import WIDTH, Points

Numbers: TypeAlias = NDArray[np.float32]

_CONSTANT = 0.3  # beside the 512 numbers, so that a plane need not go through the origin
_PENALTY = 1.0
_OTHER = 0.1  # what a row weighs beside an invented message of danger
_BLOCK = 2_000  # rows that are worked on together
_NARROW = 192  # numbers that are left of 512 where nearest rows are looked for
CANDIDATES = 16  # texts, foremost by their planes, whose rows are looked through


@dataclass(frozen=True)
class Meanings:
    """What was learnt from the rows; see `learn`."""

    planes: Numbers  # 513 × places
    danger: Numbers  # 513
    centre: Numbers
    axes: Numbers  # 512 × 192
    rows: NDArray[np.float16]  # each 192 numbers of length 1, in the order of their places
    starts: NDArray[np.int64]  # of each place among the rows, and their end

    def arrays(self) -> dict[str, NDArray[np.generic]]:
        return {field.name: getattr(self, field.name) for field in fields(self)}

    def loudness(self, points: Points) -> Numbers:
        """Of each point, the higher the likelier somebody is in danger."""
        found: Numbers = with_constant(points) @ self.danger
        return found

    def meant(self, points: Points) -> Numbers:
        """For each point and place, about 1 when the point means it and 0 when not."""
        found: Numbers = with_constant(points) @ self.planes
        return found

    def nearest(self, points: Points, meant: Numbers, elsewhere: Sequence[int]) -> Numbers:
        """The cosine of each place's nearest row; 0 for places that are not meant anyway."""
        found = np.zeros_like(meant)
        first = np.argsort(-meant, axis=1)[:, :CANDIDATES]
        np.put_along_axis(found, first, 1, axis=1)
        found[:, list(elsewhere)] = 1
        narrow = _narrowed(points, self.centre, self.axes)
        for place in np.flatnonzero(found.any(axis=0)):
            rows = self.rows[self.starts[place] : self.starts[place + 1]]
            if len(rows):
                found[:, place] *= (rows.astype(np.float32) @ narrow.T).max(axis=0)
        return found

    def nearest_row(self, point: Points, place: int) -> int | None:
        """Its number in the order of places."""
        start, end = self.starts[place], self.starts[place + 1]
        if start == end:
            return None
        narrow = _narrowed(point[np.newaxis], self.centre, self.axes)[0]
        return int(start + (self.rows[start:end].astype(np.float32) @ narrow).argmax())


def learn(
    points: NDArray[np.float16],
    owners: NDArray[np.int64],
    are_asked: NDArray[np.bool_],
    places: int,
) -> Meanings:
    """From rows, the places that they belong to, and whether somebody could ask so."""
    square, wanted = _summed(points, owners, places)
    planes = np.linalg.solve(square + _PENALTY * np.eye(WIDTH + 1), wanted).astype(np.float32)
    centre, axes = _axes(square, len(points))
    order = np.flatnonzero(are_asked)[np.argsort(owners[are_asked], kind="stable")]
    rows = np.empty((len(order), _NARROW), np.float16)
    for at in range(0, len(order), _BLOCK):
        block = points[order[at : at + _BLOCK]].astype(np.float32)
        rows[at : at + _BLOCK] = _narrowed(block, centre, axes)
    starts = np.searchsorted(owners[order], np.arange(places + 1))
    return Meanings(planes, np.zeros(WIDTH + 1, np.float32), centre, axes, rows, starts)


def danger_plane(
    told: NDArray[np.float16], are_ones: NDArray[np.bool_], others: NDArray[np.float16]
) -> Numbers:
    """Between messages of people in danger and all others.

    `told` are invented messages, of which some are ones; `others` are questions, of less weight.
    """
    target = np.where(are_ones, 1.0, -1.0)
    known = with_constant(told.astype(np.float32))
    square, summed = _summed(others, np.zeros(len(others), np.int64), 1)
    square = known.T @ known + _OTHER * square + _PENALTY * np.eye(WIDTH + 1)
    plane = np.linalg.solve(square, known.T @ target - _OTHER * summed[:, 0])
    return plane.astype(np.float32)


def with_constant(points: Points) -> Points:
    constant = np.full((len(points), 1), _CONSTANT, dtype=np.float32)
    return np.hstack([points, constant])


def _summed(
    points: NDArray[np.float16], owners: NDArray[np.int64], places: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    square = np.zeros((WIDTH + 1, WIDTH + 1))
    wanted = np.zeros((places, WIDTH + 1))
    for at in range(0, len(points), _BLOCK):
        block = with_constant(points[at : at + _BLOCK].astype(np.float32))
        square += block.T @ block
        np.add.at(wanted, owners[at : at + _BLOCK], block)
    return square, wanted.T


def _axes(square: NDArray[np.float64], rows: int) -> tuple[Numbers, Numbers]:
    """The middle of the rows, and the directions in which they differ most."""
    centre = square[:-1, -1] / (_CONSTANT * rows)
    _, vectors = np.linalg.eigh(square[:-1, :-1] / rows - np.outer(centre, centre))
    return centre.astype(np.float32), vectors[:, ::-1][:, :_NARROW].astype(np.float32)


def _narrowed(points: Points, centre: Numbers, axes: Numbers) -> Points:
    narrow = (points - centre) @ axes
    lengths = np.linalg.norm(narrow, axis=1, keepdims=True)
    return (narrow / np.where(lengths > 0, lengths, 1)).astype(np.float32)
