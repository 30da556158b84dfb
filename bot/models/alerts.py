"""Alerts, whom they are for, and what becomes of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from bot.models.people import Topic


class AlertKind(StrEnum):
    """What is sent: alerts, updates of a case or a petition, and what a weekly limit held back.

    The last three change what others have brought.
    """

    URGENT = "urgent"
    NEWSLETTER = "newsletter"
    REMINDER = "reminder"
    NEWS = "news"
    OUTCOME = "outcome"
    DIGEST = "digest"
    CORRECTION = "correction"
    RECALL = "recall"
    FAMILY = "family"


TAKES_BACK = frozenset({AlertKind.RECALL, AlertKind.FAMILY})
"""What it was is read no more: a note stands in its place, or the words of the family."""
AMENDMENTS = TAKES_BACK | {AlertKind.CORRECTION}


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
        not_before: The end of the cooling-off; None in what takes back and wants a picture.
        touched_at: The last sign of life of its send.
        reason: Why it is held or goes on, or how it ended.
        card: The message in the admin group that shows how it stands.
        reported_at: When the admin group last read a report: how it ended, or, of an outcome
            that waits for those who rest, how far it has come.
        enlisted_to: The last person who has a row in the ledger, while not all of them do.
        amends: The alert that it corrects or recalls.
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
    enlisted_to: int | None = None
    amends: int | None = None

    @property
    def wants_picture(self) -> bool:
        """What takes a picture back waits for the one that is to stand in its place."""
        is_decided = self.kind in TAKES_BACK and self.state is AlertState.APPROVED
        return is_decided and self.not_before is None
