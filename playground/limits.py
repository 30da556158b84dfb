"""How many messages a bot may send in which time, by the real clock."""

import math
import time
from collections import defaultdict, deque
from collections.abc import Callable

from playground.wire import Request, too_many_requests

SECOND, MINUTE = 1.0, 60.0
PAID_RATE = 1000
COUNTED = frozenset(
    {
        "sendmessage",
        "sendphoto",
        "senddocument",
        "sendmediagroup",
        "copymessage",
        "forwardmessage",
        "editmessagetext",
        "editmessagecaption",
        "editmessagemedia",
        "editmessagereplymarkup",
    }
)


class Window:
    """Counts what happened within the last `span` seconds."""

    def __init__(self, span: float) -> None:
        self._span = span
        self._times: deque[float] = deque()

    def room_in(self, most: int, now: float) -> float:
        """Seconds until one more fits; zero or less when it fits now."""
        while self._times and self._times[0] <= now - self._span:
            self._times.popleft()
        if len(self._times) < most:
            return 0
        return self._times[len(self._times) - most] + self._span - now

    def add(self, now: float) -> None:
        self._times.append(now)


class Burst:
    """One each second in the long run, and `most` at once after as many quiet seconds."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._paid_back = 0.0  # when all that was sent will have had its second

    def room_in(self, now: float) -> float:
        """Seconds until one more fits; zero or less when it fits now."""
        return self._paid_back - now - (self._most - 1) * SECOND

    def add(self, now: float) -> None:
        self._paid_back = max(self._paid_back, now) + SECOND


class Limits:
    """What a bot may send; refused requests do not count.

    Over all chats `rate` messages in any second, and 1000 together with those that are paid for.
    In any minute `group_rate` to each group. To each person one a second, with short bursts of
    `private_burst`; None leaves private chats without a limit of their own.
    """

    def __init__(
        self,
        rate: int,
        group_rate: int,
        monotonic: Callable[[], float] = time.monotonic,
        private_burst: int | None = None,
    ) -> None:
        self.rate = rate
        self.group_rate = group_rate
        self.private_burst = private_burst
        self._now = monotonic
        self._free = Window(SECOND)
        self._all = Window(SECOND)
        self._groups: defaultdict[int, Window] = defaultdict(lambda: Window(MINUTE))
        self._people: dict[int, Burst] = {}

    def check(self, request: Request) -> None:
        """Raise 429 with `retry_after` in whole seconds when the message does not fit."""
        if request.method.lower() not in COUNTED:
            return
        now = self._now()
        wait = max(self._wait_of_all(request, now), self._wait_of_chat(request, now))
        if wait > 0:
            raise too_many_requests(math.ceil(wait))

    def count(self, request: Request, messages: int = 1) -> None:
        if request.method.lower() not in COUNTED:
            return
        now, chat_id = self._now(), request.integer("chat_id")
        for _ in range(messages):
            self._all.add(now)
            if not request.flag("allow_paid_broadcast"):
                self._free.add(now)
            if chat_id < 0:
                self._groups[chat_id].add(now)
            elif self.private_burst:
                self._person(chat_id, self.private_burst).add(now)

    def _wait_of_all(self, request: Request, now: float) -> float:
        wait = self._all.room_in(max(self.rate, PAID_RATE), now)
        if request.flag("allow_paid_broadcast"):
            return wait
        return max(wait, self._free.room_in(self.rate, now))

    def _wait_of_chat(self, request: Request, now: float) -> float:
        chat_id = request.integer("chat_id")
        if chat_id < 0:
            return self._groups[chat_id].room_in(self.group_rate, now)
        if not self.private_burst:
            return 0
        return self._person(chat_id, self.private_burst).room_in(now)

    def _person(self, chat_id: int, burst: int) -> Burst:
        return self._people.setdefault(chat_id, Burst(burst))
