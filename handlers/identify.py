"""Who is it? Runs before every other handler, and lets nothing pass that is not for us."""

from telegram import Chat, Update
from telegram.ext import ApplicationHandlerStop, TypeHandler

from bot.context import App, Context
from handlers.admin.gate import ADMIN

FIRST = -2  # the handler group that runs before the others


async def identify(update: Update, context: Context) -> None:
    """Fill in person, dialog and language; an update that was handled before ends here."""
    chat, person = update.effective_chat, update.effective_user
    if chat is None or person is None or chat.type == Chat.CHANNEL:
        raise ApplicationHandlerStop
    services = context.services
    language = services.catalogues.released(person.language_code)
    found = await services.supporters.arrive(person.id, chat.id, update.update_id, language)
    context.supporter, context.dialog = found.supporter, found.dialog
    context.role, context.admin_chat = services.staff.standing(found)
    context.t = services.catalogues[language]
    if found.seen:
        raise ApplicationHandlerStop
    is_private = chat.type == Chat.PRIVATE
    if is_private and found.supporter.unreachable and update.my_chat_member is None:
        await services.supporters.unblocked(person.id)  # who writes to us can be written to
    await _refuse_foreign_button(update, context)


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
