"""The command menus that Telegram shows. A menu hides a command; it never protects one."""

import logging
from collections.abc import Sequence

from telegram import (
    Bot,
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
)
from telegram.error import BadRequest, ChatMigrated, Forbidden, TelegramError

from bot.context import Command, Services
from bot.i18n import Translator
from bot.models import Role

log = logging.getLogger(__name__)


async def set_all(bot: Bot, services: Services) -> None:
    """Set each menu in each language: everybody's, the admin group's, and the staff's."""
    await _set(bot, services, BotCommandScopeAllPrivateChats(), _private(Role.SUPPORTER))
    await set_group(bot, services)
    for member in await services.staff.everybody():
        await set_person(bot, services, member.id, member.role)


async def set_group(bot: Bot, services: Services) -> None:
    """The admin group's; one that we are not in has none."""
    from handlers import admin  # noqa: PLC0415 - its features write to the group, and so come here

    group = await services.staff.admin_chat()
    if group is None:
        return
    try:
        scope, first = BotCommandScopeChat(group), services.catalogues.first
        await _set(bot, services, scope, admin.COMMANDS, first)
    except ChatMigrated as error:
        if await services.staff.moved(group, error.new_chat_id):
            await set_group(bot, services)
    except (BadRequest, Forbidden):
        log.warning(
            "The admin group cannot be reached under VIGIL_ADMIN_CHAT. Send /id there, and "
            "put the number that I answer into .env."
        )


async def set_person(bot: Bot, services: Services, person: int, role: Role) -> None:
    """What somebody sees in her private chat; whoever has not started the bot has none."""
    scope = BotCommandScopeChat(person)
    chosen = await services.supporters.chosen_language(person)
    try:
        if role > Role.VIEWER or chosen in services.catalogues:
            await _set(bot, services, scope, _private(role), chosen)
        else:
            await _reset(bot, services, scope)
    except TelegramError as error:
        log.debug("a menu of the staff could not be set: %s", type(error).__name__)


async def _set(
    bot: Bot,
    services: Services,
    scope: BotCommandScope,
    commands: Sequence[Command],
    only: str | None = None,
) -> None:
    """A menu for each language of Telegram's apps, and the first one for whoever has another.

    With `only` all of them are in that language.
    """
    catalogues = services.catalogues
    for app in (*catalogues, None):
        spoken = only if only in catalogues else app
        menu = _menu(commands, catalogues[spoken or catalogues.first])
        await bot.set_my_commands(menu, scope, language_code=app)


async def _reset(bot: Bot, services: Services, scope: BotCommandScope) -> None:
    for language in services.catalogues:
        await bot.delete_my_commands(scope, language_code=language)
    await bot.delete_my_commands(scope)


def _private(role: Role) -> Sequence[Command]:
    from handlers import COMMANDS, OF_STAFF  # noqa: PLC0415 - made of all features

    own = [command for least, command in OF_STAFF if role >= least]
    return [command for command in (*own, *COMMANDS) if command.summary]


def _menu(commands: Sequence[Command], t: Translator) -> list[BotCommand]:
    return [BotCommand(command.name, t(command.summary).unescape()) for command in commands]
