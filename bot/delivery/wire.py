"""The way out for what goes to many: one request object, one limiter, one address."""

from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field

from telegram.ext import ExtBot

from bot.delivery.pace import Pace
from bot.delivery.ticket import Ticket
from bot.telegram_http import AiohttpRequest


@dataclass(frozen=True, slots=True)
class Letter:
    """One call of the Bot API for one chat, as it goes on the wire."""

    method: str
    body: bytes


@dataclass(frozen=True, slots=True)
class Wire:
    """Attributes:
    root: The Bot API's address with the token in it.
    """

    request: AiohttpRequest
    pace: Pace
    root: str = field(repr=False)

    async def post(self, ticket: Ticket, chat: int, letter: Callable[[], Letter]) -> int | None:
        """Send what `letter` gives once the turn has come and the claim is granted.

        Gives the id of the message that was made or changed; None where Telegram names none.

        Raises:
            NotClaimed: The ticket's claim said no. Nothing went out.
            TelegramError: `delivery.outcomes` knows what each one means.
        """

        def request() -> Coroutine[None, None, int | None]:
            written = letter()
            return self.request.send(f"{self.root}/{written.method}", written.body)

        return await self.pace.send(ticket, chat, request)


def wire(bot: ExtBot[Ticket]) -> Wire:
    """That of a bot, so that what goes to many and what goes to one share all limits."""
    request, pace = bot.request, bot.rate_limiter
    assert isinstance(request, AiohttpRequest)
    assert isinstance(pace, Pace)
    return Wire(request, pace, bot.base_url)
