"""What a group of questions looks like, and what its buttons carry."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from bot.content.texts import Entry
from bot.context import Context
from bot.i18n import Translator, own_direction
from bot.services.questions import Group, Wording


@dataclass(frozen=True, slots=True)
class Spot:
    """The page of the list from which somebody came, and the likeness it was made with."""

    percent: int
    page: int

    def data(self, act: str, *more: str) -> str:
        """At most 56 bytes; Telegram takes 64."""
        return ":".join(("admin:unanswered", act, f"{self.percent}", f"{self.page}", *more))


def spot(context: Context) -> Spot:
    return Spot(int(context.group("percent")), int(context.group("page")))


def counts(group: Group, t: Translator) -> Markup:
    """“12 questions, 5 wordings (English, French)”."""
    return t(
        "{questions}, {wordings} ({languages})",
        questions=t.n("{n} question", "{n} questions", group.times),
        wordings=t.n("{n} wording", "{n} wordings", len(group.wordings)),
        languages=t.list(t.name_of(code) for code in group.languages),
    )


def asked(wording: Wording, most: int, t: Translator) -> Markup:
    """A line with how often it was asked and how, cut where it is long."""
    text = wording.text if len(wording.text) <= most else f"{wording.text[: most - 1]}…"
    return t("• {times} × {question}", times=t.number(wording.times), question=own_direction(text))


def near(texts: Sequence[Entry], t: Translator) -> Markup:
    if not texts:
        return t("No text is near it.")
    titles = t("; ").join(own_direction(text.title) for text in texts)
    return t("Nearest: {titles}", titles=titles)
