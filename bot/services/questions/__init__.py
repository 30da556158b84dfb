"""Questions that people passed on: kept without an id, gathered by meaning, and answered."""

from bot.services.questions._drafts import Draft, Hints
from bot.services.questions._groups import Group, Wording
from bot.services.questions._masking import kept_words
from bot.services.questions._neighbours import marked
from bot.services.questions._proposing import Offered
from bot.services.questions.service import MOST, Overview, Questions

__all__ = [
    "MOST",
    "Draft",
    "Group",
    "Hints",
    "Offered",
    "Overview",
    "Questions",
    "Wording",
    "kept_words",
    "marked",
]
