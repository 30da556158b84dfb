"""The parts of a draft that are typed or sent: text, picture, and the two times."""

from collections.abc import Awaitable, Callable, Mapping

from telegram import Message

from bot.context import Context
from bot.errors import AlertChanged, AlertGone, AlertMoved, MomentRefused, WordsRefused
from bot.models import Alert, Role
from handlers.organiser._card import show
from handlers.organiser.refusals import moment_refused, offers, words_refused
from handlers.organiser.steps._common import DIALOG, at
from handlers.organiser.steps._picture import ask_picture, drop_picture, take_picture
from handlers.organiser.steps._text import ask_text, drop_text, take_more, take_text
from handlers.organiser.steps._times import (
    ask_until,
    ask_when,
    choose_until,
    choose_when,
    take_until,
    take_when,
)

__all__ = [
    "DIALOG",
    "ask_picture",
    "ask_text",
    "ask_until",
    "ask_when",
    "at",
    "choose_until",
    "choose_when",
    "drop_picture",
    "drop_text",
    "is_waiting",
    "take",
]

_FINAL = {MomentRefused.PAST, MomentRefused.TOO_FAR}
_TAKERS: Mapping[str, Callable[[Message, Alert, str, Context], Awaitable[None]]] = {
    "text": take_text,
    "more": take_more,
    "picture": take_picture,
    "when": take_when,
    "until": take_until,
}


async def take(message: Message, context: Context) -> None:
    """What was sent while a draft waited for something.

    What cannot go out is refused, the step stays open, and the draft stays as it was. The step
    ends when nothing could be put in any more: else it would swallow all that she writes.
    """
    try:
        await _take(message, context)
    except (AlertGone, AlertChanged, AlertMoved):
        await context.services.dialogs.close(context.supporter)
        raise


async def _take(message: Message, context: Context) -> None:
    assert context.dialog is not None
    overview = await context.services.drafts.overview(context.dialog.data["alert"])
    if context.dialog.update_id == context.incoming.update_id:  # it comes again after a crash
        await show(overview, context)
        return
    step, _, argument = context.dialog.step.partition(":")
    try:
        await _TAKERS[step](message, overview.alert, argument, context)
    except WordsRefused as refusal:
        if not await _is_same_album(message, context):
            await context.say(words_refused(refusal, context.t))
    except MomentRefused as refusal:
        verb = "at" if step == "when" else "by"
        instants = () if refusal.reason in _FINAL else refusal.instants
        buttons = offers(instants, refusal, f"{at(overview.alert)}:{verb}", context)
        await context.say(moment_refused(refusal, context), buttons)


async def _is_same_album(message: Message, context: Context) -> bool:
    """Each picture of an album comes by itself; one answer is enough."""
    dialog, album = context.dialog, message.media_group_id
    if dialog is None or album is None:
        return False
    if dialog.data.get("album") == album:
        return True
    data = {**dialog.data, "album": album}
    update_id = context.incoming.update_id
    await context.services.dialogs.move(context.supporter, DIALOG, dialog.step, data, update_id)
    return False


def is_waiting(context: Context) -> bool:
    """Whether the next message belongs to a draft; never that of somebody who may write none."""
    is_draft = context.dialog is not None and context.dialog.name == DIALOG
    return is_draft and context.role >= Role.ORGANISER
