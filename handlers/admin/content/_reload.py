"""Reading the files again: what was wrong with them, or what is different now."""

from telegram import Update
from telegram.ext import CallbackQueryHandler

from bot.content import ContentError
from bot.context import App, Context
from bot.models import Role
from handlers.admin.content._words import faults, reprinted
from handlers.admin.gate import admin_group


async def run(_: list[str], context: Context) -> None:
    t = context.t
    try:
        made = await context.services.changes.reload(context.supporter.id)
    except ContentError as error:
        named = faults(error.problems, t)
        await context.say(
            t.n(
                "There is {n} fault in the files, so I go on with the texts that I have:\n"
                "{faults}\nMend it, and send /content reload again.",
                "There are {n} faults in the files, so I go on with the texts that I have:\n"
                "{faults}\nMend them, and send /content reload again.",
                len(error.problems),
                faults=named,
            )
        )
        return
    await context.say(t("I have read the files again.\n{changes}", changes=reprinted(made, t)))


@admin_group(Role.ADMIN)
async def reload(update: Update, context: Context) -> None:
    assert update.callback_query is not None
    await context.acknowledge(update.callback_query)
    await run([], context)


def register(app: App) -> None:
    app.add_handler(CallbackQueryHandler(reload, r"^admin:content:reload$"))
