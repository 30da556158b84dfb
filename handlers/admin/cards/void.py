"""Taking the buttons off a card whose alert is no longer what the card shows."""

import logging
from dataclasses import replace

from telegram import Bot
from telegram.error import TelegramError

from bot.context import Services
from bot.models import AlertState
from bot.services.alerts import Watch
from handlers.admin.cards import words
from handlers.voice import own_voice

log = logging.getLogger(__name__)


async def void(bot: Bot, services: Services, watch: Watch) -> None:
    """Let the card say that it was taken back. Should that fail, its buttons refuse by revision."""
    group = await services.staff.admin_chat()
    if group is None or watch.alert.card is None:
        return
    taken_back = replace(watch, alert=replace(watch.alert, state=AlertState.DRAFT))
    text = words.text(taken_back, {}, own_voice(services), words.Progress())
    try:
        await bot.edit_message_text(text, chat_id=group, message_id=watch.alert.card)
    except TelegramError as error:
        log.warning("a card that is void could not be edited: %s", type(error).__name__)
