"""A person writes to the team and the team answers, and nobody sees her account."""

from bot.services.contact.aliases import on_top_of
from bot.services.contact.service import LONGEST, MOST, Contact

__all__ = ["LONGEST", "MOST", "Contact", "on_top_of"]
