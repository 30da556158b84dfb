"""Who is it? Runs before every other handler, and lets nothing pass that is not for us."""

from dataclasses import replace

from telegram import Chat, Update, User
from telegram.ext import ApplicationHandlerStop, TypeHandler

from bot.context import App, Context
from bot.i18n import Catalogues
from bot.models import Arrival, Supporter
from handlers.admin.gate import ADMIN

FIRST = -2  # the handler group that runs before the others


async def identify(update: Update, context: Context) -> None:
    """Fill in person, dialog and language; an update that was handled before ends here."""
    chat, person = update.effective_chat, update.effective_user
    if update.inline_query is not None:
        await _meet(update.inline_query.from_user, None, update, context)
        return
    if chat is None or person is None or chat.type == Chat.CHANNEL:
        raise ApplicationHandlerStop
    found = await _meet(person, chat, update, context)
    is_back = chat.type == Chat.PRIVATE and update.my_chat_member is None
    if is_back and found.supporter.unreachable:
        await context.services.supporters.unblocked(person.id)  # who writes to us can be written to
    await _refuse_foreign_button(update, context)


async def _meet(person: User, chat: Chat | None, update: Update, context: Context) -> Arrival:
    """Without a chat she writes elsewhere, alone with the bot: that moves and tells nothing."""
    services, place = context.services, chat.id if chat else person.id
    told = services.catalogues.released(person.language_code)
    found = await services.supporters.arrive(person.id, place, update.update_id, told)
    is_alone = chat is None or chat.type == Chat.PRIVATE
    language = _spoken(found.supporter, services.catalogues, is_private=is_alone)
    context.supporter = replace(found.supporter, language=language)
    context.dialog, context.t = found.dialog if chat else None, services.catalogues[language]
    context.role, context.admin_chat = services.staff.standing(found)
    if found.seen:
        raise ApplicationHandlerStop
    return found


def _spoken(supporter: Supporter, catalogues: Catalogues, *, is_private: bool) -> str:
    """Groups share the first language; alone, each has the one that she chose, or Telegram's."""
    if not is_private:
        return catalogues.first
    chosen = supporter.chosen
    return chosen if chosen and chosen in catalogues else supporter.language


async def _refuse_foreign_button(update: Update, context: Context) -> None:
    """Buttons are for private chats: what they show is nobody else's business.

    Those of the admin group are for that group, and say so at the beginning of their data.
    """
    query = update.callback_query
    if query is None:
        return
    for_admins = str(query.data or "").startswith(ADMIN)
    if for_admins and context.chat.id != context.admin_chat:
        note = context.t("This button works in the admin group only.")
        await context.acknowledge(query, note.unescape())
        raise ApplicationHandlerStop
    if not for_admins and context.chat.type != Chat.PRIVATE:
        await context.acknowledge(query, _about_preview(context))
        raise ApplicationHandlerStop


def _about_preview(context: Context) -> str | None:
    """For whoever tries the buttons of an alert that is shown to the admin group."""
    if context.chat.id != context.admin_chat:
        return None
    t = context.t
    return t("This shows how it arrives. The buttons work in people's own chats.").unescape()


def register(app: App) -> None:
    app.add_handler(TypeHandler(Update, identify), group=FIRST)
