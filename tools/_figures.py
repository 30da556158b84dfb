"""What the questions of writers who were left out say of a calibration, by kind and language."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from bot.services.explainer._confidence import Calibration
from bot.services.explainer.rehearsal import Rehearsal
from tools._learning import answers

KINDS = ("explainer", "meta", "smalltalk", "not_covered", "near", "everyday")
OUTCOMES = ("right", "offered", "wrong", "missed", "declined")


def figures(asked: Sequence[Rehearsal], calibration: Calibration) -> Iterator[str]:
    """A table of shares. Strictly counted: a neighbour that holds the fact, too, is wrong."""
    counted: dict[tuple[str, str], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for one in asked:
        kind, found = one.asked.owner.partition("/")[0], outcome(one, calibration)
        for language in (one.asked.language, "all"):
            counted[language, kind][found] += 1
    yield f"{'':4} {'':12} {'n':>6} " + " ".join(f"{name:>8}" for name in OUTCOMES)
    for (language, kind), counts in sorted(counted.items(), key=_rank):
        whole = sum(counts.values())
        shares = " ".join(f"{counts[name] / whole:8.3f}" for name in OUTCOMES)
        yield f"{language:4} {kind:12} {whole:6} {shares}"


def _rank(item: tuple[tuple[str, str], object]) -> tuple[bool, str, int]:
    (language, kind), _ = item
    return language != "all", language, KINDS.index(kind)


def outcome(one: Rehearsal, calibration: Calibration) -> str:
    """Declining what no text answers counts as declined, not as right."""
    ranking, owners = calibration.rank(one.comparer, one.found), one.comparer.owners
    foremost = [owners[place] for place in ranking.places[:8]]
    first, sure, low = foremost[0], ranking.probability, calibration.thresholds.suggest
    if sure >= enough(first, calibration) and not first.startswith("not_covered/"):
        return "right" if answers(first, one.asked.owner) else "wrong"
    if sure < low or first.startswith(("not_covered/", "smalltalk/")):
        return "declined"
    offered = [name for name in foremost if name.startswith(("explainer/", "meta/"))][:3]
    return "offered" if one.asked.owner in offered else "missed"


def enough(name: str, calibration: Calibration) -> float:
    limits = calibration.thresholds
    by_kind = {"meta": limits.meta, "smalltalk": limits.talk}
    return by_kind.get(name.partition("/")[0], limits.answer)
