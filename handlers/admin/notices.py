"""Writing to the admin group from anywhere, wherever the group has gone."""

import logging

from markupsafe import Markup
from telegram import Bot, InlineKeyboardMarkup, Message
from telegram.error import ChatMigrated, TelegramError

from bot.context import Buttons, Services
from handlers.menus import set_group

log = logging.getLogger(__name__)


async def tell(bot: Bot, services: Services, text: Markup, buttons: Buttons = ()) -> Message | None:
    """Write to the admin group; None, and a line in the log, when that cannot be done."""
    group = await services.staff.admin_chat()
    if group is None:
        log.warning("there is no admin group to tell; VIGIL_ADMIN_CHAT names it")
        return None
    keyboard = InlineKeyboardMarkup(buttons) if buttons else None
    try:
        try:
            return await bot.send_message(group, text, reply_markup=keyboard)
        except ChatMigrated as error:
            await follow(bot, services, group, error.new_chat_id)
            return await bot.send_message(error.new_chat_id, text, reply_markup=keyboard)
    except TelegramError as error:
        log.warning("the admin group could not be told: %s", type(error).__name__)
        return None


async def follow(bot: Bot, services: Services, old: int, new: int) -> bool:
    """Note the admin group's new number, and offer its commands there; False for other groups."""
    if not await services.staff.moved(old, new):
        return False
    log.info("The admin group has become a supergroup; its new number is noted.")
    await set_group(bot, services)
    return True
