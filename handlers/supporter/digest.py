"""What a digest offers is read as it was sent to all others: the same text, the same buttons."""

from telegram import Update
from telegram.ext import CallbackQueryHandler

from bot.context import App, Context
from bot.delivery.posting import post
from bot.delivery.rendering import render
from handlers.supporter.quiet import quietly


async def read(update: Update, context: Context) -> None:
    """The digest stays as it is: the others in it are still to be read."""
    number, services = int(context.group("number")), context.services
    context.anew()
    alert = await services.digests.part(context.supporter, number)
    if alert is None:
        gone = context.t(
            "This is no longer shown: its time is over, or it was taken back. /petitions shows "
            "what you can sign now."
        )
        await context.reply(quietly(gone, context))
        return
    assert update.callback_query is not None
    await context.acknowledge(update.callback_query)
    rendered = render(alert, context.supporter.language, services.catalogues)
    message_id = await post(context.bot, context.chat.id, rendered)
    await services.digests.has_read(context.supporter, number, message_id)


def register(app: App) -> None:
    app.add_handler(CallbackQueryHandler(read, pattern=r"^digest:(?P<number>[0-9]{1,9})$"))
