"""Learns how to put texts in order and how sure to be, from questions with known answers."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations_with_replacement

import numpy as np
from numpy.typing import NDArray

from bot.content.questions import EVERYDAY
from bot.services.explainer._comparison import FEATURES
from bot.services.explainer._confidence import (
    CONSTANT,
    FAR,
    SIGNALS,
    TIMES,
    Calibration,
    Thresholds,
)
from bot.services.explainer.rehearsal import Rehearsal

STEPS = 300
SAMPLE = 2_000  # questions in one step
PENALTY = 0.002  # keeps weights small; the questions are few
STIFFNESS = 2e-3  # the same, for the second model
KEPT = 100  # terms of the second model; the others say little
NEAR_COUNTS = 3.0  # questions on the subject that no text answers are fewer than they should be

# What may go wrong, as shares of the questions of a kind. Counted strictly: an answer by a
# neighbouring text that holds the same fact is wrong here.
WRONG_ANSWERS = 0.07
NOT_AHEAD = 0.02  # of right texts are given up, since half of the false ones go with them
WRONG_META = 0.05  # of questions about the bot
FALSE_TALK = 0.015  # a friendly word where something else was asked
FALSE_SUGGESTIONS = 0.08  # of everyday questions; every third holds words of the subject
NEAR_SUGGESTIONS = 0.28  # of questions close to the subject that no text answers

TALK = "smalltalk"

Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Judged:
    """A question, the text that comes first for it, and the signals about that."""

    asked: str
    first: str
    signals: Mapping[str, float]

    @property
    def kind(self) -> str:
        return kind_of(self.asked)

    @property
    def is_right(self) -> bool:
        return answers(self.first, self.asked)

    @property
    def is_talk(self) -> bool:
        """Whether a friendly word is the answer to something else."""
        return kind_of(self.first) == TALK != self.kind

    @property
    def is_harmless(self) -> bool:
        """Whether a decline follows anyway, or no more than a friendly word."""
        return self.is_right or self.is_talk or self.first.startswith("not_covered/")


def kind_of(owner: str) -> str:
    return owner.partition("/")[0]


def answers(first: str, asked: str) -> bool:
    """Whether the first text answers; any small talk will do for small talk."""
    return first == asked or {kind_of(first), kind_of(asked)} == {TALK}


def learn(asked: Sequence[Rehearsal]) -> Calibration:
    order = dict(zip(FEATURES, learn_order(asked), strict=True))
    ordered = Calibration(order, {}, {}, Thresholds(0, 0, 0, 0, 0))
    judged = [judge(one, ordered) for one in asked]
    usual, weights = learn_sureness(judged)
    limits = replace(ordered.thresholds, ahead=ahead(judged))
    sure = replace(ordered, usual=usual, sure=weights, thresholds=limits)
    return replace(sure, thresholds=thresholds(sure, judged))


def judge(one: Rehearsal, calibration: Calibration) -> Judged:
    comparer, scores = one.comparer, calibration.scores(one.found)
    order = comparer.ranked[np.argsort(-scores[comparer.ranked], kind="stable")]
    signals = calibration.signals(comparer, one.found, scores, order)
    return Judged(one.asked.owner, comparer.owners[order[0]], signals)


def learn_order(asked: Sequence[Rehearsal]) -> list[float]:
    """Softmax over all texts for each question: the right one should stand out."""
    covered = [one for one in asked if one.asked.owner.partition("/")[1]]
    cases = np.stack([one.found.features[one.comparer.ranked] for one in covered])
    places = [one.comparer.owners.index(one.asked.owner) for one in covered]
    ranked = {place: at for at, place in enumerate(covered[0].comparer.ranked.tolist())}
    rights = np.array([ranked[place] for place in places])
    chance = np.random.default_rng(1)

    def slope(weights: Numbers) -> Numbers:
        picked = chance.choice(len(cases), min(SAMPLE, len(cases)), replace=False)
        scores = cases[picked] @ weights.astype(np.float32)
        powers = np.exp(scores - scores.max(axis=1, keepdims=True))
        errors = powers / powers.sum(axis=1, keepdims=True)
        errors[np.arange(len(picked)), rights[picked]] -= 1
        found: Numbers = np.einsum("nc,ncf->f", errors, cases[picked]) / len(picked)
        return found + PENALTY * weights

    return [float(weight) for weight in descend(slope, np.full(len(FEATURES), 2.0))]


def descend(slope: Callable[[Numbers], Numbers], weights: Numbers) -> Numbers:
    """Adam, which needs no tuning for a dozen weights."""
    first, second = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, STEPS + 1):
        value = slope(weights)
        first = 0.9 * first + 0.1 * value
        second = 0.99 * second + 0.01 * value * value
        pace = first / (1 - 0.9**step)
        weights = weights - 0.1 * pace / (np.sqrt(second / (1 - 0.99**step)) + 1e-8)
    return weights


def learn_sureness(
    judged: Sequence[Judged],
) -> tuple[dict[str, tuple[float, float]], dict[str, float]]:
    """Fit all terms, keep those that say most, and fit them again."""
    vectors = np.array([[one.signals[name] for name in SIGNALS] for one in judged])
    targets = np.array([float(one.is_right) for one in judged])
    importance = np.array([NEAR_COUNTS if one.asked == "near" else 1.0 for one in judged])
    centre, spread = vectors.mean(axis=0), vectors.std(axis=0) + 1e-6
    standing = np.clip((vectors - centre) / spread, -FAR, FAR)
    terms = list(_terms(range(len(SIGNALS))))
    for kept in (2 * KEPT, KEPT):
        cases = _cases(standing, terms)
        weights = regress(cases, targets, importance)
        said = np.abs(weights) * cases.std(axis=0)
        said[0] = np.inf  # the constant
        terms = [terms[at] for at in sorted(np.argsort(-said)[: kept + 1])]
    weights = regress(_cases(standing, terms), targets, importance)
    usual = zip(centre.tolist(), spread.tolist(), strict=True)
    named = (TIMES.join(SIGNALS[at] for at in term) or CONSTANT for term in terms)
    return (
        dict(zip(SIGNALS, usual, strict=True)),
        dict(zip(named, weights.tolist(), strict=True)),
    )


def _terms(signals: range) -> Iterator[tuple[int, ...]]:
    for size in range(3):
        yield from combinations_with_replacement(signals, size)


def _cases(standing: Numbers, terms: Sequence[tuple[int, ...]]) -> Numbers:
    return np.stack([standing[:, list(term)].prod(axis=1) for term in terms], axis=1)


def regress(cases: Numbers, targets: Numbers, importance: Numbers) -> Numbers:
    """Logistic regression by Newton's method."""
    weights, whole = np.zeros(cases.shape[1]), importance.sum()
    stiff = STIFFNESS * np.square(cases).mean(axis=0)
    for _ in range(25):
        sure = 1 / (1 + np.exp(-np.clip(cases @ weights, -30, 30)))
        slope = cases.T @ (importance * (sure - targets)) / whole + stiff * weights
        bend = (cases * (importance * sure * (1 - sure))[:, None]).T @ cases / whole
        weights -= np.linalg.solve(bend + np.diag(stiff + 1e-9), slope)
    return weights


def thresholds(calibration: Calibration, judged: Sequence[Judged]) -> Thresholds:
    """The lowest that keep what may go wrong within its shares."""
    sure = [calibration.sureness(one.signals) for one in judged]
    kinds = [one.kind for one in judged]
    wrong = [0.0 if one.is_harmless else p for one, p in zip(judged, sure, strict=True)]
    talks = [p if one.is_talk else 0.0 for one, p in zip(judged, sure, strict=True)]
    answer = _above(wrong, kinds, "explainer", WRONG_ANSWERS)
    suggest = max(
        _above(wrong, kinds, "everyday", FALSE_SUGGESTIONS),
        _above(wrong, kinds, "near", NEAR_SUGGESTIONS),
    )
    low = min(suggest, answer)
    found = (
        low,
        answer,
        (low + answer) / 2,
        _above(wrong, kinds, "meta", WRONG_META),
        max(_above(talks, kinds, kind, FALSE_TALK) for kind in set(kinds) - {TALK}),
        calibration.thresholds.ahead,
    )
    return Thresholds(*(round(value, 3) for value in found))


def ahead(judged: Sequence[Judged]) -> float:
    """By how much nearly all right texts lead what people ask any bot."""
    leads = [one.signals[f"{EVERYDAY}_lead"] for one in judged if one.is_right]
    return float(np.quantile(leads, NOT_AHEAD))


def _above(values: Sequence[float], kinds: Sequence[str], kind: str, share: float) -> float:
    """The value that only such a share of the questions of a kind exceeds."""
    mine = sorted((p for p, its in zip(values, kinds, strict=True) if its == kind), reverse=True)
    return mine[min(len(mine) - 1, int(share * len(mine)))] if mine else 0.5
