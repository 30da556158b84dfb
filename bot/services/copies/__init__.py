"""The database and its copies: only one may send, and none forgets who wants to be left alone."""

from bot.services.copies.missed import Missed
from bot.services.copies.service import Copies, Copy

__all__ = ["Copies", "Copy", "Missed"]
