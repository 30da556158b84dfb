"""How sure the engine may be: two small linear models, read from `calibration.json`.

The first puts texts in order, the second says how likely the foremost is the right one.
`python -m tools.calibrate` learns both from the content and writes the file.
"""

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files

from bot.services.explainer._index import FEATURES, Match
from bot.services.explainer._reading import Query

SIGNALS = (*FEATURES, "score", "lead", "length", "matched", "missed", "mended", "topic")


@dataclass(frozen=True)
class Thresholds:
    """From `answer` on a text is shown, from `suggest` on it is offered as a button."""

    suggest: float
    answer: float
    argument: float  # `answer` for the passage that hostile remarks get: a false hit is harmless


@dataclass(frozen=True)
class Calibration:
    """Weights by feature name."""

    order: dict[str, float]
    sure: dict[str, float]
    thresholds: Thresholds

    def score(self, match: Match) -> float:
        return sum(self.order[name] * value for name, value in match.features.items())

    def ranked(self, matches: Sequence[Match]) -> list[Match]:
        return sorted(matches, key=lambda match: (-self.score(match), match.text.id))

    def probability(self, signals: dict[str, float]) -> float:
        total = self.sure["constant"]
        total += sum(self.sure[name] * signals[name] for name in SIGNALS)
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))

    def signals(self, query: Query, ranked: Sequence[Match]) -> dict[str, float]:
        """What the second model looks at, for the foremost of the ranked matches."""
        first = ranked[0]
        score = self.score(first)
        second = self.score(ranked[1]) if len(ranked) > 1 else 0.0
        words = {stem: weight for stem, weight in query.weights.items() if weight > 0.5}
        matched = sum(first.stems.get(stem, 0.0) for stem in words)
        missed = sum(query.rarity[stem] for stem in words if stem not in first.stems)
        return {
            **first.features,
            "score": score,
            "lead": score - second,
            "length": math.log1p(len(words)),
            "matched": math.log1p(matched),
            "missed": math.log1p(missed),
            "topic": query.topic,
            "mended": len(query.mended) / len(query.words) if query.words else 0.0,
        }


def load_calibration() -> Calibration:
    text = files(__package__).joinpath("calibration.json").read_text("utf-8")
    raw = json.loads(text)
    return Calibration(raw["order"], raw["sure"], Thresholds(**raw["thresholds"]))
