"""The sliding second at the receiver, reckoned from here."""

from enum import Enum
from heapq import heappop, heappush

NEVER = float("inf")
MARGIN = 0.003  # seconds; clocks are not quite even

_ROUND_TRIPS = 32
_CERTAIN = 0.9
_UNEVEN = 0.25
_FAR_OFF = 4
_WEIGHT = 1 / 32


class Outcome(Enum):
    """What became of a request."""

    NEVER_SENT = "nothing reached Telegram"
    ANSWERED = "it arrived, and the answer came back"
    LOST = "it may arrive, or have arrived, and nobody will tell"


class Line:
    """What the round trips so far tell about the way to Telegram.

    When exactly a message arrives cannot be seen from here, but it is before its answer sets out.
    The way back of that answer and the way out of the next request lie between the two arrivals,
    so most of the shortest round trip need not be waited again: less of it, the more uneven the
    line is. Until enough round trips were seen, all is waited. A line of which one request in a
    hundred is suddenly much faster than any before is not foreseen.
    """

    def __init__(self) -> None:
        self._seen = 0
        self._shortest = NEVER
        self._mean = 0.0

    def counts_from(self, outcome: Outcome, sent: float, now: float) -> float:
        """From when a message's time is to be counted, for one that may have arrived."""
        if outcome is Outcome.LOST:  # cut off, it may even be on its way still
            return now + (self._shortest if self._seen else 0.0)
        self._note(now - sent)
        if self._seen < _ROUND_TRIPS:
            return now
        uneven = self._shortest - _UNEVEN * (self._mean - self._shortest)
        return now - max(0.0, min(_CERTAIN * self._shortest, uneven))

    def _note(self, round_trip: float) -> None:
        self._seen += 1
        self._shortest = min(self._shortest, round_trip)
        usual = min(round_trip, _FAR_OFF * self._shortest)  # one long silence says little
        self._mean += (usual - self._mean) * max(_WEIGHT, 1 / self._seen)


class Window:
    """A slot for each message that may arrive within a span, most often one second.

    A slot is busy while its request is on the wire, and then cools for the span. It may be booked
    a little before it is cool, by one who leaves when it is. Jitter costs a little speed and never
    brings one message too many.

    Times are seconds of any one monotonic clock.
    """

    def __init__(self, slots: int, span: float) -> None:
        self._on_the_wire = 0
        self._cooling: list[float] = []  # when each of the other busy slots is free again
        self.resize(slots, span)

    def resize(self, slots: int, span: float) -> None:
        """What is on the wire or cools already keeps its slot."""
        self._slots = slots
        self._span = span + MARGIN

    def free_at(self, now: float, reserve: int = 0, lead: float = 0) -> float:
        """When to ask again, or `now` if a slot can be taken, or booked `lead` seconds ahead.

        `reserve` slots are left free. Never, if it takes an answer first.
        """
        self._cool(now)
        over = self._on_the_wire + len(self._cooling) - (self._slots - reserve)
        if over < 0:
            return now
        if not self._cooling:
            return NEVER
        return max(now, self._cooling[0] - lead) if over == 0 else self._cooling[0]

    def is_idle(self, now: float) -> bool:
        """Nothing is on the wire, and nothing counts any more."""
        self._cool(now)
        return not self._on_the_wire and not self._cooling

    def take(self, now: float, reserve: int = 0) -> float:
        """Take the slot that is free now, or book the next; when its request may leave."""
        leaves_at = now
        if self._on_the_wire + len(self._cooling) >= self._slots - reserve:
            leaves_at = heappop(self._cooling)
        self._on_the_wire += 1
        return leaves_at

    def give_back(self, leaves_at: float) -> None:
        """Nobody sends: the one who waited has gone."""
        self._on_the_wire -= 1
        heappush(self._cooling, leaves_at)

    def settle(self, counts_from: float) -> None:
        """The request that took a slot is over, and may have arrived."""
        self._on_the_wire -= 1
        heappush(self._cooling, counts_from + self._span)

    def _cool(self, now: float) -> None:
        while self._cooling and self._cooling[0] <= now:
            heappop(self._cooling)
