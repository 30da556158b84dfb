"""The language in which somebody is spoken to."""

from markupsafe import Markup

from bot.context import Buttons, Context, button
from handlers.menus import set_person


async def choose(language: str, context: Context) -> None:
    """Speak this language with her from here on; one that is no longer released changes nothing."""
    if language not in context.services.catalogues:
        return
    supporters = context.services.supporters
    context.supporter = await supporters.speak(context.supporter, language)
    await speak(context)


async def speak(context: Context) -> None:
    """As the supporter's row has it from now on."""
    context.t = context.services.catalogues[context.supporter.language]
    await set_person(context.bot, context.services, context.supporter.id, context.role)


def buttons(context: Context, data: str) -> Buttons:
    """The languages by their own names, two in a row; none where there is only one."""
    catalogues, mine = context.services.catalogues, context.supporter.language
    labels = {code: catalogues[code].name for code in catalogues}
    row = [
        button(f"✓ {name}" if code == mine else name, f"{data}:{code}")
        for code, name in labels.items()
    ]
    return [row[place : place + 2] for place in range(0, len(row), 2)] if len(row) > 1 else ()


def as_telegram(context: Context) -> Buttons:
    if context.supporter.chosen is None:
        return ()
    return [[button(context.t("As my Telegram app"), "settings:telegram")]]


def line(context: Context) -> Markup:
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
