"""/id: the numbers that whoever sets the bot up needs."""

from markupsafe import Markup
from telegram import Update
from telegram.ext import CommandHandler, MessageHandler, filters

from bot.context import App, Command, Context
from handlers.admin.notices import follow, tell


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
        await context.say(_known_group(context))
    else:
        await context.say(group_number(context))


def _known_group(context: Context) -> Markup:
    if context.admin_chat == context.services.staff.setting:
        return context.t("This is the admin group that I know.")
    return context.t(
        "This is the admin group that I know. It has become a supergroup, whose number is "
        "<code>{chat}</code>; I have noted that, and the settings may stay as they are.",
        chat=context.chat.id,
    )


def group_number(context: Context) -> Markup:
    return context.t(
        "The number of this group is <code>{chat}</code>. To make it the admin group, "
        "put the line <code>VIGIL_ADMIN_CHAT={chat}</code> into the file .env and start "
        "me again.",
        chat=context.chat.id,
    )


async def follow_group(update: Update, context: Context) -> None:
    """A group has become a supergroup, which has another number: both of them are told of it."""
    message = update.effective_message
    assert message is not None
    old = message.migrate_from_chat_id or context.chat.id
    new = message.migrate_to_chat_id or context.chat.id
    if await follow(context.bot, context.services, old, new):
        t = context.t
        told = t("This group has a new number at Telegram. I have noted it: nothing is to be done.")
        await tell(context.bot, context.services, told)
    elif context.admin_chat is None and new == context.chat.id:
        await context.say(group_number(context))


COMMANDS = (Command("id", "", show_id),)


def register(app: App) -> None:
    app.add_handler(CommandHandler("id", show_group_id, filters.ChatType.GROUPS))
    app.add_handler(MessageHandler(filters.StatusUpdate.MIGRATE, follow_group))
