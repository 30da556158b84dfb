"""What led to a reply, for editors. It quotes what was asked: it must not be logged."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.services.explainer._confidence import Thresholds
from bot.services.explainer.reply import Reply


@dataclass(frozen=True)
class Candidate:
    """One of the foremost texts: the stems it shares, and its rows most like the question."""

    owner: str
    score: float
    stems: Mapping[str, float]
    nearest_by_letters: str
    nearest_by_meaning: str


@dataclass(frozen=True)
class Heard:
    """The words in which danger was heard, and what of the content is most like them.

    `told` is an invented message of somebody in danger, `asked` a question for the text `owner`.
    """

    words: str
    told: str
    told_likeness: float
    asked: str
    asked_likeness: float
    owner: str


@dataclass(frozen=True)
class Explanation:
    """`thresholds` are those of this message, `enough` the one that the foremost candidate had to
    reach to be the answer, `mended` what was mended in it or in the words that raised a rule.
    """

    reply: Reply
    thresholds: Thresholds
    candidates: tuple[Candidate, ...] = ()
    mended: Mapping[str, str] = field(default_factory=dict)
    probability: float = 0.0
    enough: float = 1.0
    loudness: float | None = None
    heard: Heard | None = None  # when danger was heard without a rule
