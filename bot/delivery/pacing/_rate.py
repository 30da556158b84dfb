"""One allowance of messages a second, and bulk's even pace within it."""

from bot.delivery.pacing._window import NEVER, Window

_CATCH_UP = 0.04  # seconds by which bulk may catch up when it was held off
_RESERVE = 250  # of so many slots one is for conversation; a slower rate has its gaps for it


class Rate:
    """Bulk leaves one by one, evenly, and steps back for each message of a conversation, so that
    whoever talks with the bot never meets a second that is used up.
    """

    def __init__(self, per_second: float, reserve: int = 0) -> None:
        """At least `reserve` slots are left to conversation."""
        self._full = per_second
        self._least_reserve = reserve
        self._share = 1.0
        self._next_bulk = -NEVER
        self.window = Window(1, 1)
        self._resize()

    @property
    def allowed(self) -> float:
        """Messages per second at present."""
        return self._full * self._share

    def ease(self, share: float) -> None:
        if share != self._share:
            self._share = share
            self._resize()

    def free_at(self, is_bulk: bool, now: float, lead: float) -> float:
        """When to ask again, or `now`; see `Window.free_at`."""
        if not is_bulk:
            return self.window.free_at(now)
        return max(self._next_bulk, self.window.free_at(now, self._reserve, lead))

    def take(self, is_bulk: bool, now: float) -> float:
        """When the one that takes it may leave."""
        self._next_bulk = max(self._next_bulk, now - _CATCH_UP) + self._step
        return self.window.take(now, self._reserve if is_bulk else 0)

    def give_back(self, leaves_at: float) -> None:
        self._next_bulk -= self._step
        self.window.give_back(leaves_at)

    def _resize(self) -> None:
        slots = max(1, int(self.allowed))
        self._step = 1 / self.allowed
        self._reserve = min(slots - 1, max(self._least_reserve, slots // _RESERVE))
        self.window.resize(slots, max(1.0, self._step))
