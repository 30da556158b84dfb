"""What people passed on to the team."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Question:
    """One time that it was asked. Nothing in it tells by whom.

    Attributes:
        language: That of the question, where it is clear; else the one that the person has set.
    """

    id: int
    language: str
    text: str


@dataclass(frozen=True, slots=True)
class Quoted:
    """A proposal that is not decided, and how many questions it would answer."""

    change: int
    place: str
    questions: int
