"""People's questions as ways of asking for a text: `<language>/questions/asked.txt`."""

import re
from collections.abc import Iterator, Sequence
from itertools import count

from bot.content import Language
from bot.content.library import owner
from bot.content.questions import Asked
from bot.services.questions._groups import Wording, folded

_HEAD = "# Ways of asking that people passed on to the team."
_SECTION = re.compile(r"\[[a-z_]+(?:/[a-z0-9-]+)?\]")


def places(language: str) -> Iterator[str]:
    """Where the questions go: the next file when one is full."""
    yield f"{language}/questions/asked.txt"
    for number in count(2):
        yield f"{language}/questions/asked-{number}.txt"


def new_lines(wordings: Sequence[Wording], whose: str, language: Language) -> list[str]:
    """The wordings by which the text is not asked for yet, as lines of a file."""
    known = {folded(words) for words in _ways(whose, language)}
    lines = (_line(wording.text) for wording in wordings)
    return [line for line in lines if line and folded(line) not in known]


def extended(text: str, whose: str, lines: Sequence[str]) -> str:
    """The file with these lines at the end of the text's section, and all else as it was."""
    rows, head = text.rstrip("\n").split("\n") if text.strip() else [_HEAD], f"[{whose}]"
    if head not in rows:
        return "\n".join([*rows, head, *lines, ""])
    begin = rows.index(head) + 1
    sections = (at for at in range(begin, len(rows)) if _SECTION.fullmatch(rows[at].strip()))
    end = next(sections, len(rows))
    new = [line for line in lines if line not in rows[begin:end]]
    return "\n".join([*rows[:end], *new, *rows[end:], ""])


def _ways(whose: str, language: Language) -> Iterator[str]:
    for entry in language.entries:
        if owner(entry) == whose:
            yield from (entry.title, *entry.examples)
    asked: tuple[Asked, ...] = language.questions
    yield from (one.words for one in asked if one.owner == whose)


def _line(text: str) -> str:
    """The question as a line that is no comment and no section; "" when nothing is left."""
    line = text.lstrip("# ")
    is_question = any(one.isalnum() for one in line) and not _SECTION.fullmatch(line)
    return line if is_question else ""
