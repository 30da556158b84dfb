"""A petition as it stands, and a signature under it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class PetitionState(StrEnum):
    """The states that a petition passes through; the legal moves stand in `services.petitions`."""

    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Standing:
    """How a petition stands in the database: what its content file cannot say."""

    slug: str
    state: PetitionState
    version: int
    signatures: int
    goal: int | None = None
    closes_at: datetime | None = None
    opened_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Signature:
    """One account's signature under one petition.

    Attributes:
        number: Given once, in order, and never given to anybody else, also after a withdrawal.
        name: As the person confirmed it; None for “count me without my name”.
        version: Of the petition's text that was signed.
    """

    petition: str
    number: int
    name: str | None
    version: int
    signed_at: datetime
    is_new: bool = False
