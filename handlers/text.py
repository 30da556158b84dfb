"""Free text in a private chat: distress first, then stop words, open dialogs, and questions."""

from collections.abc import Awaitable, Callable, Mapping

from telegram import Update
from telegram.ext import MessageHandler, filters

from bot.context import App, Context
from handlers.supporter import ask, signing, stop

Step = Callable[[str, Context], Awaitable[None]]
DIALOGS: Mapping[str, Mapping[str, Step]] = {signing.DIALOG: signing.STEPS}
WORDS = filters.ChatType.PRIVATE & ~filters.COMMAND & (filters.TEXT | filters.CAPTION)


async def text(update: Update, context: Context) -> None:
    """Somebody in need is answered before anything else, whatever she was in the middle of."""
    message = update.effective_message
    assert message is not None
    words = message.text or message.caption or ""
    reply = ask.look_up(words, context)
    if reply.kind == "support":
        await ask.support(context)
    elif stop.is_stop_word(words, context.services.content.stop_words):
        await stop.stop(update, context)
    elif step := _step(context):
        await step(words, context)
    else:
        await ask.answer(words, reply, context)


def _step(context: Context) -> Step | None:
    """The step of the dialog that waits for this message; none after a redelivered one."""
    dialog = context.dialog
    if dialog is None or dialog.update_id == context.incoming.update_id:
        return None
    return DIALOGS.get(dialog.name, {}).get(dialog.step)


def register(app: App) -> None:
    app.add_handler(MessageHandler(WORDS, text))
