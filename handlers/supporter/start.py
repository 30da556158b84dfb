"""/start, with or without a link's payload, and /help."""

import re

from markupsafe import Markup
from telegram import Update
from telegram.ext import CallbackQueryHandler

from bot.content.texts import fill
from bot.context import App, Buttons, Command, Context, button
from bot.i18n import N_
from bot.models import Role
from bot.models.sharing import Kind, Target
from handlers import inline
from handlers.admin import staff
from handlers.menus import set_person
from handlers.supporter import petitions, settings, sharing
from handlers.supporter.quiet import is_unasked, to_petitions, uninviting

_PAYLOAD = re.compile(rf"(?P<kind>{'|'.join(Kind)})-(?P<target>[a-z0-9-]{{1,40}})")
_PERSONAL = re.compile(r"s-(?P<token>[A-Za-z0-9_-]{16,62})")
_INVITATION = re.compile(r"staff-(?P<token>[A-Za-z0-9_-]{1,58})")


async def start(update: Update, context: Context) -> None:
    """Also behind `t.me/<bot>?start=petition-<slug>` and its kin; works for old friends too."""
    if context.role > Role.VIEWER:  # before, Telegram did not know this chat
        await set_person(context.bot, context.services, context.supporter.id, context.role)
    payload = " ".join(context.args or ())
    link = _PAYLOAD.fullmatch(payload)
    if link:
        await sharing.open_target(Target(Kind(link["kind"]), link["target"]), context)
        return
    if personal := _PERSONAL.fullmatch(payload):
        await sharing.open_link(personal["token"], context)
        return
    if payload == inline.LIST:
        await petitions.list_petitions(update, context)
        return
    if invitation := _INVITATION.fullmatch(payload):
        await staff.join(update, invitation["token"], context)
        return
    if payload:
        await context.say(
            context.t("I do not know this link. It may be incomplete or out of date.")
        )
    await context.say(_welcome(context), (*_doors(context), *_languages(update, context)))


async def speak(update: Update, context: Context) -> None:
    """A tap on a language under the welcome: the welcome, in that language."""
    await settings.choose(context.group("language"), context)
    await context.reply(_welcome(context), (*_doors(context), *_languages(update, context)))


async def show_help(_: Update, context: Context) -> None:
    commands = (one for one in _listed() if not is_unasked(one.name, context))
    lines = [f"/{command.name} – {context.t(command.summary)}" for command in commands]
    await context.reply(
        context.t(
            "Write me a question in your own words, or use one of these:\n\n{commands}",
            commands="\n".join(lines),
        ),
        _doors(context),
    )


def _welcome(context: Context) -> Markup:
    welcome = context.services.content.language(context.supporter.language).welcome
    house = context.services.house
    words = fill(uninviting(welcome.body, context), house.organisation, house.contact)
    return context.t("<b>{title}</b>\n\n{words}", title=welcome.title, words=words)


def _languages(update: Update, context: Context) -> Buttons:
    """For whoever has a Telegram in a language that we do not speak, or one that it hides."""
    person, catalogues = update.effective_user, context.services.catalogues
    told = person.language_code if person else None
    if told and catalogues.released(told) == told.lower().partition("-")[0]:
        return ()
    return settings.buttons(context, "start:language")


def _doors(context: Context) -> Buttons:
    return [[button(context.t("Ask"), "go:ask"), *to_petitions(context)]]


def _listed() -> list[Command]:
    from handlers import COMMANDS  # noqa: PLC0415 - the list is made of all features, this one too

    return [command for command in COMMANDS if command.summary]


COMMANDS = (
    Command("start", "", start),
    Command("help", N_("What I can do"), show_help),
)


def register(app: App) -> None:
    app.add_handler(CallbackQueryHandler(speak, pattern=r"^start:language:(?P<language>[a-z]+)$"))
