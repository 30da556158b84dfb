"""Petitions: how they come to be and end, who may sign when, and how a signature is taken back."""

from bot.services.petitions.desk import Listed, PetitionDesk
from bot.services.petitions.drafts import PetitionDrafts
from bot.services.petitions.entries import MOST, clean_words, read_goal
from bot.services.petitions.names import MAX_NAME, clean_name, profile_name
from bot.services.petitions.papers import FIELDS, Lack, Page, Papers, latest
from bot.services.petitions.service import Card, Petitions, Signed

__all__ = [
    "FIELDS",
    "MAX_NAME",
    "MOST",
    "Card",
    "Lack",
    "Listed",
    "Page",
    "Papers",
    "PetitionDesk",
    "PetitionDrafts",
    "Petitions",
    "Signed",
    "clean_name",
    "clean_words",
    "latest",
    "profile_name",
    "read_goal",
]
