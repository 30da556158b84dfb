"""The one reminder of a letter."""

import logging
from datetime import timedelta

from markupsafe import Markup
from telegram import Bot, InlineKeyboardMarkup
from telegram.error import TelegramError

from bot.context import Services, button
from bot.i18n import Translator
from bot.services.letters import Told

log = logging.getLogger(__name__)


async def tell_of_letters(bot: Bot, services: Services) -> None:
    """Each is asked for anew before her message goes out: she may have stopped or written."""
    for reminder in await services.reminders.due():
        told = await services.reminders.claim(reminder)
        if told is None:
            continue
        t = services.catalogues[services.catalogues.released(reminder.language)]
        buttons = [
            [button(t("Open the letter"), f"letter:{told.letter.slug}")],
            [button(t("Stop"), "alert:stop")],
        ]
        try:
            await bot.send_message(
                reminder.person,
                _words(told, services, t),
                reply_markup=InlineKeyboardMarkup(buttons),
                disable_notification=True,
            )
        except TelegramError as error:
            log.warning("somebody could not be reminded of a letter: %s", type(error).__name__)


def _words(told: Told, services: Services, t: Translator) -> Markup:
    return t(
        "You asked to be reminded of a letter: <b>{title}</b>\n\nIt helps until the end of {day}. "
        "This is the only reminder.",
        title=told.letter.title,
        day=t.day(told.closes_at - timedelta(seconds=1), services.house.timezone),
    )
