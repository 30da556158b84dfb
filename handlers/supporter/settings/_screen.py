"""Everything that can be set, on one screen; each part of it has one of its own."""

from markupsafe import Markup
from telegram import Update

from bot.context import Buttons, Context, button
from bot.models import Preferences
from handlers.supporter.alerts import quiet_buttons, quiet_line
from handlers.supporter.quiet import rests
from handlers.supporter.settings import _language, _words

DIALOG = "settings"


async def show(_: Update, context: Context) -> None:
    await show_all(context)


async def show_all(context: Context) -> None:
    """Also ends the typing of a place or of hours."""
    t = context.t
    if context.dialog is not None and context.dialog.name == DIALOG:
        await context.services.dialogs.close(context.supporter)
    chosen = await context.services.preferences.of(context.supporter)
    head = t("<b>Settings</b>\n\n{language}", language=_language.line(context))
    await context.reply(
        Markup("\n\n").join((head, *await quiet_line(context), _lines(chosen, context))),
        [
            *_language.buttons(context, "settings:language"),
            *_language.as_telegram(context),
            *_doors(chosen, context),
        ],
    )


async def choose_language(_: Update, context: Context) -> None:
    await _language.choose(context.group("language"), context)
    await show_all(context)


async def follow_telegram(update: Update, context: Context) -> None:
    person, catalogues = update.effective_user, context.services.catalogues
    told = catalogues.released(person.language_code if person else None)
    supporters = context.services.supporters
    context.supporter = await supporters.speak_as_telegram(context.supporter, told)
    await _language.speak(context)
    await show_all(context)


async def choose_sound(_: Update, context: Context) -> None:
    rings = context.group("sound") == "on"
    await context.services.preferences.change(context.supporter, rings=rings)
    await show_all(context)


def _lines(chosen: Preferences, context: Context) -> Markup:
    t, hours = context.t, chosen.quiet_hours
    sound = t("urgent actions may ring") if chosen.rings else t("everything comes silently")
    return t(
        "Clock: {clock}\nQuiet hours: {hours}\nMessages a week: {limit}\nSound: {sound}\n\n"
        "What you change here is kept with the number of your Telegram account.",
        clock=_words.clock(chosen, context),
        hours=_words.span(hours, context) if hours else t("none"),
        limit=_words.limit(chosen, context),
        sound=sound,
    )


def _doors(chosen: Preferences, context: Context) -> Buttons:
    t = context.t
    what_i_get = () if rests(context) else (button(t("What I get"), "go:alerts"),)
    if chosen.rings:
        sound = button(t("Make urgent ones silent"), "settings:sound:off")
    else:
        sound = button(t("Let urgent ones ring"), "settings:sound:on")
    return [
        [button(t("Clock"), "settings:zone"), button(t("Quiet hours"), "settings:hours")],
        [button(t("Messages a week"), "settings:limit"), sound],
        *quiet_buttons(context),
        [*what_i_get, button(t("What is kept"), "go:privacy")],
    ]
