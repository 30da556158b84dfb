"""Free text in a private chat: stop words and distress first, then open dialogs, and questions."""

from collections.abc import Awaitable, Callable, Mapping

from telegram import Update
from telegram.ext import MessageHandler, filters

from bot.context import App, Context
from handlers import inline
from handlers.fallback import unreadable
from handlers.organiser import steps
from handlers.supporter import ask, contact, settings, sharing, signing, stop

Step = Callable[[str, Context], Awaitable[None]]
DIALOGS: Mapping[str, Mapping[str, Step]] = {
    signing.DIALOG: signing.STEPS,
    settings.DIALOG: settings.STEPS,
}
REPEATS: Mapping[str, Step] = {signing.DIALOG: signing.repeat}
WORDS = filters.ChatType.PRIVATE & ~filters.COMMAND & (filters.TEXT | filters.CAPTION)


async def text(update: Update, context: Context) -> None:
    """Somebody in need is answered before anything else, whatever she was in the middle of.

    A stop word is nothing else, so it comes before: no fault in the explainer can hold it up.
    """
    message = update.effective_message
    assert message is not None
    if inline.is_card(message, context):
        return
    words = message.text or message.caption or ""
    if stop.is_stop_word(words, context.services.content.stop_words):
        await stop.stop(update, context)
        return
    if steps.is_waiting(context):  # an alert tells of what others suffer
        await steps.take(message, context)
        return
    if contact.is_waiting(context):  # it hears distress itself, and knows what she asked for
        await contact.take(message, context)
        return
    if await settings.take(words, context):  # “from 10 pm to 7 am” is not taken for a cry for help
        return
    if context.dialog is None and await sharing.open_code(words, context):
        return
    reply = await ask.look_up(words, context)
    if reply.kind == "support":
        await ask.support(context, reply)
    elif step := _step(context):
        await step(words, context)
    else:
        await ask.answer(words, reply, context)


async def attachment(update: Update, context: Context) -> None:
    """A picture or a file without a word."""
    message = update.effective_message
    assert message is not None
    if steps.is_waiting(context):
        await steps.take(message, context)
    elif contact.is_waiting(context):
        await contact.take(message, context)
    else:
        await unreadable(update, context)


def _step(context: Context) -> Step | None:
    """The step of the dialog that waits for this message.

    A message that moved the dialog before a crash does not answer the next step when it comes
    again: what the dialog waits for is said once more.
    """
    dialog = context.dialog
    if dialog is None:
        return None
    if dialog.update_id == context.incoming.update_id:
        return REPEATS.get(dialog.name)
    return DIALOGS.get(dialog.name, {}).get(dialog.step)


def register(app: App) -> None:
    app.add_handler(MessageHandler(WORDS, text))
    silent = filters.ChatType.PRIVATE & filters.ATTACHMENT & ~filters.CAPTION
    app.add_handler(MessageHandler(silent, attachment))
