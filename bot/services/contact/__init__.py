"""A person writes to the team and the team answers, and nobody sees her account."""

from bot.services.contact.service import Contact, Standing

__all__ = ["Contact", "Standing"]
