"""One allowance of messages a second, and bulk's even pace within it."""

from bot.delivery.pacing._window import NEVER, Window

_CATCH_UP = 0.04  # seconds by which bulk may catch up when it was held off
_SPARE = 250  # of so many slots bulk leaves one free at any time
_TALKING = 10.0  # seconds after its last message for which somebody is taken to be there


class Rate:
    """Bulk leaves one by one, evenly, and steps back for each message of a conversation, so that
    whoever talks with the bot never meets a second that is used up.

    Conversation has a reserve besides. A rate of hundreds leaves it a few slots free. To a slower
    one a slot is dear: it is kept while people talk, and whoever takes it uses it up for a second;
    bulk has all when nobody is there.
    """

    def __init__(self, per_second: float, spare: int = 0) -> None:
        """At least `spare` slots are left free by bulk."""
        self._full = per_second
        self._least_spare = spare
        self._talked_at = -NEVER
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
        return max(self._next_bulk, self.window.free_at(now, self._reserve(now), lead))

    def take(self, is_bulk: bool, now: float) -> float:
        """When the one that takes it may leave."""
        if not is_bulk:
            self._talked_at = now
        self._next_bulk = max(self._next_bulk, now - _CATCH_UP) + self._step
        return self.window.take(now, self._reserve(now) if is_bulk else 0)

    def give_back(self, leaves_at: float) -> None:
        self._next_bulk -= self._step
        self.window.give_back(leaves_at)

    def _reserve(self, now: float) -> int:
        if self._spare or self._slots == 1:
            return self._spare
        return int(self._span < now - self._talked_at < _TALKING)

    def _resize(self) -> None:
        self._slots = max(1, int(self.allowed))
        self._step = 1 / self.allowed
        self._span = max(1.0, self._step)
        self._spare = min(self._slots - 1, max(self._least_spare, self._slots // _SPARE))
        self.window.resize(self._slots, self._span)
