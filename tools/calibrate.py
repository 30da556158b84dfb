"""Learns from the content how sure the engine may be, and writes calibration.json.

    python -m tools.calibrate              (some minutes)
    python -m tools.calibrate --report     (the same, but only tells what it would write)

Run it after a larger change of the content. One group of writers at a time is left out, asked of
the engine that knows all others, and what it finds is the measure: nobody's questions are in the
index when they are asked. No question of any test set is looked at.
"""

import argparse
import json
import random
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from bot.content import Content, load
from bot.content.questions import EVERYDAY
from bot.services.explainer import Encoder, _confidence
from bot.services.explainer._comparison import Comparer
from bot.services.explainer._confidence import Calibration
from bot.services.explainer._learnt import Learnt, study
from bot.services.explainer._rows import Row, content_rows
from bot.services.explainer.rehearsal import (
    Absence,
    Rehearsal,
    Remembered,
    ask,
    leave_writers_out,
)
from tools._figures import figures
from tools._learning import learn
from tools.danger import Heard, danger_threshold, hear, heard_lines

OUTPUT = Path(_confidence.__file__).with_name("calibration.json")
SEED = 20141010
_MISSPELT = 5  # every so-manieth question is asked with a typo, too
_AT_ONCE = 2, 13  # everyday questions in a long message; fewer than the second


def main() -> int:
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    options.add_argument("--content", type=Path, default=Path("content"))
    options.add_argument("--languages", default="en,fr,es,ar")
    options.add_argument("--report", action="store_true")
    chosen = options.parse_args()
    content = load(chosen.content, tuple(chosen.languages.split(",")))
    learnt = dict(calibrations(content))
    if not chosen.report:
        write(learnt)
    return 0


def calibrations(content: Content) -> Iterator[tuple[str, Calibration]]:
    for name, encoder in (("words", None), ("meaning", Encoder())):
        asked: list[Rehearsal] = []
        heard: list[Heard] = []
        remembered = Remembered(content_rows(content), encoder) if encoder else None
        for absent in leave_writers_out(content):
            learnt = study(absent.known, encoder)
            asked += rehearsed(absent, learnt, remembered)
            heard += [hear(absent, learnt, encoder)] if encoder else []
        found = learn(asked)
        if encoder:
            danger = danger_threshold(heard)
            found = replace(found, thresholds=replace(found.thresholds, danger=danger))
        say(f"\n{name}: {found.thresholds}")
        for line in (*figures(asked, found), *(heard_lines(heard, danger) if encoder else ())):
            say(line)
        yield name, found


def rehearsed(absent: Absence, learnt: Learnt, encoder: Remembered | None) -> Iterator[Rehearsal]:
    """Every question of writers who were left out, every fifth with a wrong letter as well.

    Everyday ones also several at once: a long message about nothing that a text answers.
    """
    chance, comparer = random.Random(SEED), Comparer(learnt, list(absent.known.places))
    for number, one in enumerate(ask(absent.rows, comparer, encoder)):
        yield one
        if number % _MISSPELT == 0:
            wrong = replace(one.asked, words=typo(one.asked.words, chance))
            yield from ask([wrong], one.comparer, encoder)
    yield from ask(list(long_ones(absent.rows, chance)), comparer, encoder)


def long_ones(rows: Sequence[Row], chance: random.Random) -> Iterator[Row]:
    """Everyday questions of each language, two to twelve behind each other."""
    for code in sorted({row.language for row in rows}):
        left = [row for row in rows if (row.owner, row.language) == (EVERYDAY, code)]
        chance.shuffle(left)
        while left:
            few = chance.randrange(*_AT_ONCE)
            some, left = left[:few], left[few:]
            yield replace(some[0], words=" ".join(row.words for row in some))


def typo(sentence: str, chance: random.Random) -> str:
    """Swap, drop, double or replace a letter of one of the longer words."""
    words = sentence.split(" ")
    long = [number for number, word in enumerate(words) if len(word) > 4 and word.isalpha()]
    if not long:
        return sentence
    place = chance.choice(long)
    word, at = words[place], chance.randrange(1, len(words[place]) - 1)
    changed = (
        word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        word[:at] + word[at + 1 :],
        word[:at] + word[at] + word[at:],
        word[:at] + chance.choice(word) + word[at + 1 :],
    )
    words[place] = chance.choice(changed)
    return " ".join(words)


def write(learnt: Mapping[str, Calibration]) -> None:
    rounded = {
        name: {
            "order": {feature: round(weight, 3) for feature, weight in one.order.items()},
            "usual": {
                signal: [round(mean, 3), round(spread, 4)]
                for signal, (mean, spread) in one.usual.items()
            },
            "sure": {signal: round(weight, 3) for signal, weight in one.sure.items()},
            "thresholds": vars(one.thresholds),
        }
        for name, one in learnt.items()
    }
    OUTPUT.write_text(json.dumps(rounded, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    sys.exit(main())
