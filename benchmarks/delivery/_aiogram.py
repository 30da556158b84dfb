"""aiogram's bot, and the broadcaster that is made for it."""

import asyncio
from collections.abc import Sequence

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramRetryAfter
from aiogram.types import InlineKeyboardMarkup, LinkPreviewOptions
from aiogram_broadcaster import Broadcaster
from aiogram_broadcaster.contents import TextContent
from aiogram_broadcaster.intervals import SimpleInterval

from benchmarks.delivery._messages import CALL, TOKEN

_POOL = 256


def opened(url: str) -> Bot:
    session = AiohttpSession(limit=_POOL, api=TelegramAPIServer.from_base(url))
    return Bot(TOKEN, session=session)


async def say_with(bot: Bot, chat: int) -> None:
    message = await bot.send_message(
        chat,
        CALL["text"],
        parse_mode=CALL["parse_mode"],
        link_preview_options=LinkPreviewOptions(**CALL["link_preview_options"]),
        reply_markup=InlineKeyboardMarkup.model_validate(CALL["reply_markup"]),
    )
    assert message.message_id


async def patiently(bot: Bot, chat: int) -> None:
    """Who is told to wait waits and tries again."""
    try:
        await say_with(bot, chat)
    except TelegramRetryAfter as refusal:
        await asyncio.sleep(refusal.retry_after)
        await say_with(bot, chat)


async def broadcast(bot: Bot, pause: float, chats: Sequence[int]) -> None:
    content = TextContent(
        text=CALL["text"],
        parse_mode=CALL["parse_mode"],
        link_preview_options=LinkPreviewOptions(**CALL["link_preview_options"]),
        reply_markup=InlineKeyboardMarkup.model_validate(CALL["reply_markup"]),
    )
    mailer = await Broadcaster(bot).create_mailer(
        chats, content, interval=SimpleInterval(interval=pause)
    )
    await mailer.start()
