"""/stop, and a message that says stop and nothing else."""

import re
from collections.abc import Collection

from markupsafe import Markup
from telegram import Update
from telegram.ext import CallbackQueryHandler

from bot.content.folding import fold
from bot.context import App, Command, Context
from bot.i18n import N_, Translator
from bot.services.supporters import Stop
from handlers.supporter.quiet import quietly

_EDGES = re.compile(r"^[\W_]+|[\W_]+$")


def is_stop_word(words: str, stop_words: Collection[str]) -> bool:
    """Whether the whole message is a stop word: “we must STOP this” is not one."""
    return " ".join(_EDGES.sub("", fold(words)).split()) in stop_words


async def stop(_: Update, context: Context) -> None:
    has_ended = await context.services.contact.end(context.supporter)
    found = await context.services.supporters.stop(context.supporter)
    await context.services.dialogs.close(context.supporter)
    said = quietly(_said(found, context.t), context)
    await context.reply(_without_answer(said, context.t) if has_ended else said, insist=True)


async def stop_under_alert(update: Update, context: Context) -> None:
    """The alert itself stays as it is."""
    context.anew()
    await stop(update, context)


def _said(found: Stop, t: Translator) -> Markup:
    """One goodbye; to a second stop only that it is so."""
    match found:
        case Stop.KEPT:
            return t(
                "Stopped. From now on I send you nothing by myself; I only answer when you write "
                "or tap.\n\nWhat you signed stays signed: /mysignatures shows it. "
                "/alerts is the way back. /forgetme erases everything about you."
            )
        case Stop.ERASED:
            return t(
                "Stopped. From now on I send you nothing by myself; I only answer when you write "
                "or tap.\n\nWhat you had chosen was all that we kept about you, and it is erased. "
                "/alerts is the way back."
            )
        case Stop.LANGUAGE:
            return t(
                "Stopped. From now on I send you nothing by myself; I only answer when you write "
                "or tap.\n\nWhat you had chosen to get is erased. All that we still keep about "
                "you is the language you chose: /settings changes that. /alerts is the way back."
            )
        case Stop.AGAIN:
            return t(
                "It is so already: you have said stop, and I send you nothing by myself. "
                "/alerts is the way back. /forgetme erases everything about you."
            )
    return t("It is so already: I send you nothing by myself. I only answer when you write or tap.")


def _without_answer(said: Markup, t: Translator) -> Markup:
    return t(
        "{said}\n\nAn answer of the team to what you wrote does not reach you any more. /contact "
        "writes to them anew.",
        said=said,
    )


COMMANDS = (Command("stop", N_("End every message from us"), stop),)


def register(app: App) -> None:
    app.add_handler(CallbackQueryHandler(stop_under_alert, pattern=r"^alert:stop$"))
