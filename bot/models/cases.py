"""How a case ended, or how it shall end once somebody else has agreed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Fate(StrEnum):
    """What became of the person; `closed` is that the family wants no more said."""

    OPEN = "open"
    RELEASED = "released"
    JUSTICE = "justice"
    DIED = "died"
    CLOSED = "closed"


class EndingState(StrEnum):
    DRAFT = "draft"
    WAITING = "waiting"  # for a second admin
    DONE = "done"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Ending:
    """An outcome of a case, or its end at the family's wish, from the first word on.

    Attributes:
        revision: Counts every change, so that a button knows which one it was made for.
        words: What people are told, by language; the first written one stands in for the others.
        former: What the content file said of it when this was decided. Where the file says
            something else by now, the file is newer.
        authors: Pseudonyms of all who wrote on it.
    """

    number: int
    case: str
    fate: Fate
    state: EndingState
    revision: int
    words: Mapping[str, str]
    authors: frozenset[str]
    made_at: datetime
    former: Fate | None = None
    decided_at: datetime | None = None
    reported_at: datetime | None = None

    def said(self, language: str) -> str:
        """In this language, or as it was first written."""
        return self.words.get(language) or next(iter(self.words.values()), "")
