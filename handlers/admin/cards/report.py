"""The closing report: what became of everybody it was for."""

from collections.abc import Mapping
from datetime import datetime

from markupsafe import Markup

from bot.context import Buttons, button
from bot.models import Alert, AlertState, DeliveryState
from bot.services.alerts import Watch
from handlers.admin.cards.figures import figures
from handlers.admin.cards.words import authors, length
from handlers.organiser.names import KINDS
from handlers.voice import Voice


def text(watch: Watch, people: Mapping[str, str], voice: Voice) -> Markup:
    alert, t = watch.alert, voice.t
    return t(
        "<b>Report: {kind} {number}</b>\nWritten by {authors}, approved by {approver}. {ending}"
        "\n\n{figures}\nTogether: {everybody}{unknown}",
        kind=t(KINDS[alert.kind]),
        number=alert.id,
        authors=authors(watch, people, t),
        approver=people.get(alert.approver or "", ""),
        ending=_ending(watch, voice),
        figures=figures(watch, t),
        everybody=t.n("{n} person", "{n} people", watch.number()),
        unknown=_unknown(watch, voice),
    )


def buttons(watch: Watch, voice: Voice) -> Buttons:
    """To try again, while it may still go out."""
    t, alert = voice.t, watch.alert
    if alert.state is not AlertState.FINISHED:
        return ()
    rows = []
    if watch.number(DeliveryState.FAILED):
        rows.append([button(t("Try the failed ones again"), f"admin:retry:failed:{alert.id}")])
    if unknown := watch.number(DeliveryState.UNKNOWN):
        label = t.n("Send again to {n} unknown", "Send again to {n} unknown", unknown)
        rows.append([button(label.unescape(), f"admin:retry:unknown:{alert.id}")])
    return rows


def for_author(watch: Watch, voice: Voice) -> Markup:
    """The same in two lines, for who wrote it."""
    alert, t = watch.alert, voice.t
    if alert.started_at is None:
        return t(
            "{kind} {number} has not gone out. {ending}",
            kind=t(KINDS[alert.kind]),
            number=alert.id,
            ending=_why_nobody(alert, voice),
        )
    return t(
        "{kind} {number}: {ending}\n\n{figures}",
        kind=t(KINDS[alert.kind]),
        number=alert.id,
        ending=_ending(watch, voice),
        figures=figures(watch, t),
    )


def _why_nobody(alert: Alert, voice: Voice) -> Markup:
    if alert.state is AlertState.CANCELLED:
        return voice.t("It was cancelled before it began, so nobody gets it.")
    return voice.t("Its time was over before it began, so nobody gets it.")


def _ending(watch: Watch, voice: Voice) -> Markup:
    alert, t = watch.alert, voice.t
    match alert.state:
        case AlertState.CANCELLED:
            return t("It was cancelled. Who had it has it; nobody else gets it.")
        case AlertState.EXPIRED:
            return t("Its time was over before everybody had it. Nobody else gets it.")
    assert alert.started_at is not None
    assert alert.ended_at is not None
    return t(
        "It has gone out, from {start} to {end} ({length}).",
        start=_clock(alert.started_at, voice),
        end=_clock(alert.ended_at, voice),
        length=length(alert.ended_at - alert.started_at, voice),
    )


def _unknown(watch: Watch, voice: Voice) -> Markup:
    if not watch.number(DeliveryState.UNKNOWN):
        return Markup("")
    return voice.t(
        "\n\n“Unknown” may have it or not: the connection broke before Telegram's answer came, or "
        "I was stopped just then. Nothing is sent to them again unless you say so; then some may "
        "get it twice."
    )


def _clock(moment: datetime, voice: Voice) -> str:
    return voice.t.clock(moment, voice.services.house.timezone)
