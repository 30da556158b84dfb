"""From an exception to a sentence. The only place that catches everything."""

import logging
import secrets

from markupsafe import Markup
from telegram import Chat, Update
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from bot.context import App, Context
from bot.errors import (
    CaseEnded,
    IllegalMove,
    LinkVoid,
    NameRefused,
    NotAllowed,
    OutOfRank,
    OwnPetition,
    PetitionChanged,
    PetitionClosed,
    PetitionIncomplete,
    PetitionNotOpen,
    PetitionUnknown,
    Refusal,
    TextChanged,
)
from bot.i18n import Translator
from bot.log import trace
from bot.models import Role
from handlers.refusals import alert_refused, case_refused, content_refused

log = logging.getLogger(__name__)
POPUP = 200  # characters of the answer to a tap


def explain(error: Exception | None, t: Translator) -> Markup | None:
    """Say what went wrong and what the person can do now; None when it is our bug."""
    match error:
        case PetitionClosed():
            return t(
                "This petition has closed, so your name was not added. "
                "/petitions shows the open ones."
            )
        case TextChanged():
            return t(
                "The text of this petition has been changed since you opened it, so nothing was "
                "signed. /petitions shows it as it is now."
            )
        case PetitionNotOpen():
            return t("This petition is not open yet. /petitions shows the open ones.")
        case PetitionUnknown() | CaseEnded():  # where no family's words can be shown
            return t(
                "This petition has been withdrawn, or the link is not whole. Nothing was signed. "
                "/petitions shows the open ones."
            )
        case NotAllowed(role=role):
            return _not_allowed(role, t)
        case OutOfRank():
            return t(
                "Nothing was changed: only people and roles below your own are yours to give or "
                "take. Owners stand in the settings, and owners appoint admins."
            )
        case ChatMigrated():
            return t(
                "The admin group has become a supergroup in this moment, so this was not done. I "
                "have noted its new number: do it once more, please."
            )
        case LinkVoid():
            return t(
                "This link to the staff has been used, or its hour is over, or it is not whole. "
                "Ask an admin for a new one."
            )
        case OwnPetition():
            return t("You had a hand in this one. Another admin has to look at it and agree.")
        case PetitionIncomplete():
            return t("Something is missing that it needs first: its page says what.")
        case PetitionChanged() | IllegalMove():
            return t(
                "It was changed while you were looking at it, so nothing was done. /petition "
                "shows how it stands now."
            )
        case NameRefused(reason=reason):
            return _name_refused(reason, t)
    return alert_refused(error, t) or case_refused(error, t) or content_refused(error, t)


def _not_allowed(role: Role, t: Translator) -> Markup:
    match role:
        case Role.OWNER:
            return t("Only owners can do that. VIGIL_OWNERS in the settings says who they are.")
        case Role.ADMIN:
            return t("Only admins can do that. An owner can make you one with /staff.")
        case Role.ORGANISER:
            return t("Only organisers can do that. An admin can make you one with /staff.")
    return t("Only people of our staff can do that. An admin can add you with /staff.")


def _name_refused(reason: str, t: Translator) -> Markup:
    match reason:
        case NameRefused.TOO_LONG:
            return t("That is longer than a name can be: 100 characters at most. Write it shorter.")
        case NameRefused.LINK:
            return t("A name cannot hold a link or a user name. Write just the name.")
        case NameRefused.QUESTION:
            return t(
                "That looks like a question, and I am waiting for a name. Write the name, or "
                "/cancel and ask again."
            )
        case NameRefused.CONTROL:
            return t("There are invisible characters in that name. Type it by hand, please.")
    return t("I found no letters in that. Write your name as it shall stand, or /cancel.")


async def on_error(update: object, context: Context) -> None:
    """Tell the person, and the log: the type and the place, never what was said."""
    error = context.error
    if not isinstance(update, Update) or error is None:
        _report(error, "outside of an update")
        return
    if isinstance(error, ChatMigrated):
        await _follow(error, update, context)
    t = await _translator(error, update, context)
    sentence = explain(error, t)
    if sentence is None and await _is_telegrams(error, update, context):
        return
    if sentence is None:
        number = secrets.token_hex(3)
        _report(error, f"as {number}")
        sentence = t(
            "Something broke on our side, and what you asked for may not have been done. "
            "Please try again in a few minutes. If it stays so, tell a person this number: "
            "{number}. /contact says how.",
            number=number,
        )
    await _tell(sentence, update, context)


async def _follow(error: ChatMigrated, update: Update, context: Context) -> None:
    """Only groups move: the one it was asked in, or the admin group when it was asked alone."""
    staff, chat = context.services.staff, update.effective_chat
    in_group = chat is not None and chat.type != Chat.PRIVATE
    old = chat.id if chat and in_group else await staff.admin_chat()
    if old is not None:
        await staff.moved(old, error.new_chat_id)


async def _is_telegrams(error: Exception, update: Update, context: Context) -> bool:
    """Whether Telegram, or the way to it, is at fault: then there is no use in writing there."""
    match error:
        case Forbidden():
            chat = update.effective_chat
            if chat is not None and chat.type == Chat.PRIVATE:  # else a group has put us out
                await context.services.supporters.blocked(chat.id)
            return True
        case BadRequest():
            return False
        case NetworkError() | RetryAfter():
            log.warning("Telegram could not be reached: %s", type(error).__name__)
            return True
    return False


def _report(error: Exception | None, where: str) -> None:
    place = trace(type(error), error.__traceback__) if error else "  unknown"
    log.error("an unexpected error, %s\n%s", where, place)


async def _translator(error: Exception, update: Update, context: Context) -> Translator:
    """PTB hands the error handler a new context, so the language is looked up again.

    Not the chosen one after a fault of ours, which may be the database's.
    """
    chat, user, catalogues = (
        update.effective_chat,
        update.effective_user,
        context.services.catalogues,
    )
    if user is None or chat is None or chat.type != Chat.PRIVATE:
        return catalogues[catalogues.first]
    chosen = None
    if isinstance(error, Refusal):
        chosen = await context.services.supporters.chosen_language(user.id)
    known = chosen if chosen and chosen in catalogues else None
    return catalogues[known or catalogues.released(user.language_code)]


async def _tell(sentence: Markup, update: Update, context: Context) -> None:
    chat = update.effective_chat
    if chat is None or not await _is_ours(chat, context):
        return
    is_short = len(sentence.unescape()) <= POPUP
    if update.callback_query is not None and chat.type != Chat.PRIVATE and is_short:
        await context.acknowledge(update.callback_query, sentence.unescape())
        return  # nobody else in the group needs to read it
    if update.callback_query is not None:
        await context.acknowledge(update.callback_query)
    try:
        await context.bot.send_message(chat.id, sentence)
    except TelegramError as error:
        log.warning("an error could not be told: %s", type(error).__name__)


async def _is_ours(chat: Chat, context: Context) -> bool:
    return chat.type == Chat.PRIVATE or chat.id == await context.services.staff.admin_chat()


def register(app: App) -> None:
    app.add_error_handler(on_error)
