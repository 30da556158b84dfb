"""Clients that send one message after another, as plainly as each one can be used."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import aiohttp
from telegram import Bot, InlineKeyboardMarkup, LinkPreviewOptions
from telegram.ext import AIORateLimiter, ExtBot
from telegram.request import BaseRequest, HTTPXRequest

from benchmarks.delivery._floor import floor
from benchmarks.delivery._messages import CALL, TOKEN
from bot.telegram_http import AiohttpRequest, Body

POOL = 256
_BEYOND = 1_000_000  # messages a second; a limit that is never met

Send = Callable[[int], Awaitable[None]]
"""One message to a chat, and its answer read and checked."""

Client = Callable[[str], AbstractAsyncContextManager[Send]]


@asynccontextmanager
async def _bulk(url: str) -> AsyncIterator[Send]:
    async with AiohttpRequest() as request:
        body, address = Body(CALL), f"{url}/bot{TOKEN}/sendMessage"

        async def send(chat: int) -> None:
            assert await request.send(address, body.to(chat))

        yield send


@asynccontextmanager
async def _conversation(url: str) -> AsyncIterator[Send]:
    async with AiohttpRequest() as request:
        yield _through(Bot(TOKEN, base_url=f"{url}/bot", request=request))


@asynccontextmanager
async def _ptb(url: str) -> AsyncIterator[Send]:
    async with HTTPXRequest(connection_pool_size=POOL) as request:
        yield _through(Bot(TOKEN, base_url=f"{url}/bot", request=request))


@asynccontextmanager
async def _limited(url: str) -> AsyncIterator[Send]:
    limiter = AIORateLimiter(_BEYOND, 1, group_max_rate=0)
    async with HTTPXRequest(connection_pool_size=POOL) as request:
        yield _through(limited_bot(url, request, limiter))


def limited_bot(url: str, request: BaseRequest, limiter: AIORateLimiter) -> ExtBot[int]:
    return ExtBot(TOKEN, base_url=f"{url}/bot", request=request, rate_limiter=limiter)


def _through(bot: Bot) -> Send:
    async def send(chat: int) -> None:
        await say(bot, chat)

    return send


async def say(bot: Bot, chat: int) -> None:
    """By PTB's own method, with its objects made for each message, as handlers do."""
    message = await bot.send_message(
        chat,
        CALL["text"],
        parse_mode=CALL["parse_mode"],
        link_preview_options=LinkPreviewOptions(**CALL["link_preview_options"]),
        reply_markup=InlineKeyboardMarkup.de_json(CALL["reply_markup"], None),
    )
    assert message.message_id


@asynccontextmanager
async def _aiogram(url: str) -> AsyncIterator[Send]:
    from benchmarks.delivery._aiogram import opened, say_with  # noqa: PLC0415 - takes seconds

    async with opened(url) as bot:

        async def send(chat: int) -> None:
            await say_with(bot, chat)

        yield send


@asynccontextmanager
async def _aiohttp(url: str) -> AsyncIterator[Send]:
    address = f"{url}/bot{TOKEN}/sendMessage"
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=POOL)) as session:

        async def send(chat: int) -> None:
            async with session.post(address, json={"chat_id": chat, **CALL}) as response:
                answer = await response.json()
            assert answer["result"]["message_id"]

        yield send


RAW = "raw aiohttp"
DEFAULT = "PTB, default"
BULK = "Vigil, bulk"
CONVERSATION = "Vigil, send_message"
FLOOR = "40 lines of HTTP"
CLIENTS: dict[str, Client] = {
    RAW: _aiohttp,
    BULK: _bulk,
    CONVERSATION: _conversation,
    DEFAULT: _ptb,
    "PTB, AIORateLimiter": _limited,
    "aiogram": _aiogram,
    FLOOR: floor,
}
