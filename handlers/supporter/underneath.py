"""The buttons under an alert. They answer with a new message: the alert stays what it was."""

from telegram import Update
from telegram.ext import CallbackQueryHandler

from bot.context import App, Context
from handlers.supporter import cases, petitions


async def open_petition(_: Update, context: Context) -> None:
    context.anew()
    await petitions.show(context.group("slug"), context)


async def open_case(_: Update, context: Context) -> None:
    context.anew()
    await cases.show(context.group("slug"), context)


def register(app: App) -> None:
    slug = "(?P<slug>[a-z0-9-]+)"
    app.add_handler(CallbackQueryHandler(open_petition, pattern=rf"^alert:petition:{slug}$"))
    app.add_handler(CallbackQueryHandler(open_case, pattern=rf"^alert:case:{slug}$"))
