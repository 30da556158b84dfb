"""Small talk, questions about the bot itself, and what is honestly not covered."""

from typing import Literal

from bot.content.texts import Entry

Action = Literal[
    "petitions", "mysignatures", "privacy", "mydata", "forgetme",
    "alerts", "stop", "help", "ask", "contact", "cases", "settings",
]  # fmt: skip


class SmallTalk(Entry):
    """`content/<language>/smalltalk/<id>.md`."""


class Meta(Entry):
    """`content/<language>/meta/<id>.md`; `action` is the command that a button offers."""

    action: Action | None = None


class NotCovered(Entry):
    """`content/<language>/not_covered/<id>.md`: ranked like a passage, answered with a decline."""
