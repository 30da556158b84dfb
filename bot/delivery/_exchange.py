"""One message to one person: claimed, sent, and noted."""

import asyncio
import logging

from telegram.error import TelegramError

from bot.delivery._letters import Letters
from bot.delivery.ledger import Ledger
from bot.delivery.outcomes import LOST, Meaning
from bot.delivery.ticket import NotClaimed, Ticket
from bot.delivery.wire import Letter, Wire
from bot.models import Alert, Grant
from bot.store.deliveries import Record

log = logging.getLogger(__name__)


class Exchange:
    """Attributes:
    has_begun: The row is being claimed. From here on it must be seen through.
    found: What became of it; until that is known, the worst.
    """

    def __init__(
        self, wire: Wire, ledger: Ledger, letters: Letters, alert: Alert, person: int
    ) -> None:
        self.has_begun = False
        self.found: Meaning = LOST
        self._wire = wire
        self._ledger = ledger
        self._letters = letters
        self._alert = alert
        self._person = person
        self._grant: Grant | None = None

    async def run(self, ticket: Ticket) -> int | None:
        """To be a task of its own, with `settle` as its callback."""
        return await self._wire.post(ticket, self._person, self._letter)

    async def claim(self) -> bool:
        self.has_begun = True
        self._grant = await self._ledger.claim(self._alert, self._person)
        return self._grant is not None

    def settle(self, task: asyncio.Task[int | None]) -> None:
        """Note what became of it; of a request that was cut off, the next start does."""
        if task.cancelled():
            return
        error = task.exception()
        self._report(error)
        self.found = self._letters.meaning(self._grant, error)
        if self._grant is not None:
            self._note(None if error else task.result())

    def _letter(self) -> Letter:
        assert self._grant is not None  # asked only once the claim is granted
        return self._letters.to(self._grant)

    def _note(self, message_id: int | None) -> None:
        found = self.found
        self._ledger.note(
            Record(
                self._alert.id,
                self._person,
                found.state,
                found.reason,
                message_id,
                found.is_unreachable,
            )
        )

    def _report(self, error: BaseException | None) -> None:
        """An error that Telegram did not send us is ours; its text may hold what was written."""
        if not isinstance(error, TelegramError | NotClaimed | None):
            log.error("An alert's message met an unexpected error (%s).", type(error).__name__)
