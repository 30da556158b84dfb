"""/id: the numbers that whoever sets the bot up needs."""

from markupsafe import Markup
from telegram import Update
from telegram.ext import CommandHandler, MessageHandler, filters

from bot.context import App, Command, Context


async def show_id(_: Update, context: Context) -> None:
    """Says how to become the owner only while there is none."""
    person = context.supporter.id
    if context.services.staff.has_owners:
        text = context.t("Your number at Telegram is <code>{person}</code>.", person=person)
    else:
        text = context.t(
            "Your number at Telegram is <code>{person}</code>. To make you an owner of this bot, "
            "put the line <code>VIGIL_OWNERS={person}</code> into the file .env and start me "
            "again.",
            person=person,
        )
    await context.say(text)


async def show_group_id(_: Update, context: Context) -> None:
    """In a group: its number, unless it is the admin group already."""
    if context.chat.id == context.admin_chat:
        await context.say(context.t("This is the admin group that I know."))
    else:
        await context.say(group_number(context))


def group_number(context: Context) -> Markup:
    return context.t(
        "The number of this group is <code>{chat}</code>. To make it the admin group, "
        "put the line <code>VIGIL_ADMIN_CHAT={chat}</code> into the file .env and start "
        "me again.",
        chat=context.chat.id,
    )


async def tell_new_number(update: Update, context: Context) -> None:
    """The group has become a supergroup, which has another number: said there, and only there."""
    message = update.effective_message
    if message is not None and message.migrate_from_chat_id is not None:
        await context.say(group_number(context))


COMMANDS = (Command("id", "", show_id),)


def register(app: App) -> None:
    app.add_handler(CommandHandler("id", show_group_id, filters.ChatType.GROUPS))
    app.add_handler(MessageHandler(filters.StatusUpdate.MIGRATE, tell_new_number))
