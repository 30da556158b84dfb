"""What a text says about its own checking: past its date, and when only a machine has seen it."""

from datetime import date, datetime

from markupsafe import Markup

from bot.content import Case, Letter, Passage, Petition, Reviewed, ReviewedCard, State
from handlers.voice import Voice

Vetted = Passage | ReviewedCard | Petition | Case | Letter


def is_shown(text: Reviewed, voice: Voice) -> bool:
    return text.state(_today(voice)) is not State.WITHDRAWN


def dated(words: Markup, text: Vetted, voice: Voice) -> Markup:
    """The words as they are shown today, with a warning on top when they may be out of date."""
    words = translated(words, text, voice)
    if text.state(_today(voice)) is State.CURRENT:
        return words
    warning = voice.t("This text is past its review date; parts of it may no longer be right.")
    return voice.t("<i>{warning}</i>\n\n{text}", warning=warning, text=words)


def translated(words: Markup, text: Vetted, voice: Voice) -> Markup:
    """The words, with a quiet line below when no person has checked what a machine translated."""
    if text.translated_by != "machine" or text.review == "approved":
        return words
    return voice.t(
        "{text}\n\n<i>Translated by a machine; no person has checked it yet.</i>", text=words
    )


def withheld(passage: Passage, voice: Voice) -> Markup:
    """Names what there is and is not shown: a silence would look as if nobody had ever known."""
    t, due, zone = voice.t, passage.review_by, voice.services.house.timezone
    return t(
        "I have an answer about “{title}”, but its facts were to be checked again by {day}, and "
        "nobody has done that. So it is no longer shown: parts of it may not be right any more.",
        title=passage.title,
        day=t.day(datetime(due.year, due.month, due.day, tzinfo=zone), zone),
    )


def _today(voice: Voice) -> date:
    return voice.services.now().date()
