"""Alerts and case updates: written, approved, scheduled, and stopped when need be."""

from bot.services.alerts._desk import Desk
from bot.services.alerts.approvals import Approvals
from bot.services.alerts.control import Control
from bot.services.alerts.drafts import Drafts, Overview
from bot.services.alerts.problems import Problem
from bot.services.alerts.schedule import Schedule
from bot.services.alerts.watch import Watch, Watching
from bot.store.audiences import Count

__all__ = [
    "Approvals",
    "Control",
    "Count",
    "Desk",
    "Drafts",
    "Overview",
    "Problem",
    "Schedule",
    "Watch",
    "Watching",
]
