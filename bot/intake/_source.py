"""getUpdates, its failures, and how long to wait after them."""

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from typing import Any, cast
from urllib.parse import urlencode

from telegram import Bot, Update
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError
from telegram.request import BaseRequest

from bot.intake._work import report_error

VIEW = 100
"""How many unconfirmed updates Telegram shows at a time."""

_LONGEST_PAUSE = 30.0  # seconds

Raw = dict[str, Any]

logger = logging.getLogger(__name__)


class TokenRejected(Exception):
    """Telegram does not know the token, or no longer."""


class Source:
    """Updates as they come, unread, since most looks bring what is known already.

    `Bot.get_updates` would parse everything each time, fail on everything when it cannot read one
    update, and log what people wrote when it does.
    """

    def __init__(
        self,
        bot: Bot,
        request: BaseRequest,
        allowed_updates: Sequence[str],
        conflict: Callable[[], None],
        failed: Callable[[], None],
        sleep: Callable[[float], Awaitable[None]],
    ) -> None:
        self._bot = bot
        self._request = request
        self._allowed = json.dumps(list(allowed_updates))
        self._conflict = conflict
        self._failed = failed
        self._conflicting = False
        self._sleep = sleep
        self._failures = 0

    async def look(self, offset: int | None, wait: timedelta) -> list[Raw] | None:
        """One getUpdates; None after a failure, once it is time to try again.

        `failed` is called before that wait.

        Raises:
            TokenRejected: Only another token can help.
        """
        try:
            raw = await self._fetch(offset, VIEW, int(wait.total_seconds()))
        except InvalidToken:
            raise TokenRejected(
                "Telegram does not accept this bot's token. Ask @BotFather for the current one."
            ) from None
        except TelegramError as error:
            self._failed()
            await self._sleep(self._pause(error))
            return None
        self._failures = 0
        self._conflicting = False
        return raw

    async def confirm(self, offset: int, limit: timedelta) -> None:
        """Tell Telegram to forget what lies below the offset; if that fails, it comes again."""
        try:
            async with asyncio.timeout(limit.total_seconds()):
                await self._fetch(offset, 1, 0)
        except (TelegramError, TimeoutError):
            logger.warning("The last updates could not be confirmed; they will come again")

    def read(self, raw: Raw) -> Update | None:
        """Parse an update; None when it has a form that PTB does not know."""
        try:
            return Update.de_json(raw, self._bot)
        except (AttributeError, LookupError, TypeError, ValueError) as error:
            report_error(error)
            return None

    async def _fetch(self, offset: int | None, limit: int, seconds: int) -> list[Raw]:
        asked = {"limit": limit, "timeout": seconds, "allowed_updates": self._allowed}
        if offset is not None:
            asked["offset"] = offset
        silence = self._request.read_timeout
        return cast(
            "list[Raw]",
            await self._request.post(
                f"{self._bot.base_url}/getUpdates?{urlencode(asked)}",
                read_timeout=None if silence is None else silence + seconds,
            ),
        )

    def _pause(self, error: TelegramError) -> float:
        if isinstance(error, RetryAfter):
            declared = error.retry_after  # a number or a timedelta, as the environment says
            pause = declared.total_seconds() if isinstance(declared, timedelta) else declared
        else:
            pause = min(2.0**self._failures, _LONGEST_PAUSE)
            self._failures += 1
        if isinstance(error, Conflict):
            self._tell_conflict()
        else:
            name = type(error).__name__
            logger.warning("Updates cannot be fetched (%s); again in %g seconds", name, pause)
        return pause

    def _tell_conflict(self) -> None:
        if not self._conflicting:
            self._conflicting = True
            logger.error(
                "Another program fetches this bot's updates, or a webhook is set. "
                "Only one may; end the other."
            )
            self._conflict()
