"""Whose turn it is: requests that wait for a slot, or for their chat."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta
from heapq import heappop, heappush
from math import ceil

from telegram.error import RetryAfter

from bot.delivery._window import NEVER, Window

Chat = int | str | None
"""Inline messages have none; they count as one chat."""


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
        window: Window,
        clock: Callable[[], float],
        sleep: Callable[[float], Awaitable[None]],
        patience: float,
    ) -> None:
        self._window = window
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
                self._window.give_back()  # it was granted in the same moment
                self.grant()
            raise

    def close(self, chat: Chat, seconds: float) -> None:
        """Let nobody write to this chat for so long."""
        now = self._clock()
        self._opening = {chat: at for chat, at in self._opening.items() if at > now}
        self._opening[chat] = max(now + seconds, self._opening.get(chat, now))

    def grant(self) -> None:
        """Hand out what is free; to be called whenever a slot's state has changed."""
        now = self._clock()
        shut_out: list[Turn] = []
        while self._waiting and self._window.free_at(now) <= now:
            turn = heappop(self._waiting)
            if turn.granted.done():  # it was cancelled
                continue
            if not self._admit(turn, now):
                shut_out.append(turn)
        if self._waiting:
            self._wake_at(self._window.free_at(now))
        else:
            self._wake_at(min((self._opening[turn.chat] for turn in shut_out), default=NEVER))
        for turn in shut_out:
            heappush(self._waiting, turn)

    def _admit(self, turn: Turn, now: float) -> bool:
        closed_for = self._opening.get(turn.chat, now) - now
        if closed_for <= 0:
            self._window.take()
            turn.granted.set_result(None)
        elif closed_for > self._patience:
            turn.granted.set_exception(RetryAfter(timedelta(seconds=ceil(closed_for))))
        return turn.granted.done()

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
