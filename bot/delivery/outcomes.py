"""What an answer of Telegram, or its absence, means for one recipient."""

from collections.abc import Mapping
from dataclasses import dataclass

from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    RetryAfter,
    TelegramError,
)

from bot.delivery.ticket import NotClaimed
from bot.models import DeliveryState, Reason
from bot.telegram_http import NeverSent


@dataclass(frozen=True, slots=True)
class Meaning:
    """What becomes of the row; `pending` is another try, later.

    Attributes:
        is_unreachable: Whether the person cannot be reached from now on. Nothing else about an
            alert ever changes a supporter.
        is_away: Telegram cannot be reached, or does not say what it did.
        is_over: The token is no good: nothing can be sent any more.
        is_silent: Telegram was not asked.
    """

    state: DeliveryState
    reason: Reason | None = None
    is_unreachable: bool = False
    is_away: bool = False
    is_over: bool = False
    is_silent: bool = False


SENT = Meaning(DeliveryState.SENT)
AGAIN = Meaning(DeliveryState.PENDING)
PASSED = Meaning(DeliveryState.PENDING, is_silent=True)
AWAY = Meaning(DeliveryState.PENDING, is_away=True)
OVER = Meaning(DeliveryState.PENDING, is_over=True)
LOST = Meaning(DeliveryState.UNKNOWN, Reason.NO_ANSWER, is_away=True)
REFUSED = Meaning(DeliveryState.FAILED, Reason.REFUSED)
NO_CHAT = Meaning(DeliveryState.FAILED, Reason.NO_CHAT)

# The descriptions are all that tells one refusal from another; parts of them, in lower case.
_FORBIDDEN: Mapping[str, Meaning] = {
    "bot was blocked by the user": Meaning(
        DeliveryState.FAILED, Reason.BLOCKED, is_unreachable=True
    ),
    "user is deactivated": Meaning(DeliveryState.FAILED, Reason.DEACTIVATED, is_unreachable=True),
    "bot can't initiate conversation": Meaning(DeliveryState.FAILED, Reason.NOT_STARTED),
}
_BAD_REQUEST: Mapping[str, Meaning] = {
    "chat not found": NO_CHAT,
    "user not found": NO_CHAT,
    "peer_id_invalid": NO_CHAT,
}


def meaning(error: BaseException) -> Meaning:
    """What an error means; of one that nobody expected, that it may have arrived."""
    match error:
        case Forbidden():
            return _described(error, _FORBIDDEN)
        case BadRequest():
            return _described(error, _BAD_REQUEST)
        case ChatMigrated():
            return Meaning(DeliveryState.FAILED, Reason.MIGRATED)
        case Conflict():
            return REFUSED
        case InvalidToken():
            return OVER
        case RetryAfter():
            return AGAIN
        case NotClaimed():
            return PASSED
        case NeverSent():
            return AWAY
    return LOST


def _described(error: TelegramError, table: Mapping[str, Meaning]) -> Meaning:
    text = error.message.lower()
    return next((found for part, found in table.items() if part in text), REFUSED)
