"""Invented messages from which the engine learns who is in danger: `<language>/disclosures/*.txt`.

One line a message, `yes: …` when somebody in it is harmed, held, threatened or thinks of dying, and
`no: …` when it only sounds so. Each file is the work of one writer, who has seen no other.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.content._files import read_text
from bot.content.problems import ContentProblem

_MARKS = {"yes": True, "no": False}


@dataclass(frozen=True, slots=True)
class Disclosure:
    language: str
    writer: str
    words: str
    is_one: bool


def read_disclosures(path: Path, problems: list[ContentProblem]) -> Iterator[Disclosure]:
    for number, line in enumerate((read_text(path, problems) or "").splitlines(), start=1):
        mark, _, words = line.partition(": ")
        if mark in _MARKS and words.strip():
            yield Disclosure(path.parent.parent.name, path.stem, words.strip(), _MARKS[mark])
        elif line.strip() and not line.startswith("#"):
            message = "a line begins with “yes: ” or “no: ”, and a message follows."
            problems.append(ContentProblem(path, number, message))
