"""Gives a method that only ranks what Vigil has: an answer, buttons, or a decline."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from benchmarks._questions import Found, Question
from tools._learning import FALSE_SUGGESTIONS, NEAR_SUGGESTIONS, WRONG_ANSWERS

_KINDS = {"explainer": "answer", "meta": "meta", "smalltalk": "smalltalk"}
_BUTTONS = 3

Asked = tuple[Question, Found]


@dataclass(frozen=True)
class Limits:
    """From the score `answer` on the first text is shown, from `suggest` on there are buttons."""

    suggest: float
    answer: float


def limits(asked: Sequence[Asked]) -> Limits:
    """The lowest that keep what may go wrong within the shares that Vigil's were chosen by."""
    loud = {
        kind: [_harm(one, found) for one, found in asked if one.kind == kind]
        for kind in ("explainer", "near", "everyday")
    }
    answer = _exceeded(loud["explainer"], WRONG_ANSWERS)
    suggest = max(
        _exceeded(loud["near"], NEAR_SUGGESTIONS), _exceeded(loud["everyday"], FALSE_SUGGESTIONS)
    )
    return Limits(min(suggest, answer), answer)


def decide(found: Found, limits: Limits) -> Found:
    kind = _kind(found)
    if found.score >= limits.answer and kind != "decline":
        return replace(found, kind=kind, shown=found.ranked[0])
    offered = [one for one in found.ranked if one.owner.startswith(("explainer/", "meta/"))]
    if found.score >= limits.suggest and kind in ("answer", "meta") and offered:
        return replace(found, kind="suggest", options=tuple(offered[:_BUTTONS]))
    return replace(found, kind="decline")


def _harm(one: Question, found: Found) -> float:
    """The score that an answer would be wrong with; none when it would be right or declined."""
    harmless = not found.ranked or one.fits(found.ranked[0]) or _kind(found) == "decline"
    return float("-inf") if harmless else found.score


def _kind(found: Found) -> str:
    """What is said when the first text is said; what no text answers is declined."""
    first = found.ranked[0].owner if found.ranked else ""
    return _KINDS.get(first.partition("/")[0], "decline")


def _exceeded(scores: Sequence[float], share: float) -> float:
    """Just above the score that only such a share of them exceeds."""
    ordered = sorted(scores, reverse=True)
    return ordered[int(share * len(ordered))] + 1e-9 if ordered else float("-inf")
