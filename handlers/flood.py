"""More messages than anybody can mean: what is never dropped, and what the sender is told."""

from collections.abc import Collection

from telegram import Chat, Update
from telegram.error import TelegramError

from bot.context import App, Services
from handlers.supporter.stop import is_stop_word

_COMMANDS = ("/stop", "/forgetme", "/cancel")
_BUTTONS = ("forget:", "withdraw:do:")


def is_urgent(update: Update, stop_words: Collection[str]) -> bool:
    """A stop, an erasure or a block is never dropped, however many messages surround it."""
    if update.my_chat_member is not None:
        return True
    if update.callback_query is not None:
        return str(update.callback_query.data or "").startswith(_BUTTONS)
    words = (update.message.text or "") if update.message else ""
    return words.startswith(_COMMANDS) or is_stop_word(words, stop_words)


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
