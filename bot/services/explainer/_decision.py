"""What a message is answered with, once its parts have been compared with all texts."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

from bot.content import Meta, NotCovered, Passage, SmallTalk, State, owner
from bot.content.texts import Entry
from bot.services.explainer._comparison import Comparison
from bot.services.explainer._confidence import Ranking, Thresholds
from bot.services.explainer.reply import Reply

BUTTONS = 3
LOOKED_AT = 8  # foremost texts among which buttons are found
_MAIN_PART = 0.5  # of a message's weight; a smaller part is an aside
_LENGTH_COUNTS = 0.25


@dataclass(frozen=True)
class Finding:
    """One part of a message with its ranking and the foremost texts."""

    compared: Comparison
    ranking: Ranking
    texts: tuple[Entry, ...]

    @property
    def probability(self) -> float:
        return self.ranking.probability

    @property
    def top(self) -> Entry:
        return self.texts[0]

    @property
    def weight(self) -> float:
        return sum(self.compared.query.rarity.values())


def foremost(findings: Sequence[Finding], thresholds: Thresholds) -> Finding:
    """The surest part of a message, where a longer part counts for more than an aside.

    A greeting gives way to a question, and "what do you say?" to what it is asked about.
    """
    low = thresholds.suggest
    whole = max(found.weight for found in findings) or 1.0
    asked = [found for found in findings if not isinstance(found.top, SmallTalk)]
    said = [
        found
        for found in asked
        if not isinstance(found.top, Meta) or found.weight > _MAIN_PART * whole
    ]
    for some in (said, asked, findings):
        surest = max(some, key=lambda found: _standing(found, whole), default=None)
        if surest and surest.probability >= low:
            return surest
    return max(findings, key=lambda found: found.probability)


def decide(best: Finding, code: str, today: date, thresholds: Thresholds) -> Reply:
    """What the surest part of a message is answered with."""
    text, sure, low = best.top, best.probability, thresholds.suggest
    why = f"{owner(text)} with p = {sure:.2f}"
    if sure >= low and isinstance(text, NotCovered):
        return Reply("decline", text, reason="not_covered", language=code, why=why)
    if isinstance(text, Passage) and sure >= low and text.state(today) is State.WITHDRAWN:
        return Reply("decline", reason="withdrawn", withheld=text, language=code, why=why)
    if sure >= enough(text, thresholds):
        return _answer(best, code, today, why)
    is_offered = sure >= low and not isinstance(text, SmallTalk)
    options = _options(best, today) if is_offered else ()
    return Reply("suggest" if options else "decline", options=options, language=code, why=why)


def enough(text: Entry, thresholds: Thresholds) -> float:
    """How sure one must be to show the text."""
    if isinstance(text, SmallTalk):
        return thresholds.talk
    if isinstance(text, Meta):
        return thresholds.meta
    lenient = isinstance(text, Passage) and text.takes_arguments
    return thresholds.argument if lenient else thresholds.answer


def _standing(found: Finding, whole: float) -> float:
    return found.probability * math.pow(found.weight / whole, _LENGTH_COUNTS)


def _answer(found: Finding, code: str, today: date, why: str) -> Reply:
    text = found.top
    others = (other for other in _options(found, today, LOOKED_AT) if other is not text)
    also = tuple(islice((other for other in others if isinstance(other, Passage)), 2))
    if isinstance(text, Passage):
        state = text.state(today)
        return Reply("answer", text, also=also, state=state, language=code, why=why)
    if isinstance(text, Meta):
        return Reply("meta", text, also=also, language=code, why=why)
    assert isinstance(text, SmallTalk)
    return Reply("smalltalk", text, language=code, why=why)


def _options(found: Finding, today: date, most: int = BUTTONS) -> tuple[Passage | Meta, ...]:
    usable = (
        text
        for text in found.texts
        if isinstance(text, Meta)
        or (isinstance(text, Passage) and text.state(today) is not State.WITHDRAWN)
    )
    return tuple(islice(usable, most))
