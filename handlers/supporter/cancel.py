"""/cancel: out of whatever one is in the middle of."""

from telegram import Update

from bot.context import Command, Context
from bot.i18n import N_


async def cancel(_: Update, context: Context) -> None:
    if context.dialog is None:
        await context.reply(context.t("There is nothing to cancel. /help shows what I can do."))
        return
    await context.services.dialogs.close(context.supporter)
    if context.dialog.name == "draft":
        await context.reply(context.t("The draft stays as it was. /queue shows it."))
        return
    await context.reply(context.t("Cancelled. What you had begun was not kept."))


COMMANDS = (Command("cancel", N_("Leave what you have begun"), cancel),)
