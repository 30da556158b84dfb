"""/unanswered: the questions that people passed on, the frequent ones first."""

from markupsafe import Markup
from telegram import Update

from bot.context import Command, Context
from bot.i18n import N_, own_direction
from bot.models import Role
from handlers.admin.gate import admin_group

_SHOWN = 200  # characters of one question


@admin_group(Role.VIEWER)
async def unanswered(_: Update, context: Context) -> None:
    found = await context.services.questions.frequent()
    if not found:
        await context.say(context.t("No questions have been passed on in the last 30 days."))
        return
    lines = [
        context.t("• {times} × {question}", times=times, question=own_direction(_cut(question)))
        for question, times in found
    ]
    await context.say(
        context.t(
            "<b>Questions without an answer</b>, passed on in the last 30 days:\n\n{lines}",
            lines=Markup("\n").join(lines),
        )
    )


def _cut(question: str) -> str:
    return question if len(question) <= _SHOWN else f"{question[: _SHOWN - 1]}…"


COMMANDS = (Command("unanswered", N_("Questions without an answer"), unanswered),)
