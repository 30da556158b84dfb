"""What aiohttp raises, told in python-telegram-bot's terms.

    TelegramError               the request cannot be built; trying again is no use
    └── NetworkError            on the wire, and no answer came back: Telegram may have acted on it
        ├── TimedOut            the same, for lack of time
        └── NeverSent           no connection: Telegram saw nothing, sending again is safe
            └── NeverSentInTime the same, for lack of time (also a TimedOut)

aiohttp's own exceptions hold the URL, and so the token; those of the encoders hold what was
written. Hence messages here name the class of the failure only, and nothing is chained.
"""

import aiohttp
from telegram.error import NetworkError, TelegramError, TimedOut

EXPECTED = (aiohttp.ClientError, OSError, ValueError, TypeError)
"""All that aiohttp, yarl and the encoders raise; asyncio's timeout is an OSError."""


class NeverSent(NetworkError):
    """Nothing of the request reached Telegram."""


class NeverSentInTime(NeverSent, TimedOut):
    """No connection came about, or none fell free, within the timeouts."""


def translate(error: Exception) -> TelegramError:
    """The exception to raise instead, outside the `except` block so that it has no context."""
    name = type(error).__name__
    match error:
        case aiohttp.ConnectionTimeoutError():
            return NeverSentInTime("No connection to Telegram in time; nothing was sent")
        case aiohttp.ClientConnectorError() | aiohttp.ClientHttpProxyError():
            return NeverSent(f"No connection to Telegram ({name}); nothing was sent")
        case TimeoutError():
            return TimedOut("Telegram did not answer in time")
        case aiohttp.InvalidURL():
            return TelegramError(f"The address of the Bot API cannot be used ({name})")
        case aiohttp.ClientError() | OSError():
            return NetworkError(f"The connection to Telegram broke ({name})")
    return TelegramError(f"The request cannot be built ({name})")
