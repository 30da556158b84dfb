"""Who may command the bot, and where: asked when a command runs, never remembered."""

from functools import wraps

from markupsafe import Markup
from telegram import Update

from bot.context import Context, Handler
from bot.models import Role


def admin_group(role: Role) -> "Gate":
    """Let a command run only in the admin group, and only for people with the role."""
    return Gate(role)


class Gate:
    def __init__(self, role: Role) -> None:
        self._role = role

    def __call__(self, run: Handler) -> Handler:
        @wraps(run)
        async def guarded(update: Update, context: Context) -> None:
            if hint := _hint(update, context):
                await context.say(hint)
                return
            context.services.staff.require(context.supporter.id, self._role)
            await run(update, context)

        return guarded


def _hint(update: Update, context: Context) -> Markup | None:
    message, t = update.effective_message, context.t
    if context.chat.id != context.services.staff.admin_chat:
        return t("This command works in the admin group only. /id tells a group's number.")
    if message is not None and message.sender_chat is not None:
        return t(
            "I cannot tell who you are. Turn off “Remain anonymous” in your admin rights, and "
            "send the command again."
        )
    if message is not None and message.forward_origin is not None:
        return t("A forwarded command does nothing. Type it yourself, please.")
    return None
