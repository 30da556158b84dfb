"""Hears of danger where no rule has words for it: by likeness to invented messages.

A plane between messages that tell of somebody in danger and all others, by least squares with a
penalty; to that is added how much nearer the nearest such messages are than the nearest others.
Other are messages that only sound so, and all questions. Most messages are far from danger, and
the loudest questions with a sample of the rest say as much; only for what may be loud are all
looked through.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.services.explainer._encoder import WIDTH, Points
from bot.services.explainer._narrowing import Axes, Numbers, products, with_constant

_PENALTY = 1.0
_QUESTION = 0.1  # what a question weighs beside an invented message
_LOUD, _SAMPLED = 2_000, 4  # questions that are kept: so many, and each so-manieth of the rest
_NEAREST = 3
_DOUBTED = -0.5  # what is more silent beside a sample of the others is so beside all of them
_BLOCK = 4_096  # rows that are worked on together
_LIKE_SOME = 0.42  # a name, or words of no language, are like none of the messages
_SILENT = -9.0
_NEARNESS = 12.0  # what the difference of mean cosines weighs beside the plane


@dataclass(frozen=True)
class Danger:
    """All but the plane are narrowed by `axes`.

    Attributes:
        alike: Messages that only sound like danger.
        sample: Of the questions.
    """

    plane: Numbers  # 513
    ones: Numbers
    alike: Numbers
    sample: Numbers
    axes: Axes

    def loudness(self, points: Points, questions: Numbers) -> Numbers:
        """Of each point, the higher the likelier danger is; -9 for what is like no message.

        `questions` are all, narrowed.
        """
        if not len(self.ones):
            return np.full(len(points), _SILENT, np.float32)
        narrow = self.axes.narrow(points)
        near = _nearness(narrow, self.ones)
        told = with_constant(points) @ self.plane + _NEARNESS * near
        loud = told - _NEARNESS * _nearness(narrow, self.alike, self.sample)
        doubted = np.flatnonzero(loud > _DOUBTED)
        if len(doubted):
            others = _nearness(narrow[doubted], self.alike, questions)
            loud[doubted] = told[doubted] - _NEARNESS * others
        found: Numbers = np.where(near < _LIKE_SOME, _SILENT, loud).astype(np.float32)
        return found

    def nearest_one(self, point: Points) -> tuple[int, float]:
        """The number among the messages of danger that is most like a point, and its cosine."""
        cosines = self.ones @ self.axes.narrow(point[np.newaxis])[0]
        return int(cosines.argmax()), float(cosines.max())


def danger_of(
    told: NDArray[np.float16],
    are_ones: NDArray[np.bool_],
    questions: NDArray[np.float16],
    axes: Axes,
) -> Danger:
    """`told` are invented messages, of which some are ones; `questions` are none."""
    plane = _plane(told, are_ones, questions)
    order = np.argsort(-(with_constant(questions.astype(np.float32)) @ plane), kind="stable")
    kept = np.concatenate([order[:_LOUD], order[_LOUD::_SAMPLED]])
    ones, alike, sample = (
        axes.narrow(one) for one in (told[are_ones], told[~are_ones], questions[kept])
    )
    return Danger(plane, ones, alike, sample, axes)


def _plane(
    told: NDArray[np.float16], are_ones: NDArray[np.bool_], questions: NDArray[np.float16]
) -> Numbers:
    target = np.where(are_ones, 1.0, -1.0)
    known = with_constant(told.astype(np.float32))
    square, total = products(questions)
    square = known.T @ known + _QUESTION * square + _PENALTY * np.eye(WIDTH + 1)
    plane = np.linalg.solve(square, known.T @ target - _QUESTION * total)
    return plane.astype(np.float32)


def _nearness(narrow: Numbers, *groups: Numbers) -> Any:
    """Mean cosine of the nearest few, in whichever group they are."""
    blocks = (rows[at : at + _BLOCK] for rows in groups for at in range(0, len(rows), _BLOCK))
    cosines = [_foremost((block @ narrow.T).T) for block in blocks]
    return _foremost(np.hstack(cosines)).mean(axis=1) if cosines else 0.0


def _foremost(cosines: Numbers) -> Numbers:
    few = min(_NEAREST, cosines.shape[1])
    found: Numbers = np.partition(cosines, -few, axis=1)[:, -few:]
    return found
