"""What one can say yes to: a topic as a whole, one case, or what becomes of one petition."""

from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup
from telegram import InlineKeyboardButton

from bot.context import Context, button
from bot.i18n import N_, Translator
from bot.models import Choice, Topic
from bot.services.choices import CONSENTS, KEPT, counts
from handlers.review import is_shown

NAMES: Mapping[Topic, str] = {
    Topic.URGENT: N_("Urgent actions"),
    Topic.PETITIONS: N_("News of petitions"),
    Topic.CASES: N_("Updates of cases"),
    Topic.NEWSLETTER: N_("Newsletter"),
}
_ONE_BY_ONE = {"case": Topic.CASES, "news": Topic.PETITIONS}
_KINDS = {topic: kind for kind, topic in _ONE_BY_ONE.items()}
PATTERN = (
    r"(?:choose:(?P<topic>urgent|petitions|newsletter)"
    r"|follow:(?P<kind>case|news):(?P<slug>[a-z0-9-]{1,40}))"
)


@dataclass(frozen=True, slots=True)
class Subject:
    topic: Topic
    about: str = ""

    def data(self, act: str) -> str:
        """What a button carries: `choose:urgent:ask`, `follow:case:<slug>:off` and the like."""
        if self.about:
            return f"follow:{_KINDS[self.topic]}:{self.about}:{act}"
        return f"choose:{self.topic}:{act}"


def tapped(context: Context) -> Subject:
    """The subject of the button that was tapped, by `PATTERN`."""
    assert context.match is not None
    topic, kind, slug = context.match["topic"], context.match["kind"], context.match["slug"]
    return Subject(_ONE_BY_ONE[kind], slug) if kind else Subject(Topic(topic))


async def case_titles(context: Context) -> Mapping[str, str]:
    """Of the cases that are told of today, by their names."""
    told = await context.services.cases.listed(context.supporter.language)
    cases = (one.case for one in told)
    return {case.slug: case.title for case in cases if case and is_shown(case, context)}


def no_such_case(context: Context) -> Markup:
    return context.t(
        "There is no such case, or its text is being checked again. /cases lists the others."
    )


async def choice_of(subject: Subject, context: Context) -> Choice | None:
    """The yes that counts, if there is one."""
    found = await context.services.choices.find(context.supporter, subject.topic, subject.about)
    return found if found is not None and counts(found) else None


def wording(subject: Subject, title: str, context: Context) -> Markup:
    """The exact words that a yes is said to."""
    consent, t = CONSENTS[subject.topic], context.t
    words = consent.one if subject.about else consent.everything
    assert words is not None
    organisation = context.services.house.organisation
    return Markup("\n\n").join((t(words, organisation=organisation, title=title), t(KEPT)))


def ways_back(subject: Subject, context: Context) -> list[InlineKeyboardButton]:
    """Taking a yes back, in one tap, and reading what it was said to."""
    t = context.t
    return [
        button(_off_label(subject, t), subject.data("off")),
        button(t("What I agreed to"), subject.data("said")),
    ]


def _off_label(subject: Subject, t: Translator) -> Markup:
    if not subject.about:
        return t("Turn off")
    return t("Stop following") if subject.topic is Topic.CASES else t("Tell me no more")
