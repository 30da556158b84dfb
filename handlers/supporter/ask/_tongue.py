"""Answers in the language of the question, where she is otherwise spoken to in another."""

from functools import wraps

from markupsafe import Markup
from telegram import Update

from bot.context import Buttons, Context, Handler, button
from handlers.fallback import unknown_button
from handlers.supporter import settings

LANGUAGE = r"(?::(?P<language>[a-z]{2,3}))?$"


def speak(language: str, context: Context) -> None:
    """For this one update; what she chose, or what her Telegram says, stays as it is."""
    if language in context.services.catalogues:
        context.t = context.services.catalogues[language]


def is_other(context: Context) -> bool:
    return context.t.language != context.supporter.language


def tagged(data: str, context: Context) -> str:
    """A button's data that leads to a screen in the language in which the button is written."""
    return f"{data}:{context.t.language}" if is_other(context) else data


def in_its_language(handler: Handler) -> Handler:
    """For a button with `tagged` data, whose pattern ends with `LANGUAGE`."""

    @wraps(handler)
    async def run(update: Update, context: Context) -> None:
        assert context.match is not None
        speak(context.match["language"] or "", context)
        await handler(update, context)

    return run


async def say(text: Markup, buttons: Buttons, context: Context, *, quoting: bool = False) -> None:
    """A new message that says in which language it is, if that is not hers."""
    await context.say(_noted(text, context), (*buttons, *_offer(context)), quoting=quoting)


async def reply(text: Markup, buttons: Buttons, context: Context) -> None:
    """The same in the place of the message that was tapped."""
    await context.reply(_noted(text, context), (*buttons, *_offer(context)))


async def keep(update: Update, context: Context) -> None:
    """From now on in the language of this answer, which stays as it is."""
    language = context.group("language")
    if language not in context.services.catalogues:
        await unknown_button(update, context)
        return
    await settings.choose(language, context)
    context.anew()
    await context.reply(
        context.t(
            "From now on I speak {language} with you. We keep that choice with the number of your "
            "Telegram account; /settings changes it.",
            language=context.t.name_of(language),
        )
    )


def _noted(text: Markup, context: Context) -> Markup:
    if not is_other(context):
        return text
    t = context.t
    note = t(
        "<i>In {language}, like your question; everything else is in {other}.</i>",
        language=t.name_of(t.language),
        other=t.name_of(context.supporter.language),
    )
    return Markup("\n\n").join((text, note))


def _offer(context: Context) -> Buttons:
    if not is_other(context):
        return ()
    t = context.t
    label = t("Always answer in {language}", language=t.name_of(t.language))
    return [[button(label, f"ask:always:{t.language}")]]
