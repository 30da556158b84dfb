"""Usual ways to send to many at 30 a second while people talk with the same bot."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from functools import partial

from telegram.error import RetryAfter
from telegram.ext import AIORateLimiter, ExtBot
from telegram.request import HTTPXRequest

from benchmarks.delivery._clients import POOL, limited_bot, say
from benchmarks.delivery._messages import CALL, TOKEN
from bot.delivery import Lane, Pace, Ticket, wire
from bot.delivery._send import WORKERS
from bot.delivery.wire import Letter
from bot.telegram_http import AiohttpRequest, Body

PER_SECOND = 30
_AGAIN = 5  # tries


@dataclass(frozen=True)
class Sender:
    """Attributes:
    say: A message to somebody who talks with the bot.
    broadcast: One to each of these chats.
    """

    say: Callable[[int], Awaitable[None]]
    broadcast: Callable[[Sequence[int]], Awaitable[None]]


Way = Callable[[str], AbstractAsyncContextManager[Sender]]


@asynccontextmanager
async def vigil(url: str) -> AsyncIterator[Sender]:
    async with AsyncExitStack() as stack:
        request = await stack.enter_async_context(AiohttpRequest())
        pace = Pace(PER_SECOND)
        stack.push_async_callback(pace.shutdown)
        bot: ExtBot[Ticket] = ExtBot(
            TOKEN,
            base_url=f"{url}/bot",
            request=request,
            get_updates_request=request,
            rate_limiter=pace,
        )
        yield Sender(partial(say, bot), partial(_by_wire, bot))


async def _by_wire(bot: ExtBot[Ticket], chats: Sequence[int]) -> None:
    way, body, left = wire(bot), Body(CALL), iter(chats)

    async def work() -> None:
        for chat in left:
            letter = partial(Letter, "sendMessage", body.to(chat))
            await way.post(Ticket(Lane.ROUTINE), chat, letter)

    async with asyncio.TaskGroup() as group:
        for _ in range(WORKERS):
            group.create_task(work())


@asynccontextmanager
async def sleeping(url: str) -> AsyncIterator[Sender]:
    async with _plain(url) as bot:

        async def broadcast(chats: Sequence[int]) -> None:
            for chat in chats:
                await _patiently(bot, chat)
                await asyncio.sleep(1 / PER_SECOND)

        yield Sender(partial(_patiently, bot), broadcast)


@asynccontextmanager
async def gathering(url: str) -> AsyncIterator[Sender]:
    """Thirty at once, and the next thirty when that second is over."""
    async with _plain(url) as bot:

        async def broadcast(chats: Sequence[int]) -> None:
            for start in range(0, len(chats), PER_SECOND):
                begun = time.perf_counter()
                these = chats[start : start + PER_SECOND]
                await asyncio.gather(*(_patiently(bot, chat) for chat in these))
                await asyncio.sleep(max(0.0, begun + 1 - time.perf_counter()))

        yield Sender(partial(_patiently, bot), broadcast)


@asynccontextmanager
async def limiter(url: str) -> AsyncIterator[Sender]:
    async with HTTPXRequest(connection_pool_size=POOL) as request:
        bot = limited_bot(url, request, AIORateLimiter(max_retries=_AGAIN))

        async def broadcast(chats: Sequence[int]) -> None:
            await asyncio.gather(*(say(bot, chat) for chat in chats), return_exceptions=True)

        yield Sender(partial(say, bot), broadcast)


@asynccontextmanager
async def broadcaster(url: str) -> AsyncIterator[Sender]:
    from benchmarks.delivery import _aiogram  # noqa: PLC0415 - it takes seconds

    async with _aiogram.opened(url) as bot:
        broadcast = partial(_aiogram.broadcast, bot, 1 / PER_SECOND)
        yield Sender(partial(_aiogram.patiently, bot), broadcast)


@asynccontextmanager
async def _plain(url: str) -> AsyncIterator[ExtBot[None]]:
    async with HTTPXRequest(connection_pool_size=POOL) as request:
        yield ExtBot(TOKEN, base_url=f"{url}/bot", request=request)


async def _patiently(bot: ExtBot[None], chat: int) -> None:
    """Who is told to wait waits and tries again, as people write it by hand."""
    for _ in range(_AGAIN):
        try:
            await say(bot, chat)
        except RetryAfter as refusal:
            await asyncio.sleep(_seconds(refusal))
        else:
            return


def _seconds(refusal: RetryAfter) -> float:
    found = refusal.retry_after
    return found if isinstance(found, int) else found.total_seconds()


VIGIL = "Vigil"
WAYS: dict[str, Way] = {
    VIGIL: vigil,
    "send; sleep(1/30)": sleeping,
    "gather 30 a second": gathering,
    "AIORateLimiter, gather": limiter,
    "aiogram-broadcaster": broadcaster,
}
