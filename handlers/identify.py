"""Who is it? Runs before every other handler, and lets nothing pass that is not for us."""

from telegram import Chat, Update
from telegram.ext import ApplicationHandlerStop, TypeHandler

from bot.context import App, Context

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
    context.t = services.catalogues[language]
    if found.seen:
        raise ApplicationHandlerStop
    if found.supporter.unreachable and update.my_chat_member is None:
        await services.supporters.unblocked(person.id)  # who writes to us can be written to
    await _refuse_foreign_button(update, context)


async def _refuse_foreign_button(update: Update, context: Context) -> None:
    """Buttons work in private chats and in the admin group, and nowhere else."""
    query = update.callback_query
    here = context.chat.type == Chat.PRIVATE or context.chat.id == context.services.staff.admin_chat
    if query is not None and not here:
        await context.acknowledge(query)
        raise ApplicationHandlerStop


def register(app: App) -> None:
    app.add_handler(TypeHandler(Update, identify), group=FIRST)
