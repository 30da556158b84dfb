"""Correcting and recalling what has gone out, from the private chat of who wrote it."""

from markupsafe import Markup
from telegram import Update
from telegram.ext import CallbackQueryHandler

from bot.context import App, Context, button
from bot.models import AlertState, Role
from bot.services.alerts import Watch
from handlers import recalls
from handlers.admin.gate import private
from handlers.organiser._card import buttons, card
from handlers.organiser.names import name
from handlers.recalls import pictures


@private(Role.ORGANISER)
async def correct(_: Update, context: Context) -> None:
    services, t = context.services, context.t
    draft = await services.amendments.correct(_number(context), context.supporter.id)
    original = (await services.watching.one(_number(context))).alert
    seen = await services.drafts.overview(draft.id)
    text = card(seen, context)
    if original.state is AlertState.PAUSED:
        text = t(
            "{card}\n\n{name} is paused: who does not have it yet gets the new words, once they "
            "are approved.",
            card=text,
            name=name(original, t),
        )
    await context.reply(text, buttons(seen, context))


@private(Role.ORGANISER)
async def ask_recall(_: Update, context: Context) -> None:
    number, t = _number(context), context.t
    rows = [
        [button(t("Recall it"), f"queue:recall:{number}:yes")],
        [button(t("Leave it as it is"), f"queue:show:{number}")],
    ]
    await context.reply(await recalls.question(number, context), rows)


@private(Role.ORGANISER)
async def recall(_: Update, context: Context) -> None:
    t = context.t
    watch = await recalls.recall(_number(context), context)
    await context.reply(
        t("<b>{name}</b>\n\n{said}", name=name(watch.alert, t), said=_begun(watch, context)),
        [[button(t("Back to the list"), "queue:list")]],
    )


def _begun(watch: Watch, context: Context) -> Markup:
    t = context.t
    if watch.alert.state is AlertState.WAITING:
        return t(
            "An admin decides in the admin group. Nobody gets it meanwhile, and you hear from me."
        )
    if watch.alert.wants_picture:
        return pictures.missing_to_recall(context)
    return t("It is being taken back. The admin group sees how it goes, and you hear the end.")


def _number(context: Context) -> int:
    return int(context.group("number"))


def register(app: App) -> None:
    number = "(?P<number>[0-9]{1,9})"
    for pattern, handler in (
        (rf"^queue:correct:{number}$", correct),
        (rf"^queue:recall:{number}$", ask_recall),
        (rf"^queue:recall:{number}:yes$", recall),
    ):
        app.add_handler(CallbackQueryHandler(handler, pattern=pattern))
