"""Learns from the content's own examples how sure the explainer may be.

    python -m tools.calibrate            learn, report, write calibration.json
    python -m tools.calibrate --report   only say which examples are not found when left out

Positives are the examples, each left out of the index while it is asked, as written and with
generated typos; negatives are the examples of what is not covered, also with their whole text left
out, and everyday questions. No test question is used.
"""

import argparse
import json
import random
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from bot.content import Language, load
from bot.content.texts import Entry
from bot.services.explainer import _confidence, rehearsal
from bot.services.explainer._confidence import Calibration
from bot.services.explainer.rehearsal import Rehearsal, is_right
from tools._learning import learn

OUTPUT = Path(_confidence.__file__).with_name("calibration.json")
SEED = 20141010


def main() -> int:
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    options.add_argument("--content", type=Path, default=Path("content"))
    options.add_argument("--language", default="en")
    options.add_argument("--report", action="store_true")
    chosen = options.parse_args()
    content = load(chosen.content, (chosen.language,))
    language = content.language(chosen.language)
    asked = list(rehearsal.leave_one_out(language))
    if chosen.report:
        report(asked, _confidence.load_calibration())
        return 0
    asked += rehearsal.ask(language, list(misspelt(language)))
    unheard = list(rehearsal.unheard_of(language))
    calibration = learn(asked, unheard)
    write(calibration)
    report(asked, calibration)
    return 0


def misspelt(language: Language) -> Iterator[tuple[str, Entry]]:
    """Every third example with one wrong letter."""
    chance = random.Random(SEED)
    for text in language.entries:
        for example in text.examples[::3]:
            yield typo(example, chance), text


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
        word[:at] + chance.choice("abcdefghijklmnopqrstuvwxyz") + word[at + 1 :],
    )
    words[place] = chance.choice(changed)
    return " ".join(words)


def write(calibration: Calibration) -> None:
    rounded = {
        "order": {name: round(value, 3) for name, value in calibration.order.items()},
        "sure": {name: round(value, 3) for name, value in calibration.sure.items()},
        "thresholds": vars(calibration.thresholds),
    }
    OUTPUT.write_text(json.dumps(rounded, indent=1) + "\n", encoding="utf-8")


def report(asked: Sequence[Rehearsal], calibration: Calibration) -> None:
    missed = 0
    for found in asked:
        ranked = calibration.ranked(found.matches)
        if not ranked or not is_right(found, ranked[0]):
            missed += 1
            got = ranked[0].text.id if ranked else "nothing"
            assert found.text
            sys.stdout.write(f"{found.text.id}: “{found.question}” finds {got}\n")
    sys.stdout.write(f"{missed} of {len(asked)} examples are not found when left out\n")


if __name__ == "__main__":
    sys.exit(main())
