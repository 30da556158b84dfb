"""What can be passed on, and the link by which somebody does."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """The beginnings of the words in public links."""

    PETITION = "petition"
    CASE = "case"
    ASK = "ask"
    LETTER = "letter"


@dataclass(frozen=True, slots=True, order=True)
class Target:
    """Something that a link leads to; the slug of a passage is its id."""

    kind: Kind
    slug: str

    @property
    def payload(self) -> str:
        """The word of its public link: `t.me/<bot>?start=<payload>`."""
        return f"{self.kind}-{self.slug}"


@dataclass(frozen=True, slots=True)
class ShareLink:
    """One person's link to one target.

    Attributes:
        token: Random, and says nothing about anybody by itself.
        signed: How many signed within a day of opening it.
    """

    token: str
    target: Target
    signed: int = 0
