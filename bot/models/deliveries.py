"""What became of one recipient, and why.

The ledger stores the place of a member in its class: new ones go to the end.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.models.alerts import Alert


class DeliveryState(StrEnum):
    """Only `pending` and `sending` are open; `sending` is what is on the wire."""

    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    SKIPPED = "skipped"
    FAILED = "failed"
    UNKNOWN = "unknown"


class Reason(StrEnum):
    # skipped
    STOPPED = "stopped"
    UNSUBSCRIBED = "unsubscribed"
    UNREACHABLE = "unreachable"
    SIGNED = "signed"
    EXPIRED = "expired"
    CANCELLED = "cancelled"
    # failed
    BLOCKED = "blocked"
    DEACTIVATED = "deactivated"
    NOT_STARTED = "not started"
    NO_CHAT = "no chat"
    REFUSED = "refused"
    MIGRATED = "migrated"
    # unknown
    NO_ANSWER = "no answer"
    INTERRUPTED = "interrupted"
    # any of them
    ERASED = "erased"
    # pending
    QUIET = "quiet"
    # skipped
    OVER_CAP = "over cap"
    IN_DIGEST = "in digest"
    # what became of a message that was to be corrected or recalled
    GONE = "gone"
    DELETED = "deleted"
    WITHDRAWN = "withdrawn"
    UNDELETABLE = "undeletable"
    TOO_OLD = "too old"


@dataclass(frozen=True, slots=True)
class Grant:
    """A claimed row: it may go now, and this is what its message depends on.

    Attributes:
        rings: It may make a sound, if its kind does.
        is_beyond: She has had as many this week as she wants; an urgent action comes all the same.
        parts: What a digest brings her.
        message_id: The message that is corrected or recalled.
        is_deletable: It is young enough for Telegram to delete it.
    """

    person: int
    language: str | None
    rings: bool = True
    is_beyond: bool = False
    parts: Sequence[Alert] = ()
    message_id: int | None = None
    is_deletable: bool = False
