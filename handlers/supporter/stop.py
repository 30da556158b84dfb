"""/stop, and a message that says stop and nothing else."""

import re
from collections.abc import Collection

from telegram import Update

from bot.content.folding import fold
from bot.context import Command, Context
from bot.i18n import N_

_EDGES = re.compile(r"^[\W_]+|[\W_]+$")


def is_stop_word(words: str, stop_words: Collection[str]) -> bool:
    """Whether the whole message is a stop word: “we must STOP this” is not one."""
    return " ".join(_EDGES.sub("", fold(words)).split()) in stop_words


async def stop(_: Update, context: Context) -> None:
    await context.services.supporters.stop(context.supporter)
    await context.services.dialogs.close(context.supporter)
    await context.reply(
        context.t(
            "Stopped. From now on I send you nothing by myself; I only answer when you write or "
            "tap.\n\nWhat you signed stays signed: /mysignatures shows it. "
            "/forgetme erases everything about you."
        ),
        insist=True,
    )


COMMANDS = (Command("stop", N_("End every message from us"), stop),)
