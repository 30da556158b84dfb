"""/contact: how to reach a person."""

from telegram import Update

from bot.context import Command, Context
from bot.i18n import N_


async def contact(_: Update, context: Context) -> None:
    house = context.services.house
    await context.reply(
        context.t(
            "You can reach a person at {organisation} here:\n{contact}\n\n"
            "Please do not write here what could endanger someone: this chat is not end-to-end "
            "encrypted.",
            organisation=house.organisation,
            contact=house.contact,
        )
    )


COMMANDS = (Command("contact", N_("Reach a person"), contact),)
