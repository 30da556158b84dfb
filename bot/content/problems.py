"""What can be wrong with a content file, said so that an editor can mend it."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, order=True)
class ContentProblem:
    """One fault. `line` counts from 1; 0 when the fault is about a whole file or folder."""

    path: Path
    line: int
    message: str

    def __str__(self) -> str:
        where = f"{self.path}, line {self.line}" if self.line else f"{self.path}"
        return f"{where}: {self.message}"


class ContentError(Exception):
    """The content cannot be used. Its text is the first fault; `problems` holds all of them."""

    def __init__(self, problems: list[ContentProblem]) -> None:
        self.problems = tuple(sorted(problems))
        first, more = str(self.problems[0]), len(self.problems) - 1
        hint = f" ({more} more: python -m bot content check lists them)" if more else ""
        super().__init__(first + hint)
