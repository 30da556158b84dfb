"""The grey picture that stands where pictures stood: got from Telegram after a stop, not before."""

import logging

from markupsafe import Markup
from telegram import Bot
from telegram.error import ChatMigrated, TelegramError

from bot.context import Services
from handlers import recalls
from handlers.admin import notices
from handlers.voice import Voice, own_voice

log = logging.getLogger(__name__)


async def give(bot: Bot, services: Services) -> None:
    """Get it where messages wait for it; what Telegram does not take now it is offered again."""
    stopping, group = services.stopping, await services.staff.admin_chat()
    if group is None or not await stopping.asks_for_picture():
        return
    try:
        picture = await recalls.neutral(bot, group, own_voice(services).t)
    except ChatMigrated as error:
        await notices.follow(bot, services, group, error.new_chat_id)
    except TelegramError as error:
        log.warning("the grey picture is not taken: %s", type(error).__name__)
    else:
        await stopping.give_picture(picture)


def missing(voice: Voice) -> Markup:
    """What is still to be done, and what is not in question."""
    return voice.t(
        "<b>Not done yet:</b> Telegram has not taken the grey picture that is to stand where there "
        "was one. Until it does, messages with a picture stay as they are; I try again every "
        "minute. The stop itself holds, and messages without a picture do not wait. If this lasts, "
        "see whether I may send pictures in this group."
    )
