"""What the admin group can ask; every command looks at role and chat again when it runs."""

from markupsafe import Markup
from telegram import Update
from telegram.ext import CommandHandler, filters

from bot.context import App, Command, Context
from bot.i18n import Translator
from handlers.admin import (
    alerts,
    audit,
    cases,
    contact,
    content,
    health,
    petitions,
    questions,
    recalls,
    staff,
    stats,
    typed,
)

COMMANDS: tuple[Command, ...] = (
    *alerts.COMMANDS,
    *petitions.COMMANDS,
    *cases.COMMANDS,
    *stats.COMMANDS,
    *health.COMMANDS,
    *audit.COMMANDS,
    *content.COMMANDS,
    *questions.COMMANDS,
    *contact.COMMANDS,
    *staff.COMMANDS,
)


def register(app: App) -> None:
    staff.register(app)
    alerts.register(app)
    recalls.register(app)
    audit.register(app)
    cases.register(app)
    content.register(app)
    questions.register(app)
    contact.register(app)
    petitions.register(app)
    typed.register(app)
    for command in COMMANDS:
        app.add_handler(CommandHandler(command.name, command.run))
    app.add_handler(CommandHandler("help", show_help, filters.ChatType.GROUPS))


async def show_help(_: Update, context: Context) -> None:
    """/help in a group; in a private chat it is another one."""
    is_admin_group = context.chat.id == context.admin_chat
    await context.say(introduction(context.t) if is_admin_group else elsewhere(context.t))


def introduction(t: Translator) -> Markup:
    """What the admin group is told when the bot comes in."""
    lines = [f"/{command.name} – {t(command.summary)}" for command in COMMANDS]
    return t(
        "This is the admin group. Here you can ask for:\n\n{commands}", commands="\n".join(lines)
    )


def elsewhere(t: Translator) -> Markup:
    """What every other group is told."""
    return t("I work in private chats. Open my profile and write to me there.")
