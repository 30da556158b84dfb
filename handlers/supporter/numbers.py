"""/id: the numbers that whoever sets the bot up needs."""

from telegram import Update

from bot.context import Command, Context


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


COMMANDS = (Command("id", "", show_id),)
