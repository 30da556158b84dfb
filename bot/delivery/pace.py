"""The one limiter that every request to Telegram passes."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Coroutine
from datetime import timedelta
from itertools import count
from typing import Any

from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    RetryAfter,
)
from telegram.ext import BaseRateLimiter

from bot.delivery._turns import Turns
from bot.delivery._window import Outcome, Window
from bot.telegram_http import NeverSent

_MESSAGES = ("send", "copy", "forward", "edit")
_ANSWERS = (BadRequest, ChatMigrated, Conflict, Forbidden, InvalidToken, RetryAfter)

Answer = bool | dict[str, Any] | list[dict[str, Any]]


class Pace(BaseRateLimiter[int]):
    """At most `messages_per_second` arrive at Telegram in any second.

    What puts a message before people (send, copy, forward, edit) waits for its turn; answers to
    taps, deletions, "typing …" and questions do not. `rate_limit_args` is the lane, the lower the
    sooner; without it a request is conversation, lane 0.

    When Telegram says "retry after", the request waits that long and goes again, and so do the
    others to this chat, in their order; other chats go on. A wait beyond `patience` is not waited
    but raised, since it would hold up whoever asked. A request that never left goes again too. One
    whose answer was lost does not: it may have arrived.

    Tests give `clock` and `sleep`, both in seconds.
    """

    def __init__(
        self,
        messages_per_second: float,
        *,
        attempts: int = 3,
        patience: timedelta = timedelta(seconds=60),
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._attempts = attempts
        self._patience = patience.total_seconds()
        self._clock = clock
        self._sleep = sleep
        self._arrivals = count()
        self._window = Window(messages_per_second)
        self._turns = Turns(self._window, clock, sleep, self._patience)

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        self._turns.stop()

    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, Answer]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: int | None,
    ) -> Answer:
        lane, arrival, chat = rate_limit_args or 0, next(self._arrivals), data.get("chat_id")
        is_message = endpoint.startswith(_MESSAGES) and endpoint != "sendChatAction"
        attempt = 0
        while True:
            attempt += 1
            if is_message:
                await self._turns.wait(lane, arrival, chat)
            try:
                request = callback(*args, **kwargs)
                return await (self._counted(request) if is_message else request)
            except RetryAfter as error:
                pause = _seconds(error)
                self._turns.close(chat, pause)
                if attempt >= self._attempts or pause > self._patience:
                    raise
                if is_message:
                    continue  # it waits for its chat, in its old place
            except NeverSent:
                pause = attempt
                if attempt >= self._attempts:
                    raise
            finally:
                self._turns.grant()
            await self._sleep(pause)

    async def _counted(self, request: Coroutine[Any, Any, Answer]) -> Answer:
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
            self._window.settle(outcome, sent, self._clock())


def _seconds(error: RetryAfter) -> float:
    """PTB gives a number or a timedelta, as the environment says."""
    declared = error.retry_after
    return declared.total_seconds() if isinstance(declared, timedelta) else declared
