"""The one limiter that every request to Telegram passes."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Coroutine
from datetime import timedelta
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

from bot.delivery._limits import Chat, Limits
from bot.delivery._turns import Turns
from bot.delivery._window import Outcome
from bot.delivery.ticket import Lane, NotClaimed, Ticket
from bot.telegram_http import NeverSent

_MESSAGES = ("send", "copy", "forward", "edit")
_ANSWERS = (BadRequest, ChatMigrated, Conflict, Forbidden, InvalidToken, RetryAfter)
_CONVERSATION = Ticket()

Sent = TypeVar("Sent")
Answer = bool | dict[str, Any] | list[dict[str, Any]]


class Pace(BaseRateLimiter[Ticket]):
    """At most `messages_per_second` arrive at Telegram in any second.

    What puts a message before people (send, copy, forward, edit) waits for its turn; answers to
    taps, deletions, "typing …" and questions do not. `rate_limit_args` is a ticket; without one a
    request is conversation.

    When Telegram says "retry after", the request waits that long and goes again, and so do the
    others to this chat, in their order; conversation with other chats goes on, and bulk stands
    still. A wait beyond `patience` is not waited but raised, since it would hold up whoever asked.
    A request that never left goes again too. One whose answer was lost does not: it may have
    arrived. Bulk is tried once only: what became of it is for the ledger to know.

    Tests give `clock` and `sleep`, both in seconds.
    """

    def __init__(
        self,
        messages_per_second: float,
        paid_per_second: float | None = None,
        *,
        attempts: int = 3,
        patience: timedelta = timedelta(seconds=60),
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._rate = messages_per_second
        self._paid_rate = paid_per_second or messages_per_second
        self._attempts = attempts
        self._patience = patience.total_seconds()
        self._clock = clock
        self._sleep = sleep
        self._arrivals = count()
        self._turns = Turns(Limits(messages_per_second), clock, sleep, self._patience)

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        self._turns.stop()

    @property
    def rate(self) -> float:
        """Messages per second that are allowed at present."""
        return self._rate

    @property
    def paid_rate(self) -> float:
        """The same for those that are paid for."""
        return self._paid_rate

    def halted_for(self) -> float:
        """Seconds for which bulk still stands, because Telegram said so; 0 when it does not."""
        return self._turns.halted_for()

    async def send(
        self, ticket: Ticket, chat: int, request: Callable[[], Coroutine[Any, Any, Sent]]
    ) -> Sent:
        """Make a request of bulk when its turn has come and its claim is granted, and once only.

        Raises:
            NotClaimed: The claim said no. Nothing went out.
            RetryAfter: Telegram says so; or had said so as the claim was granted, and nothing
                went out.
            Exception: What the request raises.
        """
        await self._turn(ticket, next(self._arrivals), chat)
        try:
            return await self._counted(request(), chat)
        except RetryAfter as error:
            self._turns.close(chat, _seconds(error))
            raise
        finally:
            self._turns.grant()

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
        ticket, arrival = rate_limit_args or _CONVERSATION, next(self._arrivals)
        attempts = self._attempts if ticket.lane is Lane.CONVERSATION else 1
        chat = data.get("chat_id")
        is_message = endpoint.startswith(_MESSAGES) and endpoint != "sendChatAction"
        attempt = 0
        while True:
            attempt += 1
            if is_message:
                await self._turn(ticket, arrival, chat)
            try:
                request = callback(*args, **kwargs)
                return await (self._counted(request, chat) if is_message else request)
            except RetryAfter as error:
                pause = _seconds(error)
                self._turns.close(chat, pause)
                if attempt >= attempts or pause > self._patience:
                    raise
                if is_message:
                    continue  # it waits for its chat, in its old place
            except NeverSent:
                pause = attempt
                if attempt >= attempts:
                    raise
            finally:
                self._turns.grant()
            await self._sleep(pause)

    async def _turn(self, ticket: Ticket, arrival: int, chat: Chat) -> None:
        """Return with a slot taken and the claim granted; otherwise leave none taken.

        Raises:
            NotClaimed: The claim said no.
            RetryAfter: The claim stands, and meanwhile Telegram has told bulk to wait.
        """
        is_bulk = ticket.lane is not Lane.CONVERSATION
        await self._turns.wait(ticket.lane, arrival, chat)
        while is_bulk and self._turns.halted_for():  # since the turn was granted
            self._turns.give_back(chat)
            await self._turns.wait(ticket.lane, arrival, chat)
        if ticket.claim is None:
            return
        may_go = False
        try:
            if not await ticket.claim():
                raise NotClaimed
            if is_bulk and (pause := self._turns.halted_for()):
                raise RetryAfter(timedelta(seconds=ceil(pause)))
            may_go = True
        finally:
            if not may_go:
                self._turns.give_back(chat)

    async def _counted(self, request: Coroutine[Any, Any, Sent], chat: Chat) -> Sent:
        """Keep the slot for as long as the message may still count, however the request ends."""
        sent = self._clock()
        outcome = Outcome.LOST
        try:
            answer = await request
        except NeverSent:
            outcome = Outcome.NEVER_SENT
            raise
        except _ANSWERS:
            outcome = Outcome.ANSWERED
            raise
        else:
            outcome = Outcome.ANSWERED
            return answer
        finally:
            self._turns.settle(chat, outcome, sent)


def _seconds(error: RetryAfter) -> float:
    """PTB gives a number or a timedelta, as the environment says."""
    declared = error.retry_after
    return declared.total_seconds() if isinstance(declared, timedelta) else declared
