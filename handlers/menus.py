"""The command menus that Telegram shows. A menu hides a command; it never protects one."""

from collections.abc import Iterable

from telegram import (
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
)
from telegram.error import BadRequest

from bot.context import App, Command, Services
from bot.i18n import Translator


async def set_all(app: App, private: Iterable[Command], group: Iterable[Command]) -> None:
    """Set each menu in each language; an admin group that we are not in has none."""
    services: Services = app.bot_data["services"]
    scopes: list[tuple[BotCommandScope, list[Command]]] = [
        (BotCommandScopeAllPrivateChats(), [command for command in private if command.summary])
    ]
    if services.staff.admin_chat is not None:
        scopes.append((BotCommandScopeChat(services.staff.admin_chat), list(group)))
    for scope, commands in scopes:
        for language in services.catalogues:
            await _set(app, scope, commands, services.catalogues[language])


async def _set(app: App, scope: BotCommandScope, commands: list[Command], t: Translator) -> None:
    menu = [BotCommand(command.name, t(command.summary).unescape()) for command in commands]
    try:
        await app.bot.set_my_commands(menu, scope, language_code=t.language)
        await app.bot.set_my_commands(menu, scope)  # for everybody whose language we do not speak
    except BadRequest:
        if not isinstance(scope, BotCommandScopeChat):  # the group's number may be a wrong one
            raise
