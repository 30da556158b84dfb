"""The grey picture that stands where pictures stood: got from Telegram after the decision, not
before, by showing it to the admin group.
"""

import logging
from pathlib import Path

from markupsafe import Markup
from telegram import Bot, InputFile
from telegram.error import ChatMigrated, TelegramError

from bot.context import Services
from handlers.admin import notices
from handlers.voice import Voice, own_voice

log = logging.getLogger(__name__)
_PICTURE = Path(__file__).with_name("withdrawn.png")


async def give(bot: Bot, services: Services) -> None:
    """Get it where messages wait for it; what Telegram does not take now it is offered again."""
    group = await services.staff.admin_chat()
    if group is None or not await services.pictures.are_wanted():
        return
    try:
        picture = await _shown(bot, group, own_voice(services))
    except ChatMigrated as error:
        await notices.follow(bot, services, group, error.new_chat_id)
    except TelegramError as error:
        log.warning("the grey picture is not taken: %s", type(error).__name__)
    else:
        await services.pictures.give(picture)


async def _shown(bot: Bot, chat: int, voice: Voice) -> str:
    """Its file_id, which it gets by being shown."""
    sent = await bot.send_photo(
        chat,
        InputFile(_PICTURE.read_bytes(), _PICTURE.name),
        caption=voice.t("This stands where the picture stood."),
        disable_notification=True,
    )
    return sent.photo[-1].file_id


def missing_to_stop(voice: Voice) -> Markup:
    """What is still to be done, and what is not in question."""
    return voice.t(
        "<b>Not done yet:</b> Telegram has not taken the grey picture that is to stand where there "
        "was one. Until it does, messages with a picture stay as they are; I try again every "
        "minute. The stop itself holds, and messages without a picture do not wait. If this lasts, "
        "see whether I may send pictures in this group."
    )


def missing_to_recall(voice: Voice) -> Markup:
    """The same, of an alert that is taken back."""
    return voice.t(
        "<b>Not done yet:</b> Telegram has not taken the grey picture that is to stand in the "
        "place of this one. Until it does, the messages stay as they are; I try again every "
        "minute. Nobody else gets the alert. If this lasts, see whether I may send pictures in the "
        "admin group."
    )
