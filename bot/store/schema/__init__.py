"""The tables as they are now; `migrations/` says how they came to be.

A column marked `PERSON` holds something about a person: /mydata shows it, /forgetme erases its
row, and a test names each of them, so that none comes in unnoticed.
"""

from bot.store.schema._alerts import alert_authors, alert_texts, alerts, deliveries, tallies
from bot.store.schema._audit import audit
from bot.store.schema._cases import case_endings
from bot.store.schema._chains import signature_chain
from bot.store.schema._house import about, content_changes, handled_updates, notices, questions
from bot.store.schema._letters import letter_counts, letter_reminders, letter_writers
from bot.store.schema._people import (
    choices,
    contact_bans,
    dialogs,
    languages,
    last_read,
    preferences,
    quiet_times,
    relays,
    staff,
    staff_links,
    supporters,
)
from bot.store.schema._petitions import (
    petition_texts,
    petition_writings,
    petitions,
    signatures,
)
from bot.store.schema._shares import ended_links, share_links, share_visits
from bot.store.schema._types import metadata

__all__ = [
    "about",
    "alert_authors",
    "alert_texts",
    "alerts",
    "audit",
    "case_endings",
    "choices",
    "contact_bans",
    "content_changes",
    "deliveries",
    "dialogs",
    "ended_links",
    "handled_updates",
    "languages",
    "last_read",
    "letter_counts",
    "letter_reminders",
    "letter_writers",
    "metadata",
    "notices",
    "petition_texts",
    "petition_writings",
    "petitions",
    "preferences",
    "questions",
    "quiet_times",
    "relays",
    "share_links",
    "share_visits",
    "signature_chain",
    "signatures",
    "staff",
    "staff_links",
    "supporters",
    "tallies",
]
