"""Messages out."""

from bot.delivery.pace import Pace
from bot.delivery.ticket import Lane, NotClaimed, Ticket

__all__ = ["Lane", "NotClaimed", "Pace", "Ticket"]
