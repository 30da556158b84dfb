"""From which loudness on a message is met with the support card.

Each writer's messages are heard by a plane that knows all other writers' messages, beside all
questions but that writer's. The threshold is the lowest at which no more than `FALSE` of the
questions raise the card, nor more than `FALSE_NEAR` of the messages that only sound like danger,
which were written to be hard.
"""

from collections.abc import Sequence

import numpy as np

from bot.content import Content
from bot.content.disclosures import Disclosure
from bot.services.explainer import Encoder
from bot.services.explainer._comparison import said
from bot.services.explainer._meaning import danger_plane, with_constant
from bot.services.explainer._rows import content_rows

FALSE = 0.008
FALSE_NEAR = 0.14


class Heard:
    """How loud messages and questions are to a plane that knows nothing by their writer."""

    def __init__(self, content: Content, encoder: Encoder) -> None:
        self.messages = content.disclosures
        rows = [row for row in content_rows(content) if row.field == "example"]
        self._asked_by = np.array([row.writer for row in rows])
        self._told_by = np.array([one.writer for one in self.messages])
        self._told = encoder.content_points([said(one.words) for one in self.messages])
        self._asked = encoder.content_points([said(row.words) for row in rows])
        self.are_ones = np.array([one.is_one for one in self.messages])
        self.loudness = np.zeros(len(self.messages))
        self.of_questions = np.zeros(len(rows))
        self._hear()

    def _hear(self) -> None:
        for writer in sorted(set(self._told_by)):
            mine = self._told_by == writer
            plane = danger_plane(self._told[~mine], self.are_ones[~mine], self._asked)
            self.loudness[mine] = with_constant(self._told[mine].astype(np.float32)) @ plane
        for writer in sorted(set(self._asked_by)):
            mine = self._asked_by == writer
            plane = danger_plane(self._told, self.are_ones, self._asked[~mine])
            self.of_questions[mine] = with_constant(self._asked[mine].astype(np.float32)) @ plane

    def recall(self, threshold: float, chosen: Sequence[bool] | None = None) -> float:
        picked = self.are_ones if chosen is None else self.are_ones & np.asarray(chosen)
        return float((self.loudness[picked] > threshold).mean())

    def languages(self) -> dict[str, list[bool]]:
        codes = sorted({one.language for one in self.messages})
        return {code: [one.language == code for one in self.messages] for code in codes}


def danger_threshold(content: Content, encoder: Encoder) -> float:
    heard = Heard(content, encoder)
    near = np.sort(heard.loudness[~heard.are_ones])[::-1]
    ordinary = np.sort(heard.of_questions)[::-1]
    return round(
        float(max(near[int(FALSE_NEAR * len(near))], ordinary[int(FALSE * len(ordinary))])), 3
    )


def writers(messages: Sequence[Disclosure]) -> list[str]:
    return sorted({f"{one.language} {one.writer}" for one in messages})
