"""The one limiter that every request to Telegram passes."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Coroutine
from datetime import timedelta
from functools import partial
from itertools import count
from math import ceil
from typing import Any, TypeVar

from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    RetryAfter,
)
from telegram.ext import BaseRateLimiter

from bot.delivery.pacing import USUAL, Bounds, Chat, Limits, Outcome, Turn, Turns
from bot.delivery.ticket import Lane, NotClaimed, Ticket
from bot.telegram_http import NeverSent

_MESSAGES = ("send", "copy", "forward", "edit")
_ANSWERS = (BadRequest, ChatMigrated, Conflict, Forbidden, InvalidToken)
_CONVERSATION = Ticket()

Sent = TypeVar("Sent")
Answer = bool | dict[str, Any] | list[dict[str, Any]]


class Pace(BaseRateLimiter[Ticket]):
    """At most `messages_per_second` arrive at Telegram in any second, and `paid_per_second`
    together with those that are paid for; without the latter, paid ones are as the others.

    What puts a message before people (send, copy, forward, edit) waits for its turn, and for its
    chat, which takes one a second after a short burst, a group twenty a minute; answers to taps,
    deletions, "typing …" and questions do not. `rate_limit_args` is a ticket; without one a
    request is conversation.

    When Telegram says "retry after", the request waits that long and goes again, and so do the
    others to this chat, in their order; conversation with other chats goes on, and bulk stands
    still. A wait beyond `patience` is not waited but raised, since
    it would hold up whoever asked. A request that never left goes again too. One whose answer was
    lost does not: it may have arrived. Bulk is tried once only: what became of it is for the ledger
    to know. Who is told so again and again sends less for a while.

    Tests give `bounds`, and `clock` and `sleep`, both in seconds.
    """

    def __init__(
        self,
        messages_per_second: float,
        paid_per_second: float | None = None,
        *,
        attempts: int = 3,
        patience: timedelta = timedelta(seconds=60),
        bounds: Bounds = USUAL,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._attempts = attempts
        self._patience = patience.total_seconds()
        self._clock = clock
        self._sleep = sleep
        self._arrivals = count()
        self._limits = Limits(messages_per_second, paid_per_second, bounds)
        self._turns = Turns(self._limits, clock, sleep, self._patience)

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        self._turns.stop()

    @property
    def rate(self) -> float:
        """Messages a second that are allowed at present."""
        self._limits.ease(self._clock())
        return self._limits.free.allowed

    @property
    def paid_rate(self) -> float:
        """The same for all messages together, if those beyond `rate` are paid for."""
        self._limits.ease(self._clock())
        return self._limits.paid.allowed

    def halted_for(self) -> float:
        """Seconds for which bulk still stands, because Telegram said so; 0 when it does not."""
        return self._limits.floods.halted_for(self._clock())

    async def send(
        self, ticket: Ticket, chat: Chat, request: Callable[[], Coroutine[Any, Any, Sent]]
    ) -> Sent:
        """Make a request when its turn has come and its claim is granted, and once only.

        The turn comes a little early, by as much as claims usually take.

        Raises:
            NotClaimed: The claim said no. Nothing went out.
            RetryAfter: Telegram says so; or had said so as the claim was granted, and nothing
                went out.
            Exception: What the claim or the request raises.
        """
        return await self._once(self._turn(ticket, chat), request)

    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, Answer]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: Ticket | None,
    ) -> Answer:
        """Raises:
        NotClaimed: The ticket's claim said no.
        TelegramError: As without a limiter.
        """
        ticket, chat = rate_limit_args or _CONVERSATION, data.get("chat_id")
        request = partial(callback, *args, **kwargs)
        is_message = endpoint.startswith(_MESSAGES) and endpoint != "sendChatAction"
        if ticket.lane is not Lane.CONVERSATION:
            once = self.send(ticket, chat, request) if is_message else self._told(chat, request)
            return await once
        if is_message:
            attempt = partial(self._once, self._turn(ticket, chat), request)
            return await self._persist(attempt, waits_itself=True)
        return await self._persist(partial(self._told, chat, request), waits_itself=False)

    async def _persist(
        self, attempt: Callable[[], Coroutine[Any, Any, Answer]], *, waits_itself: bool
    ) -> Answer:
        for tries in range(1, self._attempts):
            try:
                return await attempt()
            except RetryAfter as error:
                pause = _seconds(error)
                if pause > self._patience:
                    raise
                if waits_itself:
                    continue  # for its chat, in its old place
            except NeverSent:
                pause = tries
            await self._sleep(pause)
        return await attempt()

    async def _once(self, turn: Turn, request: Callable[[], Coroutine[Any, Any, Sent]]) -> Sent:
        await self._may_leave(turn)
        return await self._counted(request, turn)

    async def _told(self, chat: Chat, request: Callable[[], Coroutine[Any, Any, Answer]]) -> Answer:
        """A request that does not wait; but what Telegram says to it is for all."""
        try:
            return await request()
        except RetryAfter as error:
            self._limits.floods.refuse(chat, _seconds(error), self._clock())
            raise

    def _turn(self, ticket: Ticket, chat: Chat) -> Turn:
        is_paid = ticket.is_paid and self._limits.takes_payment
        return Turn(ticket, chat, next(self._arrivals), is_paid)

    async def _may_leave(self, turn: Turn) -> None:
        """Return when the claim is granted and the slot is free; otherwise leave none taken.

        Raises:
            NotClaimed: The claim said no.
            RetryAfter: The claim stands, and meanwhile Telegram has told bulk to wait.
        """
        await self._turns.wait(turn)
        while turn.is_bulk and self.halted_for():  # since the turn was granted
            self._turns.give_back(turn)
            await self._turns.wait(turn)
        may_go = False
        try:
            await self._claimed(turn)
            if (pause := turn.leaves_at - self._clock()) > 0:
                await self._sleep(pause)
            if turn.is_bulk and (halt := self.halted_for()):
                raise RetryAfter(timedelta(seconds=ceil(halt)))
            may_go = True
        finally:
            if not may_go:
                self._turns.give_back(turn)

    async def _claimed(self, turn: Turn) -> None:
        claim = turn.ticket.claim
        if claim is None:
            return
        asked = self._clock()
        is_granted = await claim()
        self._limits.note_claim(self._clock() - asked)
        if not is_granted:
            raise NotClaimed

    async def _counted(self, request: Callable[[], Coroutine[Any, Any, Sent]], turn: Turn) -> Sent:
        """Keep the slot for as long as the message may still count, however the request ends."""
        sent = self._clock()
        outcome = Outcome.LOST
        try:
            answer = await request()
        except NeverSent:
            outcome = Outcome.NEVER_SENT
            raise
        except RetryAfter as error:
            outcome = Outcome.ANSWERED
            self._limits.floods.refuse(turn.chat, _seconds(error), self._clock())
            raise
        except _ANSWERS:
            outcome = Outcome.ANSWERED
            raise
        else:
            outcome = Outcome.ANSWERED
            return answer
        finally:
            self._turns.settle(turn, outcome, sent)


def _seconds(error: RetryAfter) -> float:
    """PTB gives a number or a timedelta, as the environment says."""
    declared = error.retry_after
    return declared.total_seconds() if isinstance(declared, timedelta) else declared
