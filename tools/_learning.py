"""Learns how to put texts in order and how sure to be, from questions with known answers."""

import math
from collections.abc import Callable, Sequence

from bot.content import NotCovered
from bot.services.explainer._confidence import SIGNALS, Calibration, Thresholds
from bot.services.explainer._everyday import is_everyday
from bot.services.explainer._index import FEATURES
from bot.services.explainer.rehearsal import Rehearsal, is_right, must_decline

CANDIDATES = 10
PENALTY = 0.002  # keeps weights small; the examples are few
UNHEARD_WEIGHT = 0.5  # they are harder than what people ask, since no neighbour is left
WRONG_ANSWERS = 0.07  # of questions on the subject, when their own example is left out
FALSE_SUGGESTIONS = 0.07  # of everyday questions, likewise

Vector = list[float]
Case = tuple[Vector, float, float]  # features, 1 or 0, weight


def learn(asked: Sequence[Rehearsal], unheard: Sequence[Rehearsal]) -> Calibration:
    order = dict(zip(FEATURES, learn_order(asked), strict=True))
    ordered = Calibration(order, {}, Thresholds(0, 0, 0))
    cases = [case for found in asked if (case := judged(found, ordered, 1.0))]
    cases += [case for found in unheard if (case := judged(found, ordered, UNHEARD_WEIGHT))]
    weights = learn_sureness(cases)
    sure = dict(zip(("constant", *SIGNALS), weights, strict=True))
    calibration = Calibration(order, sure, Thresholds(0, 0, 0))
    return Calibration(order, sure, thresholds(calibration, asked))


def judged(found: Rehearsal, calibration: Calibration, weight: float) -> Case | None:
    if not found.matches:
        return None
    ranked = calibration.ranked(found.matches)
    signals = calibration.signals(found.query, ranked)
    vector = [1.0, *(signals[name] for name in SIGNALS)]
    return vector, float(is_right(found, ranked[0])), weight


def learn_order(asked: Sequence[Rehearsal]) -> Vector:
    """Softmax over the candidates of each question: the right one should stand out."""
    start = dict.fromkeys(FEATURES, 1.0)
    rough = Calibration(start, {}, Thresholds(0, 0, 0))
    lists = []
    for found in asked:
        candidates = rough.ranked(found.matches)[:CANDIDATES]
        right = [number for number, match in enumerate(candidates) if is_right(found, match)]
        if right:
            vectors = [[match.features[name] for name in FEATURES] for match in candidates]
            lists.append((vectors, right[0]))
    return descend(lambda weights: _softmax_slope(weights, lists), [2.0] * len(FEATURES))


def _softmax_slope(weights: Vector, lists: Sequence[tuple[list[Vector], int]]) -> Vector:
    slope = [PENALTY * weight for weight in weights]
    for vectors, right in lists:
        powers = [math.exp(_dot(weights, vector)) for vector in vectors]
        whole = sum(powers)
        for number, (vector, power) in enumerate(zip(vectors, powers, strict=True)):
            error = (power / whole - (number == right)) / len(lists)
            for place, value in enumerate(vector):
                slope[place] += error * value
    return slope


def learn_sureness(cases: Sequence[Case]) -> Vector:
    def slope(weights: Vector) -> Vector:
        found = [0.0, *(PENALTY * weight for weight in weights[1:])]
        for vector, target, weight in cases:
            error = weight * (_logistic(_dot(weights, vector)) - target) / len(cases)
            for place, value in enumerate(vector):
                found[place] += error * value
        return found

    return descend(slope, [0.0] * (1 + len(SIGNALS)))


def descend(slope: Callable[[Vector], Vector], weights: Vector, steps: int = 200) -> Vector:
    """Adam, which needs no tuning for a dozen weights."""
    first, second = [0.0] * len(weights), [0.0] * len(weights)
    for step in range(1, steps + 1):
        for place, value in enumerate(slope(weights)):
            first[place] = 0.9 * first[place] + 0.1 * value
            second[place] = 0.99 * second[place] + 0.01 * value * value
            pace = first[place] / (1 - 0.9**step)
            weights[place] -= 0.1 * pace / (math.sqrt(second[place] / (1 - 0.99**step)) + 1e-8)
    return weights


def thresholds(calibration: Calibration, asked: Sequence[Rehearsal]) -> Thresholds:
    """The lowest that keep wrong answers and suggestions to strangers within their shares."""
    covered = [found for found in asked if not must_decline(found)]
    strange = [found for found in asked if is_everyday(found.text)]
    wrong = [sure for found in covered if (sure := sureness_when_wrong(found, calibration))]
    false = [sure for found in strange if (sure := sureness_when_wrong(found, calibration))]
    answer = _quantile(wrong, WRONG_ANSWERS * len(covered))
    suggest = min(answer, _quantile(false, FALSE_SUGGESTIONS * len(strange)))
    argument = (suggest + 3 * answer) / 4
    return Thresholds(round(suggest, 3), round(answer, 3), round(argument, 3))


def sureness_when_wrong(found: Rehearsal, calibration: Calibration) -> float:
    """0 when the foremost is right, or would be declined anyway."""
    if not found.matches:
        return 0.0
    top = calibration.ranked(found.matches)[0]
    harmless = is_right(found, top) or isinstance(top.text, NotCovered)
    return 0.0 if harmless else probability(found, calibration)


def probability(found: Rehearsal, calibration: Calibration) -> float:
    return calibration.probability(
        calibration.signals(found.query, calibration.ranked(found.matches))
    )


def _quantile(values: Sequence[float], allowed: float) -> float:
    """The value that only so many of the values exceed."""
    ordered = sorted(values, reverse=True)
    return ordered[min(len(ordered) - 1, int(allowed))] if ordered else 0.5


def _dot(one: Vector, other: Vector) -> float:
    return sum(a * b for a, b in zip(one, other, strict=True))


def _logistic(value: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, value))))
