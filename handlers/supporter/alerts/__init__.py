"""/alerts: what one is told of by itself; nothing, until one says yes to the exact words."""

from telegram import Update
from telegram.ext import CallbackQueryHandler

from bot.context import App, Command, Context
from bot.i18n import N_
from handlers.supporter.alerts._consent import ask, say_no, say_yes, show_receipt
from handlers.supporter.alerts._quiet import (
    SPANS,
    ask_for_quiet,
    quiet_buttons,
    quiet_line,
    tell_back,
)
from handlers.supporter.alerts._screen import begin_quiet, end_quiet, show_cases, show_topics
from handlers.supporter.subjects import PATTERN

__all__ = ["COMMANDS", "quiet_buttons", "quiet_line", "register", "tell_back"]


async def choose(update: Update, context: Context) -> None:
    """The button under an alert: the alert itself stays as it is."""
    context.anew()
    await show_topics(update, context)


COMMANDS = (Command("alerts", N_("What I send you by myself"), show_topics),)


def register(app: App) -> None:
    spans = "|".join(SPANS)
    for pattern, handler in (
        (rf"^{PATTERN}:ask$", ask),
        (rf"^{PATTERN}:yes:(?P<mark>[0-9a-f]+)$", say_yes),
        (rf"^{PATTERN}:off$", say_no),
        (rf"^{PATTERN}:said$", show_receipt),
        (r"^choose:cases$", show_cases),
        (r"^quiet:ask$", ask_for_quiet),
        (rf"^quiet:(?P<span>{spans})$", begin_quiet),
        (r"^quiet:end$", end_quiet),
        (r"^alert:choose$", choose),
    ):
        app.add_handler(CallbackQueryHandler(handler, pattern=pattern))
