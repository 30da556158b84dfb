"""/case in the admin group: how cases stand, what became of people, and a family's wish to stop."""

from telegram import Update
from telegram.ext import CallbackQueryHandler, MessageHandler, filters

from bot.context import App, Command, Context
from bot.i18n import N_
from bot.models import Fate, Role
from handlers.admin.cases import _endings, _pages, _words
from handlers.admin.cases._stopped import tell_stopped
from handlers.admin.gate import admin_group

__all__ = ["COMMANDS", "register", "tell_stopped"]

STOP = "stop"


@admin_group(Role.ADMIN)
async def case(_: Update, context: Context) -> None:
    """`/case`, `/case <name>`, `/case stop <name>`."""
    words = [word.casefold() for word in context.args or ()]
    if not words:
        await _pages.show_list(context)
    elif len(words) == 1 and words[0] != STOP:
        await _pages.show(words[0], context)
    elif len(words) == 2 and words[0] == STOP:
        await _endings.begin(words[1], Fate.CLOSED, context)
    else:
        await context.say(
            context.t(
                "Like this: <code>/case</code> for all of them, <code>/case name</code> for one, "
                "<code>/case stop name</code> when its family asks us to stop."
            )
        )


COMMANDS = (Command("case", N_("Cases: outcomes, and a family's wish to stop"), case),)


def register(app: App) -> None:
    slug, number = "(?P<slug>[a-z0-9-]{1,40})", "(?P<number>[0-9]{1,9})"
    fates = f"{Fate.RELEASED}|{Fate.JUSTICE}|{Fate.DIED}|{Fate.CLOSED}"
    exactly = rf"{number}:(?P<revision>[0-9]{{1,6}})"
    for pattern, handler in (
        (r"^admin:case:list$", _pages.open_list),
        (rf"^admin:case:show:{slug}$", _pages.open_page),
        (rf"^admin:case:fates:{slug}$", _pages.ask_fate),
        (rf"^admin:case:as:(?P<fate>{fates}):{slug}$", _endings.choose),
        (rf"^admin:ending:{number}$", _endings.open_card),
        (rf"^admin:ending:{number}:words:(?P<language>[a-z]{{2,3}})$", _words.ask),
        (rf"^admin:ending:{exactly}:submit$", _endings.submit),
        (rf"^admin:ending:{exactly}:accept$", _endings.accept),
        (rf"^admin:ending:{exactly}:drop$", _endings.drop),
        (rf"^admin:ending:{exactly}:stop$", _endings.stop),
    ):
        app.add_handler(CallbackQueryHandler(handler, pattern=pattern))
    words = filters.ChatType.GROUPS & _words.ToQuestion()
    app.add_handler(MessageHandler(words, _words.take))
