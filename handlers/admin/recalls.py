"""Recalling an alert from the admin group, under its card or its report."""

from telegram import Update
from telegram.ext import CallbackQueryHandler

from bot.context import App, Context, button
from bot.models import Role
from handlers import recalls
from handlers.admin.gate import admin_group


@admin_group(Role.ADMIN)
async def ask(_: Update, context: Context) -> None:
    """Below, since the report that it was asked under is to stay."""
    number, t = int(context.group("number")), context.t
    text = await recalls.question(number, context)
    context.anew()
    await context.reply(
        text,
        [
            [button(t("Recall it"), f"admin:recall:{number}:yes")],
            [button(t("Leave it as it is"), f"admin:recall:{number}:no")],
        ],
    )


@admin_group(Role.ADMIN)
async def recall(_: Update, context: Context) -> None:
    """Its card comes below, as soon as it runs."""
    watch = await recalls.recall(int(context.group("number")), context)
    await context.reply(recalls.begun(watch, context))


@admin_group(Role.ADMIN)
async def leave(_: Update, context: Context) -> None:
    await context.reply(context.t("Nothing was recalled."))


def register(app: App) -> None:
    number = "(?P<number>[0-9]{1,9})"
    for pattern, handler in (
        (rf"^admin:recall:{number}$", ask),
        (rf"^admin:recall:{number}:yes$", recall),
        (rf"^admin:recall:{number}:no$", leave),
    ):
        app.add_handler(CallbackQueryHandler(handler, pattern=pattern))
