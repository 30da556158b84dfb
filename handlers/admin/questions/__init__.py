"""/unanswered: questions that people passed on, gathered by meaning, and what to do with them."""

from telegram.ext import CallbackQueryHandler

from bot.context import App, Command
from bot.i18n import N_
from handlers.admin.questions import _answers, _drafts, _list

__all__ = ["COMMANDS", "register"]

COMMANDS = (Command("unanswered", N_("Questions without an answer"), _list.unanswered),)


def register(app: App) -> None:
    where = r"(?P<percent>[0-9]{2}):(?P<page>[0-9]{1,3})"
    which = rf"{where}:(?P<digest>[0-9a-f]{{12}})"
    for pattern, handler in (
        (f"list:{where}", _list.show_page),
        (f"open:{which}", _list.show_group),
        (r"waiting:(?P<number>[0-9]{1,9})", _answers.show_waiting),
        (f"example:{which}", _answers.choose_text),
        (f"decoy:{which}", _answers.choose_exclusion),
        (rf"add:{which}:(?P<mark>[0-9a-f]{{10}})", _answers.add),
        (f"drop:{which}", _answers.ask_to_drop),
        (f"gone:{which}", _answers.drop),
        (f"passage:{which}", _drafts.send_passage),
        (f"exclusion:{which}", _drafts.send_exclusion),
    ):
        app.add_handler(CallbackQueryHandler(handler, rf"^admin:unanswered:{pattern}$"))
