"""What the layers hand to each other: small, frozen, without behaviour that needs I/O."""

from collections.abc import Mapping, Sequence
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


class Topic(StrEnum):
    """What one can choose to be told of; `cases` and `petitions` also one by one."""

    URGENT = "urgent"
    PETITIONS = "petitions"
    CASES = "cases"
    NEWSLETTER = "newsletter"


class AlertKind(StrEnum):
    """What an organiser sends; the last two are updates of a case or a petition."""

    URGENT = "urgent"
    NEWSLETTER = "newsletter"
    REMINDER = "reminder"
    NEWS = "news"
    OUTCOME = "outcome"


class AlertState(StrEnum):
    """The states of an alert; the legal moves stand in `services.alerts.moves`.

    `approved` is first a cooling-off minute and then a place in the schedule; `held` waits for a
    decision of the admins, and `reason` says why.
    """

    DRAFT = "draft"
    WAITING = "waiting"
    APPROVED = "approved"
    SENDING = "sending"
    PAUSED = "paused"
    HELD = "held"
    FINISHED = "finished"
    CANCELLED = "cancelled"
    EXPIRED = "expired"


class DeliveryState(StrEnum):
    """What became of one recipient; only `pending` and `sending` are open."""

    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    SKIPPED = "skipped"
    FAILED = "failed"
    UNKNOWN = "unknown"


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


@dataclass(frozen=True, slots=True)
class Words:
    """A text with Telegram's own formatting: entities as the Bot API writes them (UTF-16)."""

    text: str
    entities: Sequence[Mapping[str, Any]] = ()


@dataclass(frozen=True, slots=True)
class Audience:
    """Whom an alert is for: those who made one of the choices, less those who are left out.

    Attributes:
        choices: Pairs of topic and what it is about ("" for the topic as a whole).
        languages: Only people with one of these; all when empty.
        without_signers_of: A petition whose signers have acted already.
    """

    choices: Sequence[tuple[Topic, str]] = ()
    languages: Sequence[str] = ()
    without_signers_of: str | None = None


@dataclass(frozen=True, slots=True)
class Alert:
    """One alert or update, from the first word of its draft to the end of its send.

    Attributes:
        revision: Counts every change, so that a button knows which one it was made for.
        authors: Pseudonyms of all who wrote on it; `approver` is one, too.
        about: What is attached: "petition:<slug>" or "case:<slug>".
        words: By language; the first written one stands in for the others.
        picture: Telegram's file_id.
        send_at: None is as soon as it is approved.
        zone: The name of the time zone in which the organiser reads times.
        digest: Of the exact bytes, audience and times that were submitted.
        counted: How many people it was for when it was approved.
        not_before: The end of the cooling-off.
        touched_at: The last sign of life of its send.
        reason: Why it is held, or how it ended.
        card: The message in the admin group that shows how it stands.
    """

    id: int
    kind: AlertKind
    state: AlertState
    revision: int
    made_at: datetime
    zone: str
    authors: frozenset[str] = frozenset()
    audience: Audience = Audience()
    about: str | None = None
    words: Mapping[str, Words] = field(default_factory=dict)
    picture: str | None = None
    send_at: datetime | None = None
    expires_at: datetime | None = None
    digest: str | None = None
    counted: int | None = None
    approver: str | None = None
    not_before: datetime | None = None
    started_at: datetime | None = None
    touched_at: datetime | None = None
    ended_at: datetime | None = None
    reason: str | None = None
    card: int | None = None
    reported_at: datetime | None = None
