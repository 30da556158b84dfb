"""Letters that people write themselves: counted without content, and one reminder if asked for."""

from bot.services.letters.reminders import Reminders, Told
from bot.services.letters.service import REMINDER, LetterCard, Letters

__all__ = ["REMINDER", "LetterCard", "Letters", "Reminders", "Told"]
