"""Hears of danger where no rule has words for it: by likeness to invented messages.

What the words say of it is learnt, see `_wording`; to that is added how much nearer in meaning the
nearest messages that tell of danger are than the nearest others. Others are messages that only
sound so, and all questions; only what may be loud is laid beside all questions.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.services.explainer._encoder import Points
from bot.services.explainer._narrowing import Axes, Numbers

_NEAREST = 3
_NEARNESS = 30.0  # what the difference of mean cosines weighs beside the logarithm of the odds
_DOUBTED = -2.5  # what is more silent beside messages that only sound so needs no second look
_BLOCK = 4_096  # rows that are worked on together
_LIKE_SOME = 0.42  # a name, or words of no language, are like none of the messages
_SILENT = -99.0


@dataclass(frozen=True)
class Danger:
    """All narrowed by `axes`; `alike` are messages that only sound like danger."""

    ones: Numbers
    alike: Numbers
    axes: Axes

    def loudness(self, points: Points, odds: Numbers, questions: Numbers) -> Numbers:
        """Of each point, the higher the likelier danger is; -99 for what is like no message.

        `odds` are their logarithms by the words; `questions` are all, narrowed.
        """
        if not len(self.ones):
            return np.full(len(points), _SILENT, np.float32)
        narrow = self.axes.narrow(points)
        near = _nearness(narrow, self.ones)
        told = odds + _NEARNESS * near
        loud = told - _NEARNESS * _nearness(narrow, self.alike)
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


def danger_of(told: NDArray[np.float16], are_ones: NDArray[np.bool_], axes: Axes) -> Danger:
    """`told` are invented messages, of which some are ones."""
    return Danger(axes.narrow(told[are_ones]), axes.narrow(told[~are_ones]), axes)


def _nearness(narrow: Numbers, *groups: Numbers) -> Any:
    """Mean cosine of the nearest few, in whichever group they are."""
    blocks = (rows[at : at + _BLOCK] for rows in groups for at in range(0, len(rows), _BLOCK))
    cosines = [_foremost((block @ narrow.T).T) for block in blocks]
    return _foremost(np.hstack(cosines)).mean(axis=1) if cosines else 0.0


def _foremost(cosines: Numbers) -> Numbers:
    few = min(_NEAREST, cosines.shape[1])
    found: Numbers = np.partition(cosines, -few, axis=1)[:, -few:]
    return found
