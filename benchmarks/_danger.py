"""How many messages of people in danger are heard, by how many were invented to learn from."""

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import cycle

import numpy as np
from numpy.typing import NDArray

from bot.content import Content
from bot.services.explainer import Encoder
from bot.services.explainer._danger import danger_of
from bot.services.explainer._learnt import said
from bot.services.explainer._narrowing import axes_among
from bot.services.explainer._rows import CONTENT, content_rows

SIZES = (100, 200, 400, 800, 1600)
SEEDS = 2
MANY = 300  # messages of danger, or questions; whoever wrote fewer is never left out
QUESTIONS = 8_000  # of all; with them it takes a minute, and comes to the same
FALSE = 0.01  # of the left-out questions

Flags = NDArray[np.bool_]


class Curve:
    """Each fold leaves out a writer of messages and one of questions, and is heard on both."""

    def __init__(self, content: Content, encoder: Encoder) -> None:
        told = content.disclosures
        rows = [row for row in content_rows(content) if row.field == "example"]
        rows = random.Random(SEEDS).sample(rows, min(QUESTIONS, len(rows)))
        self._told = encoder.content_points([said(one.words) for one in told])
        self._asked = encoder.content_points([said(row.words) for row in rows])
        self._are_ones = np.array([one.is_one for one in told])
        self._axes = axes_among(self._asked)
        told_by, asked_by = ([one.writer for one in all_] for all_ in (told, rows))
        askers = cycle(name for name in _many(asked_by) if name != CONTENT)
        self._folds = [
            (np.array(told_by) == teller, np.array(asked_by) == next(askers))
            for teller in _many([one.writer for one in told if one.is_one])
        ]

    def lines(self) -> Iterator[str]:
        yield "messages   recall at 1 % false alarms   near misses that alarm then"
        for size in (*SIZES, None):
            heard = [
                self._heard(told, asked, size, seed)
                for told, asked in self._folds
                for seed in range(SEEDS if size else 1)
            ]
            recall, near = np.mean(heard, axis=0)
            yield f"{size or 'all':>8}   {recall:26.1%}   {near:27.1%}"

    def _heard(self, told: Flags, asked: Flags, size: int | None, seed: int) -> tuple[float, float]:
        """Of what was left out: the share of ones that are heard, and of near misses."""
        known = np.flatnonzero(~told)
        if size:
            known = np.random.default_rng(seed).choice(known, min(size, len(known)), replace=False)
        danger = danger_of(
            self._told[known], self._are_ones[known], self._asked[~asked], self._axes
        )
        rows = self._axes.narrow(self._asked[~asked])
        loud, ordinary = (
            danger.loudness(points.astype(np.float32), rows)
            for points in (self._told[told], self._asked[asked])
        )
        limit, ones = np.quantile(ordinary, 1 - FALSE), self._are_ones[told]
        return float((loud[ones] > limit).mean()), float((loud[~ones] > limit).mean())


def _many(writers: Sequence[str]) -> list[str]:
    return sorted(name for name, count in Counter(writers).items() if count >= MANY)
