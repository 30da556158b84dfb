"""Alerts and case updates: written, approved, scheduled, and stopped when need be."""

from bot.services.alerts._amending import begins, end, outcome_of, stands
from bot.services.alerts._desk import Desk
from bot.services.alerts.amendments import Amendments, Standing
from bot.services.alerts.approvals import COOLING_OFF, WAIT_ALONE, Approvals
from bot.services.alerts.control import TRIED_AGAIN, Control
from bot.services.alerts.drafts import Drafts, Overview, audience_of
from bot.services.alerts.moves import UNDER_WAY
from bot.services.alerts.pictures import Pictures
from bot.services.alerts.problems import Problem
from bot.services.alerts.schedule import Schedule
from bot.services.alerts.watch import Watch, Watching, can_be_amended
from bot.store.audiences import Count

__all__ = [
    "COOLING_OFF",
    "TRIED_AGAIN",
    "UNDER_WAY",
    "WAIT_ALONE",
    "Amendments",
    "Approvals",
    "Control",
    "Count",
    "Desk",
    "Drafts",
    "Overview",
    "Pictures",
    "Problem",
    "Schedule",
    "Standing",
    "Watch",
    "Watching",
    "audience_of",
    "begins",
    "can_be_amended",
    "end",
    "outcome_of",
    "stands",
]
