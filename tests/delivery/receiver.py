"""Telegram as a limiter sees it: a way out, a count, a way back."""

import asyncio
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterable
from itertools import count
from typing import Any

from bot.delivery import Lane, Pace, Ticket
from bot.telegram_http import NeverSent
from tests.delivery.virtual import now

_strangers = count(1_000_000)


class Receiver:
    """Notes what was tried, and when it arrived, even if nobody waits for the answer any more."""

    def __init__(self, pace: Pace, out: Callable[[], float], back: Callable[[], float]) -> None:
        self.pace = pace
        self.out = out
        self.back = back
        self.arrivals: list[float] = []
        self.texts: list[object] = []
        self.reached: dict[int | None, list[float]] = defaultdict(list)

    async def send(
        self,
        text: object = "",
        *answers: Exception | None,
        chat: int | None = 0,
        method: str = "sendMessage",
        lane: Lane | None = None,
        claim: Callable[[], Awaitable[bool]] | None = None,
        is_paid: bool = False,
        share: int = 0,
    ) -> Any:
        """Send, to somebody new if no chat is given.

        The answers come one after the other, the last (or success) for good.
        """
        script = list(answers) or [None]
        chat = next(_strangers) if chat == 0 else chat

        async def request(endpoint: str, data: dict[str, Any]) -> bool:
            answer = script.pop(0) if len(script) > 1 else script[0]
            self.texts.append(text)
            out = self.out()
            if not isinstance(answer, NeverSent):
                arrival = now() + out
                asyncio.get_running_loop().call_at(arrival, self._arrive, chat, arrival)
            await asyncio.sleep(out + self.back())
            if answer is not None:
                raise answer
            return True

        data = {} if chat is None else {"chat_id": chat}
        ticket = None if lane is None else Ticket(lane, claim, is_paid, share)
        return await self.pace.process_request(request, (method, data), {}, method, data, ticket)

    def _arrive(self, chat: int | None, at: float) -> None:
        self.arrivals.append(at)
        self.reached[chat].append(at)


def most_in(seconds: float, moments: Iterable[float]) -> int:
    """The fullest span of so many seconds that can be laid over these moments."""
    ordered = sorted(moments)
    return max((bisect_left(ordered, at + seconds) - n for n, at in enumerate(ordered)), default=0)


def most_in_a_second(moments: Iterable[float]) -> int:
    return most_in(1, moments)
