"""Cases: how they stand, how they end, and how a family ends them."""

from bot.services.cases._reached import Report
from bot.services.cases.outcomes import LONGEST, Outcomes, Preview
from bot.services.cases.petitions import Announcement, PetitionOutcomes
from bot.services.cases.service import Cases, Page, Told
from bot.services.cases.stopping import Reach, Stopping

__all__ = [
    "LONGEST",
    "Announcement",
    "Cases",
    "Outcomes",
    "Page",
    "PetitionOutcomes",
    "Preview",
    "Reach",
    "Report",
    "Stopping",
    "Told",
]
