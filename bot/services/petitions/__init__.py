"""Petitions: who may sign when, which number a signature gets, and how it is taken back."""

from bot.services.petitions.names import MAX_NAME, clean_name, profile_name
from bot.services.petitions.service import Card, Petitions, Signed

__all__ = ["MAX_NAME", "Card", "Petitions", "Signed", "clean_name", "profile_name"]
