"""Messages out."""

from bot.delivery.pace import Pace
from bot.delivery.sender import Sender
from bot.delivery.ticket import Lane, NotClaimed, Ticket
from bot.delivery.wire import Wire, wire

__all__ = ["Lane", "NotClaimed", "Pace", "Sender", "Ticket", "Wire", "wire"]
