"""What the admin group can ask; every command looks at role and chat again when it runs."""

from telegram.ext import CommandHandler

from bot.context import App, Command
from handlers.admin import content, questions

COMMANDS: tuple[Command, ...] = (*content.COMMANDS, *questions.COMMANDS)


def register(app: App) -> None:
    for command in COMMANDS:
        app.add_handler(CommandHandler(command.name, command.run))
