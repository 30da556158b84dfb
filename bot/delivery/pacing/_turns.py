"""Whose turn it is: requests that wait for a slot, or for their chat."""

import asyncio
from collections.abc import Awaitable, Callable

from bot.delivery.pacing._limits import Limits, Turn
from bot.delivery.pacing._queue import Aside, Queue
from bot.delivery.pacing._window import NEVER, Outcome
from bot.delivery.ticket import Lane

_GRAIN = 0.004  # seconds; bulk is looked at no more often


class Turns:
    """Grants slots by lane, then to shares by turns, then by arrival, and passes over chats that
    take nothing.
    """

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
        self._queues = {
            (lane, is_paid): Queue()
            for lane in Lane
            for is_paid in ((False,) if lane is Lane.CONVERSATION else (True, False))
        }
        self._aside = Aside()
        self._needs_an_answer = False
        self._alarm: asyncio.Task[None] | None = None
        self._alarm_at = NEVER

    async def wait(self, turn: Turn) -> None:
        """Return with a slot taken; cancelled, leave none taken.

        Raises:
            RetryAfter: The chat stays closed for longer than anybody would wait.
        """
        turn.granted = asyncio.get_running_loop().create_future()
        queue = self._queue(turn)
        wakes_with_others = bool(queue) and self._alarm is not None
        queue.push(turn)
        if not wakes_with_others:
            self._grant()
        try:
            await turn.granted
        except asyncio.CancelledError:
            if not turn.granted.cancelled() and turn.granted.exception() is None:
                self.give_back(turn)  # it was granted in the same moment
            raise

    def give_back(self, turn: Turn) -> None:
        """Let the next one have a slot that was taken and is not used."""
        self._limits.give_back(turn, self._clock())
        self._answered(turn)
        self._grant()

    def settle(self, turn: Turn, outcome: Outcome, sent: float) -> None:
        """The request that took a slot is over."""
        if outcome is Outcome.NEVER_SENT:
            self.give_back(turn)
            return
        self._limits.settle(turn, outcome, sent, self._clock())
        if self._answered(turn) or self._needs_an_answer:
            self._grant()

    def stop(self) -> None:
        """Let the alarm go; what still waits then waits for answers only."""
        if self._alarm is not None:
            self._alarm.cancel()
            self._alarm = None

    def _queue(self, turn: Turn) -> Queue:
        return self._queues[turn.ticket.lane, turn.is_paid]

    def _answered(self, turn: Turn) -> bool:
        found = self._aside.answered(turn.chat)
        self._requeue(found)
        return bool(found)

    def _requeue(self, turns: list[Turn]) -> None:
        for turn in turns:
            self._queue(turn).push(turn)

    def _grant(self) -> None:
        now = self._clock()
        self._limits.ease(now)
        self._requeue(self._aside.due(now))
        self._needs_an_answer = False
        talk = self._queues[Lane.CONVERSATION, False]
        looks = [NEVER]
        for (lane, is_paid), queue in self._queues.items():
            is_bulk = lane is not Lane.CONVERSATION
            if queue and not (talk and is_bulk and not is_paid):  # who pays has slots of his own
                looks.append(self._serve(queue, is_bulk, is_paid, now))
        self._wake_at(min(self._aside.next_at, *looks))

    def _serve(self, queue: Queue, is_bulk: bool, is_paid: bool, now: float) -> float:
        """Grant what may go, and say when to look again."""
        while queue:
            at = self._limits.free_at(is_bulk, is_paid, now)
            if at > now:
                self._needs_an_answer |= at == NEVER
                return max(at, now + _GRAIN) if is_bulk else at
            turn = queue.pop()
            if not turn.granted.done():
                self._admit(turn, now)
        return NEVER

    def _admit(self, turn: Turn, now: float) -> None:
        refusal = self._limits.refusal(turn.chat, self._patience, now)
        at = self._limits.chat_free_at(turn, now)
        if refusal is not None:
            turn.granted.set_exception(refusal)
        elif at > now:
            self._aside.put(turn, at)
        else:
            self._limits.take(turn, now)
            turn.granted.set_result(None)

    def _wake_at(self, at: float) -> None:
        if self._alarm is not None and self._alarm_at <= at:
            return  # it rings soon enough, and looks again
        self.stop()
        if at < NEVER:
            self._alarm, self._alarm_at = asyncio.create_task(self._ring(at)), at

    async def _ring(self, at: float) -> None:
        await self._sleep(max(0.0, at - self._clock()))
        self._alarm = None
        self._grant()
