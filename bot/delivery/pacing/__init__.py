"""What the limiter reckons with: windows, rates, chats, Telegram's refusals, and those who wait."""

from bot.delivery.pacing._chats import USUAL, Bounds, Chat
from bot.delivery.pacing._limits import Limits, Turn
from bot.delivery.pacing._turns import Turns
from bot.delivery.pacing._window import Outcome

__all__ = ["USUAL", "Bounds", "Chat", "Limits", "Outcome", "Turn", "Turns"]
