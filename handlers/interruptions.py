"""What comes before every feature: help for somebody in need, and a way out of open dialogs."""

import re

from telegram import Chat, Message, Update
from telegram.ext import ApplicationHandlerStop, TypeHandler

from bot.context import App, Context
from handlers.organiser import steps
from handlers.supporter import ask

AFTER_IDENTIFY = -1  # the handler group between `handlers.identify` and the features
_SENTENCE = re.compile(r"/\w+(@\w+)?\s+(?P<words>\S+\s+\S.*)", re.DOTALL)  # a link is one word
_COMMAND = re.compile(r"/\w+(@\w+)?\s*")
_OBEYED = re.compile(r"/(stop|forgetme|cancel|contact)\b")
_ELSEWHERE = "start|ask|petitions|mysignatures|cases|alerts"
_OTHER_COMMAND = re.compile(rf"/({_ELSEWHERE})\b")
_OTHER_BUTTON = re.compile(
    r"(petition|ask|case|letters?|withdraw|choose|follow|alert|share"
    r"|sign:(name|named|nameless|counted)):"
    rf"|go:({_ELSEWHERE})$"
)


async def interrupt(update: Update, context: Context) -> None:
    if update.edited_message is not None:
        await _hear_edit(update.edited_message, context)
        raise ApplicationHandlerStop  # what was answered stays answered
    if update.message is not None and context.chat.type == Chat.PRIVATE:
        await _hear_distress(update.message, context)
    if context.dialog is not None and _goes_elsewhere(update):
        await context.services.dialogs.close(context.supporter, context.chat.id)
        context.dialog = None


async def _hear_distress(message: Message, context: Context) -> None:
    """“/help they are beating me” is a cry for help; a stop in front of one is obeyed as well."""
    found = _SENTENCE.fullmatch(message.text or "")
    if found is None or not await _is_met_with_support(found["words"], context):
        return
    if not _OBEYED.match(message.text or ""):
        raise ApplicationHandlerStop


async def _hear_edit(message: Message, context: Context) -> None:
    """Somebody may say in an edit what she did not dare to say at first.

    An alert that is being written tells of what others suffer.
    """
    if context.chat.type != Chat.PRIVATE or steps.is_waiting(context):
        return
    words = _COMMAND.sub("", message.text or message.caption or "", count=1)
    if words:
        await _is_met_with_support(words, context)


async def _is_met_with_support(words: str, context: Context) -> bool:
    reply = await ask.look_up(words, context)
    if reply.kind == "support":
        await ask.support(context, reply)
    return reply.kind == "support"


def _goes_elsewhere(update: Update) -> bool:
    """Whether the next words can no longer be meant for the dialog that is open.

    Looking something up (/help, /privacy, /mydata …) is not going elsewhere.
    """
    if update.callback_query is not None:
        return _OTHER_BUTTON.match(str(update.callback_query.data or "")) is not None
    words = (update.message.text or "") if update.message else ""
    return _OTHER_COMMAND.match(words) is not None


def register(app: App) -> None:
    app.add_handler(TypeHandler(Update, interrupt), group=AFTER_IDENTIFY)
