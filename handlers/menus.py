"""The command menus that Telegram shows. A menu hides a command; it never protects one."""

import logging
from collections.abc import Iterable

from telegram import (
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
)
from telegram.error import BadRequest, ChatMigrated, Forbidden

from bot.context import App, Command, Services
from bot.i18n import Catalogues, Translator

log = logging.getLogger(__name__)


async def set_all(app: App, private: Iterable[Command], group: Iterable[Command]) -> None:
    """Set each menu in each language; an admin group that we are not in has none."""
    services: Services = app.bot_data["services"]
    scopes: list[tuple[BotCommandScope, list[Command]]] = [
        (BotCommandScopeAllPrivateChats(), [command for command in private if command.summary])
    ]
    if services.staff.admin_chat is not None:
        scopes.append((BotCommandScopeChat(services.staff.admin_chat), list(group)))
    for scope, commands in scopes:
        try:
            await _set(app, scope, commands, services.catalogues)
        except (BadRequest, ChatMigrated, Forbidden):
            if not isinstance(scope, BotCommandScopeChat):
                raise
            log.warning(
                "The admin group cannot be reached under VIGIL_ADMIN_CHAT. Send /id there, and "
                "put the number that I answer into .env."
            )


async def _set(
    app: App, scope: BotCommandScope, commands: list[Command], catalogues: Catalogues
) -> None:
    """A menu for each language, and the first one for whoever speaks another."""
    for language in catalogues:
        menu = _menu(commands, catalogues[language])
        await app.bot.set_my_commands(menu, scope, language_code=language)
    await app.bot.set_my_commands(_menu(commands, catalogues[catalogues.first]), scope)


def _menu(commands: list[Command], t: Translator) -> list[BotCommand]:
    return [BotCommand(command.name, t(command.summary).unescape()) for command in commands]
