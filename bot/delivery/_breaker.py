"""Ends a send that fails too often, before it has used up the audience."""

from collections import deque

from bot.delivery.outcomes import Meaning
from bot.models import DeliveryState, Reason

_LATEST = 200  # outcomes that are looked at
_SHARE = 0.05  # of them
_IN_A_ROW = 20
_WELL_KNOWN = frozenset({Reason.BLOCKED, Reason.DEACTIVATED, Reason.NOT_STARTED, Reason.GONE})
"""Telegram's 403, and messages that people deleted: nothing is wrong with the send."""


class Breaker:
    """Open for good once it is; a send that is resumed has a new one."""

    def __init__(self) -> None:
        self._latest: deque[bool] = deque(maxlen=_LATEST)
        self._in_a_row = 0
        self.is_open = False

    def note(self, found: Meaning) -> None:
        """What waits for another try is no outcome yet."""
        if found.state is DeliveryState.PENDING:
            return
        is_error = found.state is not DeliveryState.SENT and found.reason not in _WELL_KNOWN
        self._latest.append(is_error)
        self._in_a_row = self._in_a_row + 1 if is_error else 0
        is_full = len(self._latest) == _LATEST
        self.is_open |= self._in_a_row >= _IN_A_ROW or (
            is_full and sum(self._latest) >= _SHARE * _LATEST
        )
