"""/staff: who works with the bot, and who may do how much."""

from bot.context import App, Command
from bot.i18n import N_
from handlers.admin.staff._group import register as _register_group
from handlers.admin.staff._group import staff
from handlers.admin.staff._links import join
from handlers.admin.staff._picker import choose_role
from handlers.admin.staff._picker import register as _register_picker

__all__ = ["COMMANDS", "PRIVATE", "join", "register"]

COMMANDS = (Command("staff", N_("Who works here, and who may do what"), staff),)
PRIVATE = Command("staff", N_("Add people to the staff"), choose_role)


def register(app: App) -> None:
    _register_group(app)
    _register_picker(app)
