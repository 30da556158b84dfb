"""Why a row of the ledger is as it is."""

from enum import StrEnum


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
