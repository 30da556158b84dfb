"""How many messages of people in danger are heard, by how many were invented to learn from."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from bot.content import Content
from bot.services.explainer import Encoder
from bot.services.explainer._danger import danger_of
from bot.services.explainer._learnt import said
from bot.services.explainer._narrowing import axes_of, summed
from bot.services.explainer._rows import content_rows

SIZES = (100, 200, 400, 800, 1600)
SEEDS = 3
FALSE = 0.01  # of the left-out questions

Flags = NDArray[np.bool_]


class Curve:
    """Each fold leaves out one writer of messages and one of questions, and is heard on both."""

    def __init__(self, content: Content, encoder: Encoder) -> None:
        told = content.disclosures
        rows = [row for row in content_rows(content) if row.field == "example"]
        self._told = encoder.content_points([said(one.words) for one in told])
        self._asked = encoder.content_points([said(row.words) for row in rows])
        self._are_ones = np.array([one.is_one for one in told])
        told_by = np.array([one.writer for one in told])
        asked_by = np.array([row.writer for row in rows])
        pairs = zip(sorted({*told_by}), sorted({*asked_by} - {"content"}), strict=False)
        self._folds = [(told_by == teller, asked_by == asker) for teller, asker in pairs]

    def lines(self) -> Iterator[str]:
        yield "messages   recall at 1 % false alarms   near misses that alarm then"
        for size in (*SIZES, None):
            seeds = SEEDS if size else 1
            heard = [
                self._heard(told, asked, size, seed)
                for told, asked in self._folds
                for seed in range(seeds)
            ]
            recall, near = np.mean(heard, axis=0)
            yield f"{size or 'all':>8}   {recall:26.1%}   {near:27.1%}"

    def _heard(self, told: Flags, asked: Flags, size: int | None, seed: int) -> tuple[float, float]:
        """Of what was left out: the share of ones that are heard, and of near misses."""
        known = np.flatnonzero(~told)
        if size:
            known = np.random.default_rng(seed).choice(known, min(size, len(known)), replace=False)
        questions = self._asked[~asked]
        square, _ = summed(questions, np.zeros(len(questions), np.int64), 1)
        axes = axes_of(square, len(questions))
        danger = danger_of(self._told[known], self._are_ones[known], questions, axes)
        loud, ordinary = (
            danger.loudness(points.astype(np.float32))
            for points in (self._told[told], self._asked[asked])
        )
        limit, ones = np.quantile(ordinary, 1 - FALSE), self._are_ones[told]
        return float((loud[ones] > limit).mean()), float((loud[~ones] > limit).mean())
