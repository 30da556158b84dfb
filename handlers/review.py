"""What a text says about its own checking: past its date, and when only a machine has seen it."""

from datetime import date

from markupsafe import Markup

from bot.content import Case, Letter, Passage, Petition, Reviewed, ReviewedCard, State
from bot.services.explainer.saying import OVERDUE, UNCHECKED, WARNED, WITHHELD, is_unchecked
from handlers.voice import Voice

Vetted = Passage | ReviewedCard | Petition | Case | Letter


def is_shown(text: Reviewed, voice: Voice) -> bool:
    return text.state(_today(voice)) is not State.WITHDRAWN


def dated(words: Markup, text: Vetted, voice: Voice) -> Markup:
    """The words as they are shown today, with a warning on top when they may be out of date."""
    words = translated(words, text, voice)
    if text.state(_today(voice)) is State.CURRENT:
        return words
    return voice.t(WARNED, warning=voice.t(OVERDUE), text=words)


def translated(words: Markup, text: Vetted, voice: Voice) -> Markup:
    """The words, with a quiet line below when no person has checked what a machine translated."""
    return voice.t(UNCHECKED, text=words) if is_unchecked(text) else words


def withheld(passage: Passage, voice: Voice) -> Markup:
    """Names what there is and is not shown: a silence would look as if nobody had ever known."""
    return voice.t(WITHHELD, title=passage.title, day=voice.t.date(passage.review_by))


def _today(voice: Voice) -> date:
    return voice.services.now().date()
