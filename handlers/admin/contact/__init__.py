"""What people write to the team, and the team's answers; nobody here sees an account."""

from telegram.ext import CallbackQueryHandler, MessageHandler, filters

from bot.context import App, Command
from bot.i18n import N_
from handlers.admin.contact._bans import ban, ban_by_button, unban, unban_by_button
from handlers.admin.contact._letters import ToAlias, answer, post

__all__ = ["COMMANDS", "post", "register"]

COMMANDS = (
    Command("ban", N_("Take no more messages from somebody (as a reply)"), ban),
    Command("unban", N_("Take somebody's messages again"), unban),
)


def register(app: App) -> None:
    alias, handle = "(?P<alias>[a-z]{1,16}_[a-z]{1,16})", "(?P<handle>[0-9a-f]{8})"
    app.add_handler(CallbackQueryHandler(ban_by_button, rf"^admin:contact:ban:{alias}$"))
    app.add_handler(CallbackQueryHandler(unban_by_button, rf"^admin:contact:unban:{handle}$"))
    replies = filters.ChatType.GROUPS & filters.REPLY & ~filters.COMMAND & ToAlias()
    app.add_handler(MessageHandler(replies, answer))
