"""Messages out."""

from bot.delivery.pace import Pace

__all__ = ["Pace"]
