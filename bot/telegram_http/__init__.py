"""Bot API requests over aiohttp, for python-telegram-bot."""

from bot.telegram_http.bulk import Body
from bot.telegram_http.errors import NeverSent, NeverSentInTime
from bot.telegram_http.request import AiohttpRequest

__all__ = ["AiohttpRequest", "Body", "NeverSent", "NeverSentInTime"]
