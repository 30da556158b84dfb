"""The ledger: one row for each recipient of an alert, and numbers for those who were erased."""

from bot.store.deliveries._claims import Record, Standing, claim, record, standing
from bot.store.deliveries._counts import fold, fold_ended_before, totals
from bot.store.deliveries._digests import note_read, part
from bot.store.deliveries._rows import (
    of_person,
    recipients,
    recover,
    release,
    retry,
    retry_amendment,
    skip_pending,
    skip_person,
)
from bot.store.deliveries._sends import finish, is_frozen, is_open, rests, sending, touch

__all__ = [
    "Record",
    "Standing",
    "claim",
    "finish",
    "fold",
    "fold_ended_before",
    "is_frozen",
    "is_open",
    "note_read",
    "of_person",
    "part",
    "recipients",
    "record",
    "recover",
    "release",
    "rests",
    "retry",
    "retry_amendment",
    "sending",
    "skip_pending",
    "skip_person",
    "standing",
    "totals",
    "touch",
]
