"""What organisers do in their private chats: write, preview, submit, and watch."""

from bot.context import App, Command
from handlers.organiser import amendments, begin, drafts, queue

COMMANDS: tuple[Command, ...] = (*begin.COMMANDS, *queue.COMMANDS)


def register(app: App) -> None:
    for feature in (begin, drafts, queue, amendments):
        feature.register(app)
