"""Ways of asking that people invented: `<language>/questions/<writer>.txt`.

A line `[explainer/what-is-torture]` names the text that the lines below it ask for, by its folder
and its file. Below `[everyday]` stands what people ask any bot, below `[near]` what is close to the
subject and has no text. Each file is the work of one writer, who has seen no other's: the engine
learns how sure to be by leaving out one writer at a time.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.content._files import read_text
from bot.content.problems import ContentProblem

EVERYDAY, NEAR = "everyday", "near"  # no text answers them

_SECTION = re.compile(r"\[([a-z_]+(?:/[a-z0-9-]+)?)\]")
_LONGEST = 600


@dataclass(frozen=True, slots=True)
class Asked:
    """`owner` is the text's folder and name, or `EVERYDAY` or `NEAR`."""

    owner: str
    writer: str
    words: str


def read_questions(
    path: Path, owners: Collection[str], problems: list[ContentProblem]
) -> Iterator[Asked]:
    owner, known = "", {*owners, EVERYDAY, NEAR}
    for number, raw in enumerate((read_text(path, problems) or "").splitlines(), start=1):
        line = raw.strip()
        if not line or line.startswith("#"):
            continue
        section = _SECTION.fullmatch(line)
        if section:
            owner = section[1]
        if section and owner not in known:
            problems.append(ContentProblem(path, number, _unknown(owner)))
        elif not section and not owner:
            problems.append(ContentProblem(path, number, _HOMELESS))
        elif not section and len(line) > _LONGEST:
            problems.append(ContentProblem(path, number, _LONG))
        elif not section and owner in known:
            yield Asked(owner, path.stem, line)


_HOMELESS = (
    "this question stands above the first section. Write a line such as "
    "[explainer/what-is-torture] above it."
)
_LONG = f"this line has more than {_LONGEST} characters. One line is one message: shorten it."


def _unknown(owner: str) -> str:
    return (
        f"there is no text “{owner}”. A section names folder and file, such as "
        f"[explainer/what-is-torture], or is [{EVERYDAY}] or [{NEAR}]."
    )
