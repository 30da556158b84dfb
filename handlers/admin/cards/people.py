"""Names of staff for the cards: asked of Telegram, kept by nobody."""

import logging
from collections.abc import Mapping

from markupsafe import Markup
from telegram import Bot
from telegram.error import TelegramError

from bot.context import Services
from bot.models import Alert, Role
from bot.services.alerts import Watch
from handlers.admin.staff._people import full_name

log = logging.getLogger(__name__)


class People:
    """Remembers names while the program runs, so that Telegram is asked once for each."""

    def __init__(self, bot: Bot, services: Services) -> None:
        self._bot = bot
        self._services = services
        self._names: dict[str, str] = {}

    async def names(self, watch: Watch) -> Mapping[str, str]:
        """The names of who wrote, approved and settled it, by pseudonym."""
        wanted = {*watch.alert.authors, watch.alert.approver, watch.left_by} - {None}
        return {one: await self._name(one) for one in wanted if one is not None}

    async def tell_authors(self, alert: Alert, text: Markup) -> None:
        """Tell everybody who wrote on it, in her own chat; not who has left the staff since.

        Its figures are not for her any more, and she may have said stop. Who cannot be reached is
        not told.
        """
        for pseudonym in sorted(alert.authors):
            person = await self._services.staff.person_of(pseudonym, Role.ORGANISER)
            if person is None:
                continue
            try:
                await self._bot.send_message(person, text)
            except TelegramError as error:
                log.warning("an author could not be told: %s", type(error).__name__)

    async def _name(self, pseudonym: str) -> str:
        if pseudonym not in self._names:
            self._names[pseudonym] = await self._ask(pseudonym)
        return self._names[pseudonym]

    async def _ask(self, pseudonym: str) -> str:
        staff = self._services.staff
        person = await staff.person_of(pseudonym)
        name = None
        if person is not None:
            name = await full_name(self._bot, person, await staff.admin_chat())
        return name or pseudonym
