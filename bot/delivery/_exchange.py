"""One message to one person: claimed, sent, and written down."""

import asyncio
import logging
from dataclasses import dataclass

from telegram.error import TelegramError
from telegram.ext import ExtBot

from bot.delivery.ledger import Ledger
from bot.delivery.outcomes import SENT, Meaning, meaning
from bot.delivery.posting import post
from bot.delivery.rendering import Rendered
from bot.delivery.ticket import Lane, NotClaimed, Ticket
from bot.models import Alert, AlertKind
from bot.store.deliveries import Record

log = logging.getLogger(__name__)


@dataclass
class Exchange:
    """Attributes:
    has_begun: The row is being claimed. From here on it must be seen through.
    """

    bot: ExtBot[Ticket]
    ledger: Ledger
    alert: Alert
    person: int
    rendered: Rendered
    has_begun: bool = False

    async def run(self) -> Meaning:
        """Send it if it may go, and return once what became of it is on the disk."""
        lane = Lane.URGENT if self.alert.kind is AlertKind.URGENT else Lane.ROUTINE
        ticket = Ticket(lane, self._claim)
        sending = post(self.bot, self.person, self.rendered, ticket)
        [result] = await asyncio.gather(sending, return_exceptions=True)
        if isinstance(result, BaseException):
            self._report(result)
            found, message_id = meaning(result), None
        else:
            found, message_id = SENT, result
        if self.has_begun and not isinstance(result, NotClaimed):
            await self.ledger.record(self._record(found, message_id))
        return found

    async def _claim(self) -> bool:
        self.has_begun = True
        return await self.ledger.claim(self.alert, self.person)

    def _record(self, found: Meaning, message_id: int | None) -> Record:
        return Record(
            self.alert.id, self.person, found.state, found.reason, message_id, found.is_unreachable
        )

    def _report(self, error: BaseException) -> None:
        """An error that Telegram did not send us is ours; its text may hold what was written."""
        if not isinstance(error, TelegramError | NotClaimed):
            log.error("An alert's message met an unexpected error (%s).", type(error).__name__)
