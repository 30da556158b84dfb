"""How sure the engine may be: two small linear models, read from `calibration.json`.

The first puts texts in order, the second says how likely the foremost is the right one; its terms
are signals and products of two of them.
`python -m tools.calibrate` learns both from the content and writes the file.
"""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from bot.content.questions import EVERYDAY
from bot.services.explainer._comparison import FEATURES, Comparer, Comparison
from bot.services.explainer._learnt import ELSEWHERE
from bot.services.explainer._reading import Query

_TOLD = (
    "letters",
    "meaning",
    "nearest",
    "worded",
)  # features of what no text answers that tell most
_KINDS = ("meta", "smalltalk", "not_covered")
_READING = ("length", "topic", "mended", "strange", "strangeness")
SIGNALS = (
    *FEATURES, "score", "lead", "lead_of_three", "share", "share_of_kind",
    *(f"{place}_{name}" for place in ELSEWHERE for name in (*_TOLD, "lead")),
    *_READING, *_KINDS,
)  # fmt: skip

CONSTANT, TIMES = "constant", " × "
FAR = 4.0  # no signal counts for more than so many spreads from its mean


_FEW, _MANY = 5, 16  # parts of a message
_SURER, _SUREST, _LOUDER = 0.045, 0.95, 0.26
_STRANGER = 1.5  # louder must be what is in a language that nothing was learnt of


@dataclass(frozen=True)
class Thresholds:
    """From `answer` on a text is shown, from `suggest` on it is offered as a button."""

    suggest: float
    answer: float
    argument: float  # `answer` for the passage that hostile remarks get: a false hit is harmless
    meta: float  # `answer` for texts about the bot
    talk: float  # `answer` for small talk
    ahead: float = -9.0  # by so much a text must lead what people ask any bot
    danger: float = 9.0  # from this loudness on a message is met with the support card

    def among(self, parts: int, *, is_strange: bool) -> "Thresholds":
        """Those of a message of so many parts, perhaps in a language that nothing was learnt of.

        Of many parts one is near to something by chance, so that each beyond the fifth makes it
        harder, also to be taken for an argument. It does so up to the sixteenth: beyond that a cry
        in a long message would have to be ever louder.
        """
        more = max(0, min(parts, _MANY) - _FEW)
        return replace(
            self,
            answer=min(self.answer + _SURER * more, _SUREST),
            argument=min(self.answer + _SURER * more, _SUREST) if more else self.argument,
            danger=self.danger + _LOUDER * more + _STRANGER * is_strange,
        )


@dataclass(frozen=True)
class Ranking:
    """The places of a comparison, foremost first, and how sure the first may be."""

    places: NDArray[np.int64]
    probability: float


@dataclass(frozen=True)
class Calibration:
    """Weights by name; 0 for what it does not name."""

    order: Mapping[str, float]
    usual: Mapping[str, tuple[float, float]]  # mean and spread of each signal
    sure: Mapping[str, float]  # by signal, or by two of them: “lead × share”
    thresholds: Thresholds

    @cached_property
    def _terms(self) -> list[tuple[tuple[str, ...], float]]:
        return [(names(term), weight) for term, weight in self.sure.items()]

    def rank(self, comparer: Comparer, found: Comparison) -> Ranking:
        scores = self.scores(found)
        order = comparer.ranked[np.argsort(-scores[comparer.ranked], kind="stable")]
        if found.exact is not None:
            first = order == found.exact
            return Ranking(np.concatenate([order[first], order[~first]]), 1.0)
        return Ranking(order, self.sureness(self.signals(comparer, found, scores, order)))

    def scores(self, found: Comparison) -> NDArray[np.float32]:
        weights = np.array([self.order.get(name, 0.0) for name in FEATURES], np.float32)
        scores: NDArray[np.float32] = found.features @ weights
        return scores

    def signals(
        self,
        comparer: Comparer,
        found: Comparison,
        scores: NDArray[np.float32],
        order: NDArray[np.int64],
    ) -> dict[str, float]:
        """What the second model looks at, for the foremost of the places in order."""
        top, best = order[0], float(scores[order[0]])
        powers = np.exp(scores[order] - best)
        told = {
            f"{name}_{feature}": float(found.features[place, FEATURES.index(feature)])
            for name, place in zip(ELSEWHERE, comparer.elsewhere, strict=True)
            for feature in _TOLD
        }
        leads = {
            f"{name}_lead": best - float(scores[place])
            for name, place in zip(ELSEWHERE, comparer.elsewhere, strict=True)
        }
        kind = comparer.kinds[top]
        alike = comparer.kinds[order] == kind
        return {
            **dict(zip(FEATURES, map(float, found.features[top]), strict=True)),
            "score": best,
            "lead": best - float(scores[order[1]]) if len(order) > 1 else best,
            "lead_of_three": best - float(scores[order[3]]) if len(order) > 3 else best,
            "share": float(1 / powers.sum()),
            "share_of_kind": float(powers[alike].sum() / powers.sum()),
            **told,
            **leads,
            **_reading(found.query),
            **{name: float(name == kind) for name in _KINDS},
        }

    def sureness(self, signals: Mapping[str, float]) -> float:
        """The probability that the foremost is right; 0 when the question is an everyday one."""
        is_ahead = signals[f"{EVERYDAY}_lead"] >= self.thresholds.ahead
        return self.probability(signals) if is_ahead else 0.0

    def probability(self, signals: Mapping[str, float]) -> float:
        standing = {
            name: max(-FAR, min(FAR, (signals[name] - mean) / (spread or 1.0)))
            for name, (mean, spread) in self.usual.items()
        }
        total = sum(
            weight * math.prod(standing[name] for name in names) for names, weight in self._terms
        )
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


def names(term: str) -> tuple[str, ...]:
    """The signals that a term is the product of; none for the constant."""
    return () if term == CONSTANT else tuple(term.split(TIMES))


def _reading(query: Query) -> dict[str, float]:
    telling = [stem for stem, weight in query.weights.items() if weight > 0.5]
    return {
        "length": math.log1p(len(telling)),
        "topic": query.topic,
        "mended": len(query.mended) / len(query.words) if query.words else 0.0,
        "strange": float(len(query.strange)),
        "strangeness": math.log1p(sum(query.rarity[stem] for stem in query.strange)),
    }


def load_calibration(*, by_meaning: bool = False) -> Calibration:
    """The one for questions that are compared by meaning, too, or for words alone."""
    text = files(__package__).joinpath("calibration.json").read_text("utf-8")
    raw = json.loads(text)["meaning" if by_meaning else "words"]
    usual = {name: (mean, spread) for name, (mean, spread) in raw["usual"].items()}
    return Calibration(raw["order"], usual, raw["sure"], Thresholds(**raw["thresholds"]))
