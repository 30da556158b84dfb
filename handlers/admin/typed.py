"""What an admin types in the admin group while a question of mine to her is open there."""

from collections.abc import Awaitable, Callable, Mapping

from telegram import Update
from telegram.ext import MessageHandler, filters

from bot.context import App, Context
from bot.models import Role
from handlers.admin import petitions

Step = Callable[[str, Context], Awaitable[None]]
DIALOGS: Mapping[str, Step] = {petitions.DIALOG: petitions.take}


async def typed(update: Update, context: Context) -> None:
    """Anything else is talk among people: a message that answers somebody is, too."""
    message, dialog = update.effective_message, context.dialog
    if message is None or message.text is None or dialog is None:
        return
    answered = message.reply_to_message
    is_talk = answered is not None and answered.from_user != context.bot.bot
    is_admin = context.chat.id == context.admin_chat and context.role >= Role.ADMIN
    step = DIALOGS.get(dialog.name)
    if step is not None and is_admin and not is_talk:
        await step(message.text, context)


def register(app: App) -> None:
    words = filters.ChatType.GROUPS & filters.TEXT & ~filters.COMMAND
    app.add_handler(MessageHandler(words, typed))
