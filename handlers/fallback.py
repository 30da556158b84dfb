"""What nobody else took: unknown commands, old buttons, pictures and voices."""

from telegram import Update
from telegram.ext import CallbackQueryHandler, MessageHandler, filters

from bot.context import App, Context
from handlers.supporter.near import with_near

PRIVATE = filters.ChatType.PRIVATE


async def unknown_command(_: Update, context: Context) -> None:
    await context.say(context.t("I do not know that command. /help shows what I can do."))


async def unknown_button(update: Update, context: Context) -> None:
    """A button that a former version made, or that nobody made."""
    assert update.callback_query is not None
    note = context.t("This button no longer works. Send /help to see what I can do.")
    await context.acknowledge(update.callback_query, note.unescape())


async def unreadable(_: Update, context: Context) -> None:
    """A picture or a voice may be a cry that nobody here can hear."""
    only_words = context.t(
        "I can only read text, so I did not open this. Write to me in words, "
        "or see /help for what I can do."
    )
    await context.say(with_near(only_words, context))


def register(app: App) -> None:
    app.add_handler(MessageHandler(filters.COMMAND & PRIVATE, unknown_command))
    app.add_handler(MessageHandler(filters.ALL & PRIVATE & ~filters.StatusUpdate.ALL, unreadable))
    app.add_handler(CallbackQueryHandler(unknown_button))
