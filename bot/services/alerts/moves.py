"""Which state an alert may go to from which: the one table that decides."""

from collections.abc import Mapping

from bot.models import AlertState

DRAFT, WAITING, APPROVED = AlertState.DRAFT, AlertState.WAITING, AlertState.APPROVED
SENDING, PAUSED, HELD = AlertState.SENDING, AlertState.PAUSED, AlertState.HELD
FINISHED, CANCELLED, EXPIRED = AlertState.FINISHED, AlertState.CANCELLED, AlertState.EXPIRED

LEGAL: Mapping[AlertState, frozenset[AlertState]] = {
    DRAFT: frozenset({WAITING}),
    WAITING: frozenset({DRAFT, APPROVED, CANCELLED, EXPIRED}),
    APPROVED: frozenset({DRAFT, SENDING, HELD, CANCELLED, EXPIRED}),
    SENDING: frozenset({PAUSED, HELD, FINISHED, CANCELLED, EXPIRED}),
    PAUSED: frozenset({SENDING, CANCELLED, EXPIRED}),
    HELD: frozenset({APPROVED, SENDING, CANCELLED, EXPIRED}),
    FINISHED: frozenset({SENDING}),  # to those whom it failed to reach
    CANCELLED: frozenset(),
    EXPIRED: frozenset(),
}
EDITABLE = frozenset({DRAFT, WAITING, APPROVED})
UNDER_WAY = frozenset({WAITING, APPROVED, SENDING, PAUSED, HELD})
"""What the admin group watches."""


def origins(state: AlertState) -> frozenset[AlertState]:
    """The states from which one may come here."""
    return frozenset(origin for origin, goals in LEGAL.items() if state in goals)
