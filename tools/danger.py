"""From which loudness on a message is met with the support card.

Each writer's messages are heard by an ear that knows all other writers' messages, and all questions
but those of one writer, which it hears, too. The threshold is the lowest at which no more than
`FALSE` of the questions raise the card, nor more than `FALSE_NEAR` of the messages that only sound
like danger, which were written to be hard.
"""

from collections.abc import Iterator

import numpy as np

from bot.content import Content
from bot.services.explainer import Encoder
from bot.services.explainer._danger import danger_of
from bot.services.explainer._learnt import said
from bot.services.explainer._narrowing import axes_among
from bot.services.explainer._rows import content_rows

FALSE = 0.018
FALSE_NEAR = 0.12


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
        for teller, asker in self._pairs():
            mine, theirs = self._told_by == teller, self._asked_by == asker
            known, strange = self._asked[~theirs], self._told[~mine]
            axes = axes_among(known)
            danger = danger_of(strange, self.are_ones[~mine], known, axes)
            rows = axes.narrow(known)
            told, asked = (
                part.astype(np.float32) for part in (self._told[mine], self._asked[theirs])
            )
            self.loudness[mine] = danger.loudness(told, rows)
            self.of_questions[theirs] = danger.loudness(asked, rows)

    def _pairs(self) -> Iterator[tuple[str, str]]:
        """Each writer of messages, each with a writer of questions, so that none is left out."""
        told, asked = sorted(set(self._told_by)), sorted(set(self._asked_by))
        for at in range(max(len(told), len(asked))):
            yield told[at % len(told)], asked[at % len(asked)]


def danger_threshold(content: Content, encoder: Encoder) -> float:
    heard = Heard(content, encoder)
    near = np.sort(heard.loudness[~heard.are_ones])[::-1]
    ordinary = np.sort(heard.of_questions)[::-1]
    return round(
        float(max(near[int(FALSE_NEAR * len(near))], ordinary[int(FALSE * len(ordinary))])), 3
    )
