"""Texts while the bot runs: read again, corrected and reviewed from the chat."""

from bot.services.content._folder import LARGEST, Folder
from bot.services.content._scribe import FolderClosed, Outcome
from bot.services.content.changes import WAIT_ALONE, Changes, Proposal
from bot.services.content.press import Make, Press, Reprint

__all__ = [
    "LARGEST",
    "WAIT_ALONE",
    "Changes",
    "Folder",
    "FolderClosed",
    "Make",
    "Outcome",
    "Press",
    "Proposal",
    "Reprint",
]
