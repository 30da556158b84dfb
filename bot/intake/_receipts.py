"""Which updates Telegram still keeps for us, and what may be confirmed."""


class Receipts:
    """Telegram forgets what lies below an offset, so all below it must have been handled.

    Ids are only ever compared among updates that are not confirmed yet: after a quiet week they
    start again anywhere, even lower.
    """

    def __init__(self) -> None:
        self._unhandled: set[int] = set()
        self._handled: set[int] = set()  # and not confirmed

    @property
    def in_flight(self) -> bool:
        return bool(self._unhandled)

    @property
    def unhandled(self) -> frozenset[int]:
        return frozenset(self._unhandled)

    @property
    def offset(self) -> int | None:
        """Where the next poll begins; None when there is nothing to confirm or to pass over."""
        if self._unhandled:
            return min(self._unhandled)
        return max(self._handled) + 1 if self._handled else None

    def take(self, update_id: int) -> bool:
        """Note an update that came; tells whether it is new."""
        if update_id in self._unhandled or update_id in self._handled:
            return False
        self._unhandled.add(update_id)
        return True

    def handled(self, update_id: int) -> None:
        self._unhandled.discard(update_id)
        self._handled.add(update_id)

    def confirmed(self, offset: int | None) -> None:
        """Telegram has answered a poll with this offset."""
        if offset is not None:
            self._handled = {done for done in self._handled if done >= offset}
