"""What the layers hand to each other: small, frozen, without behaviour that needs I/O."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum, StrEnum
from typing import Any


class Role(IntEnum):
    """Who may do what; each role includes the ones below it."""

    SUPPORTER = 0
    VIEWER = 1
    ORGANISER = 2
    ADMIN = 3
    OWNER = 4


class PetitionState(StrEnum):
    """The states that a petition passes through; the legal moves stand in `services.petitions`."""

    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Supporter:
    """A Telegram account that talks with us; most have no row in the database.

    Attributes:
        id: Telegram's user id, which is also the id of the private chat.
        language: A released language code.
        known: Whether the database holds a row about this person.
        stopped: Said stop: nothing is sent that was not asked for.
    """

    id: int
    language: str
    known: bool = False
    stopped: bool = False
    unreachable: bool = False


@dataclass(frozen=True, slots=True)
class Dialog:
    """Where somebody is in a conversation of several messages."""

    name: str
    step: str
    data: Mapping[str, Any] = field(default_factory=dict)
    update_id: int | None = None


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


@dataclass(frozen=True, slots=True)
class Arrival:
    """All that is known when an update comes in, from one question to the database."""

    supporter: Supporter
    dialog: Dialog | None
    seen: bool
