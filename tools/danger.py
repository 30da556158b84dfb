"""From which loudness on a message is met with the support card.

What each group of writers invented is heard by an ear that knows only what all others did. The
threshold is the lowest at which no more than `FALSE` of the questions raise the card, nor more than
`FALSE_NEAR` of the messages that only sound like danger, which were written to be hard.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from bot.services.explainer._encoder import Encoder
from bot.services.explainer._learnt import Learnt, said
from bot.services.explainer._postings import Numbers
from bot.services.explainer._words import words
from bot.services.explainer.rehearsal import Absence

FALSE = 0.017
FALSE_NEAR = 0.12


class Heard(NamedTuple):
    """How loud messages are to somebody who knows nothing by their writers."""

    ones: Numbers
    near: Numbers
    questions: Numbers


def hear(absent: Absence, learnt: Learnt, encoder: Encoder) -> Heard:
    """`learnt` is from what is known without those who are absent."""
    told = [one.words for one in absent.disclosures]
    are_ones = np.array([one.is_one for one in absent.disclosures], np.bool_)
    loudness = _loudness(told, learnt, encoder)
    asked = _loudness([row.words for row in absent.rows], learnt, encoder)
    return Heard(loudness[are_ones], loudness[~are_ones], asked)


def _loudness(messages: Sequence[str], learnt: Learnt, encoder: Encoder) -> Numbers:
    if not messages:
        return np.empty(0, np.float32)
    points = encoder.content_points([said(one) for one in messages]).astype(np.float32)
    told = learnt.told([tuple(words(one)) for one in messages])
    return learnt.loudness(told, points)


def danger_threshold(heard: Sequence[Heard]) -> float:
    near = _above(np.concatenate([one.near for one in heard]), FALSE_NEAR)
    return round(max(near, _above(np.concatenate([one.questions for one in heard]), FALSE)), 3)


def _above(loudness: Numbers, share: float) -> float:
    """The value that only such a share exceeds."""
    return float(np.sort(loudness)[::-1][int(share * len(loudness))])


def heard_lines(heard: Sequence[Heard], threshold: float) -> Iterator[str]:
    """The share of messages of each kind that are louder."""
    for name in Heard._fields:
        loudness = np.concatenate([getattr(one, name) for one in heard])
        yield f"{name:>10} {len(loudness):6} {np.mean(loudness > threshold):8.3f}"
