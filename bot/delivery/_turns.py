"""Whose turn it is: requests that wait for a slot, or for their chat."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta
from heapq import heappop, heappush
from math import ceil

from telegram.error import RetryAfter

from bot.delivery._limits import Chat, Limits
from bot.delivery._window import NEVER, Outcome


@dataclass(order=True)
class Turn:
    """A place in the queue. Kept for a second try, it stays ahead of what came later."""

    lane: int
    arrival: int
    chat: Chat = field(compare=False)
    granted: asyncio.Future[None] = field(compare=False)


class Turns:
    """Grants slots by lane, then by arrival, and passes over chats that are closed."""

    def __init__(
        self,
        limits: Limits,
        clock: Callable[[], float],
        sleep: Callable[[float], Awaitable[None]],
        patience: float,
    ) -> None:
        self._limits = limits
        self._clock = clock
        self._sleep = sleep
        self._patience = patience
        self._waiting: list[Turn] = []
        self._opening: dict[Chat, float] = {}
        self._alarm: asyncio.Task[None] | None = None
        self._alarm_at = NEVER

    async def wait(self, lane: int, arrival: int, chat: Chat) -> None:
        """Return with a slot taken; cancelled, leave none taken.

        Raises:
            RetryAfter: The chat stays closed for longer than anybody would wait.
        """
        turn = Turn(lane, arrival, chat, asyncio.get_running_loop().create_future())
        heappush(self._waiting, turn)
        self.grant()
        try:
            await turn.granted
        except asyncio.CancelledError:
            if not turn.granted.cancelled() and turn.granted.exception() is None:
                self.give_back(chat)  # it was granted in the same moment
            raise

    def give_back(self, chat: Chat) -> None:
        """Let the next one have a slot that was taken and is not used."""
        self._limits.give_back(chat, self._clock())
        self.grant()

    def settle(self, chat: Chat, outcome: Outcome, sent: float) -> None:
        """The request that took a slot is over."""
        self._limits.settle(chat, outcome, sent, self._clock())

    def close(self, chat: Chat, seconds: float) -> None:
        """Let nobody write to this chat for so long, and no bulk to anybody."""
        now = self._clock()
        self._limits.halt(seconds, now)
        self._opening = {chat: at for chat, at in self._opening.items() if at > now}
        self._opening[chat] = max(now + seconds, self._opening.get(chat, now))

    def halted_for(self) -> float:
        """Seconds for which no bulk may go out; 0 when it may."""
        return self._limits.halted_for(self._clock())

    def grant(self) -> None:
        """Hand out what is free; to be called whenever a slot's state has changed."""
        now = self._clock()
        shut_out: list[Turn] = []
        while self._waiting and self._limits.free_at(now) <= now:
            if self._waiting[0].lane and self._limits.bulk_free_at(now) > now:
                break  # all others are bulk as well
            turn = heappop(self._waiting)
            if not turn.granted.done() and not self._admit(turn, now):
                shut_out.append(turn)
        self._wake_at(self._next_look(shut_out, now))
        for turn in shut_out:
            heappush(self._waiting, turn)

    def _admit(self, turn: Turn, now: float) -> bool:
        closed_for = self._opening.get(turn.chat, now) - now
        if closed_for > self._patience:
            turn.granted.set_exception(RetryAfter(timedelta(seconds=ceil(closed_for))))
        elif self._opens_at(turn, now) <= now:
            self._limits.take(turn.chat, now)
            turn.granted.set_result(None)
        return turn.granted.done()

    def _opens_at(self, turn: Turn, now: float) -> float:
        opening = self._opening.get(turn.chat, now)
        return max(opening, self._limits.chat_free_at(turn.chat, now)) if turn.lane else opening

    def _next_look(self, shut_out: list[Turn], now: float) -> float:
        moments = [self._opens_at(turn, now) for turn in shut_out]
        if self._waiting:
            is_bulk = self._waiting[0].lane > 0
            moments.append(self._limits.bulk_free_at(now) if is_bulk else now)
        return max(self._limits.free_at(now), min(moments, default=NEVER))

    def _wake_at(self, at: float) -> None:
        if self._alarm is not None and self._alarm_at <= at:
            return  # it rings soon enough, and looks again
        self.stop()
        if at < NEVER:
            self._alarm, self._alarm_at = asyncio.create_task(self._ring(at)), at

    async def _ring(self, at: float) -> None:
        await self._sleep(max(0.0, at - self._clock()))
        self._alarm = None
        self.grant()

    def stop(self) -> None:
        """Let the alarm go; what still waits then waits for answers only."""
        if self._alarm is not None:
            self._alarm.cancel()
            self._alarm = None
