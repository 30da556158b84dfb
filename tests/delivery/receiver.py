"""Telegram as a limiter sees it: a way out, a count, a way back."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from typing import Any

from bot.delivery import Lane, Pace, Ticket
from bot.telegram_http import NeverSent
from tests.delivery.virtual import now


class Receiver:
    """Notes what was tried, and when it arrived, even if nobody waits for the answer any more."""

    def __init__(self, pace: Pace, out: Callable[[], float], back: Callable[[], float]) -> None:
        self.pace = pace
        self.out = out
        self.back = back
        self.arrivals: list[float] = []
        self.texts: list[object] = []

    async def send(
        self,
        text: object = "",
        *answers: Exception | None,
        chat: int | None = 5,
        method: str = "sendMessage",
        lane: Lane | None = None,
        claim: Callable[[], Awaitable[bool]] | None = None,
    ) -> Any:
        """Send; the answers come one after the other, the last (or success) for good."""
        script = list(answers) or [None]

        async def request(endpoint: str, data: dict[str, Any]) -> bool:
            answer = script.pop(0) if len(script) > 1 else script[0]
            self.texts.append(text)
            out = self.out()
            if not isinstance(answer, NeverSent):
                arrival = now() + out
                asyncio.get_running_loop().call_at(arrival, self.arrivals.append, arrival)
            await asyncio.sleep(out + self.back())
            if answer is not None:
                raise answer
            return True

        data = {} if chat is None else {"chat_id": chat}
        ticket = None if lane is None else Ticket(lane, claim)
        return await self.pace.process_request(request, (method, data), {}, method, data, ticket)


def most_in_a_second(moments: Iterable[float]) -> int:
    """The fullest second that can be laid over these moments."""
    ordered = sorted(moments)
    return max(
        (sum(start <= moment < start + 1 for moment in ordered) for start in ordered), default=0
    )
