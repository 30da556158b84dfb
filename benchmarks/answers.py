"""Quality and cost of Vigil's answers beside usual ways to find a text, in one run.

    make bench                                              (some minutes)
    python -m benchmarks.answers                            (the same)
    python -m benchmarks.answers --set questions.jsonl      (on questions of your own)

All methods have the same content and the same questions. By default these are a sample of what each
writer in `content/<language>/questions/` asks, put to a content without that writer and others of
the same group: right is the text that the writer meant. A set gives facts instead, as
`benchmarks/_questions.py` describes; it may be given several times.

A method that only ranks has two thresholds, from which on it answers or offers buttons. They are
the lowest that keep wrong answers within the shares that Vigil's own were chosen by, on the
left-out writers' questions: of the other groups when writers are asked, never on a set.

Then follow the learning curve of hearing danger, and how much of each set stands in the content.
"""

import argparse
import random
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from benchmarks._danger import Curve
from benchmarks._decision import Asked, Limits, decide, limits
from benchmarks._methods import PEERS, VIGIL
from benchmarks._overlap import overlap
from benchmarks._questions import Question, asked_by, judged, read_set
from benchmarks._runs import Run, Task, run
from benchmarks._table import HEAD, row
from bot.content import Content, load
from bot.services.explainer import Encoder
from bot.services.explainer._cache import Cache
from bot.services.explainer._encoder import POINTS
from bot.services.explainer._learnt import material
from bot.services.explainer.rehearsal import groups

SEED = 20141010
LANGUAGES = ("en", "fr", "es", "ar")
SAMPLE = 20  # questions of each writer in each language

Group = frozenset[str]


class Bench:
    """The folds, and every method's runs on them."""

    def __init__(self, folder: Path, content: Content, cache: Path) -> None:
        self._folder, self._cache = folder, cache
        self._languages = tuple(content.languages)
        chance = random.Random(SEED)
        self.folds = {
            frozenset(group): asked_by(content, group, SAMPLE, chance)
            for group in groups(material(content))
        }

    def left_out(self, method: str) -> dict[Group, list[Asked]]:
        """Each group's questions, asked of a content without its writers."""
        found = {}
        for group, questions in self.folds.items():
            ran = run(self._task(method, questions, group))
            found[group] = list(zip(questions, ran.found, strict=True))
        return found

    def whole(self, method: str, questions: Sequence[Question]) -> Run:
        return run(self._task(method, questions))

    def _task(
        self, method: str, questions: Sequence[Question], absent: Group = frozenset()
    ) -> Task:
        cache = self._cache if absent else None  # the bot's own cache stays as it is
        return Task(method, self._folder, self._languages, tuple(questions), absent, cache)


def main() -> int:
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    options.add_argument("--content", type=Path, default=Path("content"))
    options.add_argument("--set", type=Path, action="append", default=[])
    chosen = options.parse_args()
    content, encoder = load(chosen.content, LANGUAGES), Encoder()
    sets = {path.name: [*read_set(path)] for path in chosen.set}
    with tempfile.TemporaryDirectory() as cache:
        share_points(encoder, Path(cache))
        bench = Bench(chosen.content, content, Path(cache))
        for line in tables(bench, sets):
            say(line)
    say("\nHearing danger, what each group of writers wrote with all others' to learn from")
    for line in Curve(content, encoder).lines():
        say(line)
    say("")
    for name, questions in sets.items():
        for line in overlap(name, questions, content, encoder):
            say(line)
    return 0


def tables(bench: Bench, sets: dict[str, list[Question]]) -> Iterator[str]:
    asked = judged([one for questions in sets.values() for one in questions])
    yield "Questions of the sets" if sets else "Questions of writers who were left out"
    yield HEAD
    some = [one for questions in bench.folds.values() for one in questions[:: len(bench.folds)]]
    bench.whole(VIGIL, ())  # so that it starts below with its cache filled, as the bot does
    for method in (*PEERS, VIGIL):
        cost = bench.whole(method, asked or some)
        folds = {} if sets and method == VIGIL else bench.left_out(method)
        if sets:
            found = list(zip(asked, cost.found, strict=True))
            found = _decided(found, _limits(method, folds.values()))
        else:
            found = [one for group in folds for one in _fold(method, folds, group)]
        yield row(method, found, cost)
    yield f"Of the memory, {cost.shared_mb:.0f} MB are Python, numpy and the content."


def _fold(method: str, folds: dict[Group, list[Asked]], group: Group) -> list[Asked]:
    """A group's questions, decided by what the other groups' tell."""
    others = [folds[other] for other in folds if other != group]
    return _decided(folds[group], _limits(method, others))


def _limits(method: str, folds: Iterable[list[Asked]]) -> Limits | None:
    return None if method == VIGIL else limits([one for fold in folds for one in fold])


def _decided(found: list[Asked], limit: Limits | None) -> list[Asked]:
    return [(one, decide(what, limit)) for one, what in found] if limit else found


def share_points(encoder: Encoder, folder: Path) -> None:
    """What the encoder knows of the content need not be computed for each fold."""
    kept = encoder.cache.kept(POINTS)
    if kept:
        Cache(folder).keep(POINTS, kept)


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
