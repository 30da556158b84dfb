"""Likeness by meaning: what a question means among the rows of all languages at once.

A plane lies between each text's rows and all others, by least squares with a penalty; beside it the
cosine of the nearest row counts. Both are computed anew when the content has changed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.services.explainer._danger import Danger, danger_of
from bot.services.explainer._encoder import WIDTH, Points
from bot.services.explainer._narrowing import Axes, Numbers, axes_of, summed, with_constant

_PENALTY = 1.0
_CANDIDATES = 10  # texts, foremost by their planes or by the words, whose rows are looked through


@dataclass(frozen=True)
class Meanings:
    """What was learnt from the rows; see `learn`."""

    planes: Numbers  # 513 × places
    rows: Numbers  # narrowed, in the order of their places; to widen them at each question is slow
    starts: NDArray[np.int64]  # of each place among the rows, and their end
    axes: Axes
    danger: Danger

    def arrays(self) -> dict[str, NDArray[Any]]:
        danger = {"ones": self.danger.ones, "alike": self.danger.alike}
        plain = {"planes": self.planes, "starts": self.starts, "rows": self.rows.astype(np.float16)}
        return {**plain, **self.axes._asdict(), **danger}

    @classmethod
    def of_arrays(cls, arrays: Mapping[str, NDArray[Any]]) -> "Meanings":
        axes = Axes(*(arrays[name] for name in Axes._fields))
        danger = Danger(arrays["ones"], arrays["alike"], axes)
        rows = arrays["rows"].astype(np.float32)
        return cls(arrays["planes"], rows, arrays["starts"], axes, danger)

    def meant(self, points: Points) -> Numbers:
        """For each point and place, about 1 when the point means it and 0 when not."""
        found: Numbers = with_constant(points) @ self.planes
        return found

    def loudness(self, points: Points, odds: Numbers) -> Numbers:
        """How much each point sounds like somebody in danger; see `Danger.loudness`."""
        return self.danger.loudness(points, odds, self.rows)

    def nearest(
        self, points: Points, meant: Numbers, told: Numbers, elsewhere: Sequence[int]
    ) -> Numbers:
        """The cosine of each place's nearest row; 0 for places that are not meant anyway.

        `told` is what the words say of each place.
        """
        found = np.zeros_like(meant)
        for said in (meant, told):
            first = np.argsort(-said, axis=1)[:, :_CANDIDATES]
            np.put_along_axis(found, first, 1, axis=1)
        found[:, list(elsewhere)] = 1
        narrow = self.axes.narrow(points)
        for place in np.flatnonzero(found.any(axis=0)):
            rows = self.rows[self.starts[place] : self.starts[place + 1]]
            if len(rows):
                found[:, place] *= (rows @ narrow.T).max(axis=0)
        return found

    def nearest_row(self, point: Points, place: int) -> int | None:
        """Its number in the order of places."""
        start, end = self.starts[place], self.starts[place + 1]
        if start == end:
            return None
        narrow = self.axes.narrow(point[np.newaxis])[0]
        return int(start + (self.rows[start:end] @ narrow).argmax())

    def nearest_of_all(self, point: Points) -> tuple[int, float]:
        """The number of the row that is most like a point, whatever it asks for; its cosine."""
        cosines = self.rows @ self.axes.narrow(point[np.newaxis])[0]
        return int(cosines.argmax()), float(cosines.max())


@dataclass(frozen=True)
class Lessons:
    """`owners` and `are_asked` say of each row its place, and whether somebody could ask so."""

    rows: NDArray[np.float16]
    owners: NDArray[np.int64]
    are_asked: NDArray[np.bool_]
    places: int
    told: NDArray[np.float16]
    are_ones: NDArray[np.bool_]


def learn(lessons: Lessons) -> Meanings:
    square, wanted = summed(lessons.rows, lessons.owners, lessons.places)
    planes = np.linalg.solve(square + _PENALTY * np.eye(WIDTH + 1), wanted).astype(np.float32)
    axes = axes_of(square, len(lessons.rows))
    asked = np.flatnonzero(lessons.are_asked)
    order = asked[np.argsort(lessons.owners[asked], kind="stable")]
    starts = np.searchsorted(lessons.owners[order], np.arange(lessons.places + 1))
    danger = danger_of(lessons.told, lessons.are_ones, axes)
    rows = axes.narrow(lessons.rows[order])
    return Meanings(planes, rows, starts, axes, danger)
