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


class Limits:
    """`rate` messages in any second over all chats, `group_rate` in any minute for each group.

    Refused requests do not count. Private chats have no limit of their own, since Telegram
    tolerates short bursts.
    """

    def __init__(
        self, rate: int, group_rate: int, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self.rate = rate
        self.group_rate = group_rate
        self._now = monotonic
        self._all = Window(SECOND)
        self._groups: defaultdict[int, Window] = defaultdict(lambda: Window(MINUTE))

    def check(self, request: Request) -> None:
        """Raise 429 with `retry_after` in whole seconds when the message does not fit."""
        if request.method.lower() not in COUNTED:
            return
        now = self._now()
        rate = PAID_RATE if request.flag("allow_paid_broadcast") else self.rate
        wait = self._all.room_in(rate, now)
        chat_id = request.integer("chat_id")
        if chat_id < 0:
            wait = max(wait, self._groups[chat_id].room_in(self.group_rate, now))
        if wait > 0:
            raise too_many_requests(math.ceil(wait))

    def count(self, request: Request, messages: int = 1) -> None:
        if request.method.lower() not in COUNTED:
            return
        now = self._now()
        chat_id = request.integer("chat_id")
        for _ in range(messages):
            self._all.add(now)
            if chat_id < 0:
                self._groups[chat_id].add(now)
