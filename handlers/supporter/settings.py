"""/settings: the language in which somebody is spoken to."""

from markupsafe import Markup
from telegram import Update
from telegram.ext import CallbackQueryHandler

from bot.context import App, Buttons, Command, Context, button
from bot.i18n import N_
from handlers.menus import set_person


async def show(_: Update, context: Context) -> None:
    t = context.t
    more = [button(t("What I get"), "go:alerts"), button(t("What is kept"), "go:privacy")]
    await context.reply(
        t("<b>Settings</b>\n\n{language}", language=_language(context)),
        [*buttons(context, "settings:language"), *_as_telegram(context), more],
    )


async def choose_language(update: Update, context: Context) -> None:
    await choose(context.group("language"), context)
    await show(update, context)


async def follow_telegram(update: Update, context: Context) -> None:
    person, catalogues = update.effective_user, context.services.catalogues
    told = catalogues.released(person.language_code if person else None)
    supporters = context.services.supporters
    context.supporter = await supporters.speak_as_telegram(context.supporter, told)
    await _speak(context)
    await show(update, context)


async def choose(language: str, context: Context) -> None:
    """Speak this language with her from here on; one that is no longer released changes nothing."""
    if language not in context.services.catalogues:
        return
    supporters = context.services.supporters
    context.supporter = await supporters.speak(context.supporter, language)
    await _speak(context)


def buttons(context: Context, data: str) -> Buttons:
    """The languages by their own names, two in a row; none where there is only one."""
    catalogues, mine = context.services.catalogues, context.supporter.language
    labels = {code: catalogues[code].name for code in catalogues}
    row = [
        button(f"✓ {name}" if code == mine else name, f"{data}:{code}")
        for code, name in labels.items()
    ]
    return [row[place : place + 2] for place in range(0, len(row), 2)] if len(row) > 1 else ()


async def _speak(context: Context) -> None:
    context.t = context.services.catalogues[context.supporter.language]
    await set_person(context.bot, context.services, context.supporter.id, context.role)


def _as_telegram(context: Context) -> Buttons:
    if context.supporter.chosen is None:
        return ()
    return [[button(context.t("As my Telegram app"), "settings:telegram")]]


def _language(context: Context) -> Markup:
    t = context.t
    if len(list(context.services.catalogues)) == 1:
        return t("Language: {language}. I speak no other one here.", language=t.name)
    if context.supporter.chosen == t.language:
        return t(
            "Language: {language}. You chose it. We keep your choice with the number of your "
            "Telegram account; “As my Telegram app” or /forgetme erases it.",
            language=t.name,
        )
    return t(
        "Language: {language}. I follow your Telegram app, as far as I can. If you choose one "
        "here, we keep your choice with the number of your Telegram account.",
        language=t.name,
    )


COMMANDS = (Command("settings", N_("Choose your language"), show),)


def register(app: App) -> None:
    chosen = r"^settings:language:(?P<language>[a-z]+)$"
    app.add_handler(CallbackQueryHandler(choose_language, pattern=chosen))
    app.add_handler(CallbackQueryHandler(follow_telegram, pattern=r"^settings:telegram$"))
