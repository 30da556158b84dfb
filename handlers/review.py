"""How a text's review date shows: past it a text says so, long past it it is not shown."""

from datetime import date

from markupsafe import Markup

from bot.content import Reviewed, State
from bot.context import Context


def is_shown(text: Reviewed, context: Context) -> bool:
    return text.state(_today(context)) is not State.WITHDRAWN


def dated(words: Markup, text: Reviewed, context: Context) -> Markup:
    """The words as they are shown today, with a warning on top when they may be out of date."""
    if text.state(_today(context)) is State.CURRENT:
        return words
    warning = context.t("This text is past its review date; parts of it may no longer be right.")
    return context.t("<i>{warning}</i>\n\n{text}", warning=warning, text=words)


def _today(context: Context) -> date:
    return context.services.now().date()
