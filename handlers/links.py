"""Addresses that lead into the bot, and the button that makes one."""

from telegram import InlineKeyboardButton
from telegram.helpers import create_deep_linked_url

from bot.context import Buttons, Context, button
from bot.models.sharing import Target
from handlers.supporter.quiet import rests
from handlers.voice import Voice


def address(username: str, payload: str) -> str:
    """`payload`: up to 64 of `A-Z a-z 0-9 _ -`."""
    return create_deep_linked_url(username, payload)


def share_button(target: Target, voice: Voice) -> InlineKeyboardButton:
    return button(voice.t("Share"), f"share:{target.kind}:{target.slug}")


async def more_to_do(context: Context) -> Buttons:
    """The way to what one can do besides signing; none when there is nothing, or she rests."""
    if rests(context) or not await context.services.letters.open_ones(context.supporter.language):
        return ()
    return [[button(context.t("Other things you can do"), "letters:list")]]
