"""How kinds, topics and states of alerts are called, and what may be attached to one."""

from collections.abc import Mapping

from markupsafe import Markup

from bot.context import Services
from bot.i18n import N_, Translator
from bot.models import Alert, AlertKind, AlertState, Topic

KINDS: Mapping[AlertKind, str] = {
    AlertKind.URGENT: N_("Urgent action"),
    AlertKind.NEWSLETTER: N_("Newsletter"),
    AlertKind.REMINDER: N_("Deadline reminder"),
    AlertKind.NEWS: N_("News"),
    AlertKind.OUTCOME: N_("Outcome"),
    AlertKind.DIGEST: N_("Weekly digest"),
    AlertKind.CORRECTION: N_("Correction"),
    AlertKind.RECALL: N_("Recall"),
    AlertKind.FAMILY: N_("The family's words"),
}
STATES: Mapping[AlertState, str] = {
    AlertState.DRAFT: N_("draft"),
    AlertState.WAITING: N_("waits for approval"),
    AlertState.APPROVED: N_("approved"),
    AlertState.SENDING: N_("is being sent"),
    AlertState.PAUSED: N_("paused"),
    AlertState.HELD: N_("held back"),
    AlertState.FINISHED: N_("finished"),
    AlertState.CANCELLED: N_("cancelled"),
    AlertState.EXPIRED: N_("expired"),
}
CHOSEN: Mapping[Topic, str] = {
    Topic.URGENT: N_("who chose urgent actions"),
    Topic.PETITIONS: N_("who chose news of petitions"),
    Topic.NEWSLETTER: N_("who chose the newsletter"),
    Topic.CASES: N_("who follow this case, or signed for it and want to know"),
}


def name(alert: Alert, t: Translator) -> Markup:
    """“Urgent action 3”, and “Correction 4 (of 3)” of what changes it."""
    kind = t(KINDS[alert.kind])
    if alert.amends is None:
        return t("{kind} {number}", kind=kind, number=alert.id)
    return t("{kind} {number} (of {other})", kind=kind, number=alert.id, other=alert.amends)


def title(about: str, services: Services) -> str | None:
    """The title of what is attached; None when its text was taken back."""
    texts = services.content.language(services.catalogues.first)
    kind, _, slug = about.partition(":")
    text = (texts.petitions if kind == "petition" else texts.cases).get(slug)
    return text.title if text else None


def chosen(alert: Alert) -> str:
    """Whom it is for, as the end of “people …”; a sentence to translate."""
    topic, about = alert.audience.choices[0] if alert.audience.choices else (None, "")
    if topic is None:
        return N_("to be chosen: attach a case or a petition")
    if topic is Topic.PETITIONS and about:
        return N_("who signed this petition, or follow it, and want to know")
    return CHOSEN[topic]
