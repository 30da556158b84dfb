"""More messages than anybody can mean: what is never dropped, and what the sender is told."""

import re
from collections.abc import Collection

from telegram import Chat, Update
from telegram.error import TelegramError

from bot.context import App, Services
from handlers.supporter.stop import is_stop_word

_COMMAND = re.compile(r"/(stop|forgetme|cancel|freeze)\b", re.IGNORECASE)
_BUTTONS = ("forget:", "withdraw:do:", "alert:stop", "admin:pause:", "admin:cancel:")


def urgency(update: Update, stop_words: Collection[str]) -> str | None:
    """What a stop, an erasure, a cancel or a block asks for; None when it may wait.

    Two updates of one kind that follow each other ask for the same thing.
    """
    if update.my_chat_member is not None:
        change = update.my_chat_member
        return f"{change.old_chat_member.status}-{change.new_chat_member.status}"
    if update.callback_query is not None:
        data = str(update.callback_query.data or "")
        return data if data.startswith(_BUTTONS) else None
    return _asked(update.message.text or "", stop_words) if update.message else None


def _asked(words: str, stop_words: Collection[str]) -> str | None:
    if command := _COMMAND.match(words):
        return command[1].lower()
    return "stop" if is_stop_word(words, stop_words) else None


async def tell_flooder(app: App, update: Update) -> None:
    """Say once that messages were dropped, and what to do about it."""
    chat, services = update.effective_chat, _services(app)
    if chat is None or chat.type != Chat.PRIVATE:
        return
    user = update.effective_user
    t = services.catalogues[services.catalogues.released(user.language_code if user else None)]
    sentence = t(
        "You wrote faster than I can read, so I left out some of your messages. "
        "Wait a minute, and send again what matters."
    )
    try:
        await app.bot.send_message(chat.id, sentence)
    except TelegramError:
        return  # the flooder's chat is full, which is what this was about


def _services(app: App) -> Services:
    services: Services = app.bot_data["services"]
    return services
