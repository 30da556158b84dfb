"""Who may command the bot, and where: asked when something runs, never remembered.

The role and the admin group come from the database with each update (`handlers.identify`).
"""

from enum import StrEnum
from functools import wraps

from markupsafe import Markup
from telegram import Chat, Message, Update

from bot.context import Context, Handler
from bot.errors import NotAllowed
from bot.models import Role
from handlers.errors import explain

ANONYMOUS = 1087968824  # who speaks for an admin that remains anonymous
ADMIN = "admin:"  # how the data of every button begins that is meant for the admin group


class Place(StrEnum):
    ADMIN_GROUP = "admin group"
    PRIVATE = "private chat"


def admin_group(role: Role) -> "Gate":
    """Let a command or a button run only in the admin group, and only for people with the role.

    The data of such a button begins with `admin:`; no other button works in a group.
    """
    return Gate(role, Place.ADMIN_GROUP)


def private(role: Role) -> "Gate":
    """Let a command or a button run only in a private chat, and only for people with the role."""
    return Gate(role, Place.PRIVATE)


class Gate:
    def __init__(self, role: Role, place: Place) -> None:
        self.role = role
        self.place = place

    def __call__(self, run: Handler) -> Handler:
        @wraps(run)
        async def guarded(update: Update, context: Context) -> None:
            hint = self._hint(update, context)
            if hint is None:
                await run(update, context)
            elif update.callback_query is not None:
                await context.acknowledge(update.callback_query, hint.unescape())
            else:
                await context.say(hint)

        vars(guarded)["gate"] = self  # for the test that knows who may do what
        return guarded

    def _hint(self, update: Update, context: Context) -> Markup | None:
        t = context.t
        if self.place is Place.ADMIN_GROUP and context.chat.id != context.admin_chat:
            return t("This command works in the admin group only. /id tells a group's number.")
        if self.place is Place.PRIVATE and context.chat.type != Chat.PRIVATE:
            return t("This command works in your private chat with me only.")
        if update.callback_query is None and (message := update.effective_message):
            hint = _disguised(message, context)  # the one who taps is known by her own number
            if hint is not None:
                return hint
        return explain(NotAllowed(self.role), t) if context.role < self.role else None


def _disguised(message: Message, context: Context) -> Markup | None:
    is_nobody = message.from_user is None or message.from_user.id == ANONYMOUS
    if message.sender_chat is not None or is_nobody:
        return context.t(
            "I cannot tell who you are. Turn off “Remain anonymous” in your admin rights, or write "
            "as yourself instead of as a channel, and send the command again."
        )
    if message.forward_origin is not None:
        return context.t("A forwarded command does nothing. Type it yourself, please.")
    return None
