"""What everybody asks every bot: the weather, recipes, sums.

These questions stand in the index beside the content, so that one of them, and not a passage
that shares a stray word with it, is what an everyday question finds.
"""

from importlib.resources import files
from itertools import islice
from pathlib import Path

from bot.content import NotCovered

_TOGETHER = 9  # about as many as other texts have examples


def everyday(language: str) -> list[NotCovered]:
    """Texts that are never shown; none for a language without a list of such questions."""
    path = files(__package__).joinpath(f"everyday_{language}.txt")
    lines = iter(path.read_text("utf-8").splitlines() if path.is_file() else ())
    found: list[NotCovered] = []
    while questions := tuple(islice(lines, _TOGETHER)):
        found.append(_hidden(f"everyday-{language}-{len(found)}", questions))
    return found


def _hidden(name: str, questions: tuple[str, ...]) -> NotCovered:
    return NotCovered(
        path=Path(f"everyday/{name}"), id=name, title=questions[0], body=".", examples=questions
    )


def is_everyday(text: object) -> bool:
    return isinstance(text, NotCovered) and text.id.startswith("everyday-")
