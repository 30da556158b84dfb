"""One line for each method."""

from collections.abc import Sequence

import numpy as np

from benchmarks._decision import Asked
from benchmarks._questions import IN_SCOPE, NEAR, TALK, UNRELATED, Verdict
from benchmarks._runs import Run

_COLUMNS = (
    "first", "in three", "right", "+button", "wrong", "hostile", "talk", "near", "unrelated",
    "p50 ms", "p99 ms", "MB", "start s",
)  # fmt: skip
HEAD = f"{'':20}" + "".join(f"{name:>10}" for name in _COLUMNS)


def row(method: str, asked: Sequence[Asked], cost: Run) -> str:
    """`first` to `wrong` are shares of questions that a passage answers.

    `hostile` and `talk` are met rightly, `near` and `unrelated` are declined.
    """
    inside = _of(asked, IN_SCOPE)
    times = [found.ms for _, found in asked]
    shares = (
        _share([_rank(one, 1) for one in inside]),
        _share([_rank(one, 3) for one in inside]),
        _verdicts(inside, "right"),
        _verdicts(inside, "right", "button"),
        _verdicts(inside, "wrong"),
        _verdicts(_of(asked, ("hostile",)), "right"),
        _verdicts(_of(asked, TALK), "right"),
        _verdicts(_of(asked, NEAR), "right"),
        _verdicts(_of(asked, UNRELATED), "right"),
    )
    costs = (np.quantile(times, 0.5), np.quantile(times, 0.99), cost.rss_mb, cost.start_s)
    return f"{method:20}" + "".join(f"{one:>10}" for one in (*shares, *_numbers(costs)))


def _of(asked: Sequence[Asked], kinds: Sequence[str]) -> list[Asked]:
    return [one for one in asked if one[0].kind in kinds]


def _rank(one: Asked, most: int) -> bool:
    question, found = one
    return any(question.fits(shown) for shown in found.ranked[:most])


def _verdicts(asked: Sequence[Asked], *wanted: Verdict) -> str:
    return _share([question.judge(found) in wanted for question, found in asked])


def _share(hits: Sequence[bool]) -> str:
    return f"{np.mean(hits):.1%}" if hits else "-"


def _numbers(costs: Sequence[float]) -> list[str]:
    return [f"{cost:.1f}" for cost in costs]
