"""/stop, and a message that says stop and nothing else."""

from collections.abc import Collection

from telegram import Update

from bot.context import Command, Context
from bot.i18n import N_

_EDGES = " .!?,;:…\n\t\u200e\u200f"


def is_stop_word(words: str, stop_words: Collection[str]) -> bool:
    """Whether the whole message is a stop word: “we must STOP this” is not one."""
    return words.strip(_EDGES).casefold() in stop_words


async def stop(_: Update, context: Context) -> None:
    await context.services.supporters.stop(context.supporter)
    await context.services.dialogs.close(context.supporter)
    await context.reply(
        context.t(
            "Stopped. From now on I send you nothing by myself; I only answer when you write or "
            "tap.\n\nWhat you signed stays signed: /mysignatures shows it. "
            "/forgetme erases everything about you."
        )
    )


COMMANDS = (Command("stop", N_("End every message from us"), stop),)
