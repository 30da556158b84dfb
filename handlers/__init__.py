"""What is said to people, feature by feature; `register` puts all of it into an application."""

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, filters

from bot.context import App, Command, Context
from bot.models import Role
from handlers import (
    admin,
    errors,
    fallback,
    identify,
    inline,
    interruptions,
    membership,
    organiser,
    text,
)
from handlers.admin.cases import tell_stopped
from handlers.admin.content import finish_cooled, tell_stale
from handlers.admin.copies import tell_another_polls, tell_copied
from handlers.admin.integrity import tell_broken
from handlers.flood import tell_flooder, urgency
from handlers.menus import set_all
from handlers.recalls.pictures import give as give_pictures
from handlers.supporter import (
    alerts,
    ask,
    cancel,
    cases,
    contact,
    digest,
    letters,
    numbers,
    petitions,
    privacy,
    settings,
    sharing,
    signatures,
    signing,
    start,
    stop,
)
from handlers.supporter.alerts import tell_back
from handlers.supporter.letters import tell_of_letters

__all__ = [
    "COMMANDS",
    "finish_cooled",
    "give_pictures",
    "register",
    "set_menus",
    "tell_another_polls",
    "tell_back",
    "tell_broken",
    "tell_copied",
    "tell_flooder",
    "tell_of_letters",
    "tell_stale",
    "tell_stopped",
    "urgency",
]

_SUPPORTER = (
    start, ask, petitions, signatures, cases, alerts, settings, contact, privacy, stop, cancel,
    numbers,
)  # fmt: skip
COMMANDS: tuple[Command, ...] = tuple(
    command for feature in _SUPPORTER for command in feature.COMMANDS
)
# Commands in private chats, and from which role on the menu shows them.
OF_STAFF: tuple[tuple[Role, Command], ...] = (
    *((Role.ORGANISER, command) for command in organiser.COMMANDS),
    (Role.ADMIN, admin.staff.PRIVATE),
)
_BY_NAME = {command.name: command for command in COMMANDS if command.summary}


def register(app: App) -> None:
    """Every handler, most special first."""
    identify.register(app)
    interruptions.register(app)
    membership.register(app)
    for command in (*COMMANDS, *organiser.COMMANDS):
        app.add_handler(CommandHandler(command.name, command.run, filters.ChatType.PRIVATE))
    organiser.register(app)
    admin.register(app)
    going = rf"^go:(?P<command>[a-z]+){ask.LANGUAGE}"
    app.add_handler(CallbackQueryHandler(ask.in_its_language(go), pattern=going))
    for feature in (
        start, ask, petitions, signing, signatures, cases, alerts, settings, contact, privacy, stop,
        numbers, digest, sharing, inline, letters,
    ):  # fmt: skip
        feature.register(app)
    text.register(app)
    fallback.register(app)
    errors.register(app)


async def set_menus(app: App) -> None:
    """Tell Telegram which commands to offer whom."""
    await set_all(app.bot, app.bot_data["services"])


async def go(update: Update, context: Context) -> None:
    """A button that does what a command does."""
    command = _BY_NAME.get(context.group("command"))
    await (command.run if command else fallback.unknown_button)(update, context)
