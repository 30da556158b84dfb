"""/privacy, /mydata and /forgetme: what is kept, all of it, and an end to it."""

import json
from datetime import date, datetime

from markupsafe import Markup
from telegram import InputFile, Update
from telegram.ext import CallbackQueryHandler

from bot.content.texts import fill
from bot.context import App, Command, Context, button
from bot.i18n import N_
from bot.models import Role
from handlers.menus import set_person
from handlers.review import translated


async def privacy(_: Update, context: Context) -> None:
    text = context.services.content.language(context.supporter.language).privacy
    house = context.services.house
    words = fill(text.body, house.organisation, house.contact)
    t = context.t
    card = t("<b>{title}</b>\n\n{words}", title=text.title, words=words)
    await context.reply(
        translated(card, text, context),
        [[button(t("Show my data"), "go:mydata"), button(t("Erase it"), "go:forgetme")]],
    )


async def my_data(_: Update, context: Context) -> None:
    """Everything held about the person, as a JSON file."""
    rows = await context.services.supporters.data(context.supporter)
    if not any(rows.values()):
        await context.reply(context.t("We hold nothing about you. /privacy says what we may keep."))
        return
    written = json.dumps(rows, ensure_ascii=False, indent=2, default=_iso)
    await context.send_file(
        InputFile(written.encode(), filename="vigil-my-data.json"),
        context.t("This is everything that we hold about you. /forgetme erases it."),
    )


async def forget_me(_: Update, context: Context) -> None:
    t = context.t
    what = t(
        "This erases everything that we hold about you, at once. Your signatures are taken back, "
        "the petitions count one less, and nothing more is sent to you. It cannot be undone."
    )
    chat = t("This chat itself is kept by Telegram: you can delete it in the app.")
    await context.reply(
        Markup("\n\n").join((what, *_of_staff(context), chat)),
        [
            [button(t("Erase everything"), "forget:everything")],
            [button(t("Keep it"), "forget:nothing")],
        ],
    )


def _of_staff(context: Context) -> tuple[Markup, ...]:
    match context.role:
        case Role.SUPPORTER:
            return ()
        case Role.OWNER:
            return (
                context.t(
                    "Alerts of yours that have not gone out are dropped. You stay an owner as "
                    "long as the settings say so."
                ),
            )
    return (
        context.t(
            "You also leave the team, and alerts of yours that have not gone out are dropped."
        ),
    )


async def erase(_: Update, context: Context) -> None:
    await context.services.supporters.forget(context.supporter)
    if context.role > Role.VIEWER or context.supporter.chosen:  # the menu would still tell of it
        left = Role.OWNER if context.role is Role.OWNER else Role.SUPPORTER
        await set_person(context.bot, context.services, context.supporter.id, left)
    await context.reply(
        context.t(
            "Everything about you is erased. If you write to me again, I meet you for the first "
            "time."
        ),
        insist=True,
    )


async def keep(_: Update, context: Context) -> None:
    await context.reply(context.t("Nothing was erased. /mydata shows what we hold."))


def _iso(value: object) -> str:
    if isinstance(value, datetime | date):
        return value.isoformat()
    raise TypeError(type(value).__name__)


COMMANDS = (
    Command("privacy", N_("What is kept about you"), privacy),
    Command("mydata", N_("Everything held about you, as a file"), my_data),
    Command("forgetme", N_("Erase everything about you"), forget_me),
)


def register(app: App) -> None:
    app.add_handler(CallbackQueryHandler(erase, pattern=r"^forget:everything$"))
    app.add_handler(CallbackQueryHandler(keep, pattern=r"^forget:nothing$"))
