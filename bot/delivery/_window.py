"""The sliding second at the receiver, reckoned from here."""

from enum import Enum
from heapq import heappop, heappush

NEVER = float("inf")

_ROUND_TRIPS = 32
_SHARE = 0.9
_MARGIN = 0.003  # seconds


class Outcome(Enum):
    """What became of a request."""

    NEVER_SENT = "nothing reached Telegram"
    ANSWERED = "it arrived, and the answer came back"
    LOST = "it may arrive, or have arrived, and nobody will tell"


class Window:
    """A slot for each message that may arrive within a span, most often one second.

    When exactly a message arrives cannot be seen from here, but it is before its answer sets out.
    So a slot is busy while its request is on the wire, and then for the span from the answer; the
    way back of this answer and the way out of the next request lie within that span as well, so
    most of the shortest round trip is taken off. Until enough round trips were seen, nothing is.
    Jitter costs a little speed and never brings one message too many.

    Times are seconds of any one monotonic clock.
    """

    def __init__(self, slots: int, span: float) -> None:
        self._slots = slots
        self._span = span + _MARGIN
        self._on_the_wire = 0
        self._cooling: list[float] = []  # when each of the other busy slots is free again
        self._round_trips = 0
        self._shortest = NEVER

    def free_at(self, now: float) -> float:
        """When a slot is next known to be free: now, later, or never unless an answer comes."""
        self._cool(now)
        busy = self._on_the_wire + len(self._cooling)
        if busy < self._slots:
            return now
        return self._cooling[0] if self._cooling else NEVER

    def is_idle(self, now: float) -> bool:
        """Nothing is on the wire, and nothing counts any more."""
        self._cool(now)
        return not self._on_the_wire and not self._cooling

    def take(self) -> None:
        self._on_the_wire += 1

    def give_back(self) -> None:
        """Nobody sends: the one who waited has gone."""
        self._on_the_wire -= 1

    def settle(self, outcome: Outcome, sent: float, now: float) -> None:
        """The request that took a slot is over."""
        self._on_the_wire -= 1
        if outcome is Outcome.ANSWERED:
            self._round_trips += 1
            self._shortest = min(self._shortest, now - sent)
            settled = self._round_trips >= _ROUND_TRIPS
            heappush(self._cooling, now + self._span - settled * _SHARE * self._shortest)
        elif outcome is Outcome.LOST:  # cut off, it may even be on its way still
            on_its_way = self._shortest if self._round_trips else 0.0
            heappush(self._cooling, now + self._span + on_its_way)

    def _cool(self, now: float) -> None:
        while self._cooling and self._cooling[0] <= now:
            heappop(self._cooling)
