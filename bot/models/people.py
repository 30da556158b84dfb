"""Supporters and staff: who they are, what they chose, and what they are in the midst of."""

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


class Topic(StrEnum):
    """What one can choose to be told of; `cases` and `petitions` also one by one."""

    URGENT = "urgent"
    PETITIONS = "petitions"
    CASES = "cases"
    NEWSLETTER = "newsletter"


@dataclass(frozen=True, slots=True)
class Supporter:
    """A Telegram account that talks with us; most have no row in the database.

    Attributes:
        id: Telegram's user id, which is also the id of the private chat.
        language: The code of the language that she is spoken to in.
        chosen: The language that she chose in /settings; Telegram's holds when there is none.
        known: Whether the database holds a row about this person.
        stopped: Said stop: nothing is sent that was not asked for.
        quiet_until: The same until then, and no door to it is shown either; None once it is over.
        last_read: The passage that she was shown last, for as long as that is remembered.
    """

    id: int
    language: str
    known: bool = False
    stopped: bool = False
    unreachable: bool = False
    chosen: str | None = None
    quiet_until: datetime | None = None
    last_read: str | None = None


@dataclass(frozen=True, slots=True)
class Dialog:
    """Where somebody is in a conversation of several messages."""

    name: str
    step: str
    data: Mapping[str, Any] = field(default_factory=dict)
    update_id: int | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """A yes to being told of something.

    Attributes:
        about: The slug of a case or a petition; "" for the topic as a whole.
        wording: The words she said yes to, as she read them.
        version: Of these words; a yes to a former version does not count any more.
    """

    topic: Topic
    about: str
    wording: str
    version: int
    chosen_at: datetime


@dataclass(frozen=True, slots=True)
class Arrival:
    """All that is known when an update comes in, from one question to the database.

    Attributes:
        role: As the database has it; owners stand in the settings.
        moved: Where the admin group went, in the form that `services.staff` writes.
    """

    supporter: Supporter
    dialog: Dialog | None
    seen: bool
    role: Role = Role.SUPPORTER
    moved: str | None = None


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody of the staff; `pseudonym` is what records call her, and who gave her the role."""

    id: int
    role: Role
    pseudonym: str
    since: datetime
    appointed_by: str | None = None


@dataclass(frozen=True, slots=True)
class Appointment:
    """The role somebody had, and the one she has now; the same one twice if nothing changed."""

    person: int
    before: Role
    role: Role


@dataclass(frozen=True, slots=True)
class Invitation:
    """A link that makes one person staff; only the digest of its secret is known."""

    digest: str
    maker: int
    role: Role
    expires_at: datetime
