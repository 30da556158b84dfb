"""How many messages of people in danger are heard, by how many were invented to learn from."""

import random
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from bot.content import Content
from bot.services.explainer import Encoder
from bot.services.explainer._learnt import study
from bot.services.explainer.rehearsal import Absence, leave_writers_out
from tools.danger import hear

SIZES = (100, 200, 400, 800, 1600, 3200)
SEED = 20141010
QUESTIONS = 8_000  # of all; with them it takes some minutes
FALSE = 0.01  # of the left-out questions

Flags = NDArray[np.bool_]


class Curve:
    """A group of writers is left out at a time; their messages and questions are then heard."""

    def __init__(self, content: Content, encoder: Encoder) -> None:
        self._encoder = encoder
        self._absences = [_smaller(absent) for absent in leave_writers_out(content)]

    def lines(self) -> Iterator[str]:
        yield "messages   recall at 1 % false alarms   near misses that alarm then"
        for size in (*SIZES, None):
            heard = [self._heard(absent, size) for absent in self._absences]
            ones, near = (np.concatenate(kind) for kind in zip(*heard, strict=True))
            yield f"{size or 'all':>8}   {ones.mean():26.1%}   {near.mean():27.1%}"

    def _heard(self, absent: Absence, size: int | None) -> tuple[Flags, Flags]:
        """Of what was left out: which of the ones are heard, and which of the near misses."""
        known = absent.known
        if size and size < len(known.disclosures):
            few = tuple(random.Random(SEED).sample(known.disclosures, size))
            known = replace(known, disclosures=few)
        heard = hear(absent, study(known, self._encoder), self._encoder)
        limit = np.quantile(heard.questions, 1 - FALSE)
        return heard.ones > limit, heard.near > limit


def _smaller(absent: Absence) -> Absence:
    chance, asked = random.Random(SEED), QUESTIONS
    few = chance.sample(absent.known.rows, min(asked, len(absent.known.rows)))
    mine = chance.sample(absent.rows, min(asked, len(absent.rows)))
    return replace(absent, rows=tuple(mine), known=replace(absent.known, rows=tuple(few)))
