"""Updates in: confirmed after they were handled, in order for each person."""

from bot.intake._source import TokenRejected
from bot.intake.polling import Intake

__all__ = ["Intake", "TokenRejected"]
