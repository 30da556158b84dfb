"""The closing report: what became of everybody it was for."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from markupsafe import Markup
from telegram import InlineKeyboardButton

from bot.context import Buttons, button
from bot.i18n import N_
from bot.models import Alert, AlertKind, AlertState, DeliveryState
from bot.services.alerts import Watch
from handlers.admin.cards import amended
from handlers.admin.cards.figures import figures
from handlers.admin.cards.words import authors, length, recalling
from handlers.organiser.names import name
from handlers.voice import Voice

_OF_SOMEBODY = N_(
    "<b>Report: {name}</b>\nWritten by {authors}, approved by {approver}. {ending}"
    "\n\n{figures}\nTogether: {everybody}{unknown}"
)
_OF_NOBODY = N_(
    "<b>Report: {name}</b>\nIt brings what a weekly limit has held back. {ending}"
    "\n\n{figures}\nTogether: {everybody}{unknown}"
)


def text(watch: Watch, people: Mapping[str, str], voice: Voice) -> Markup:
    alert, t = watch.alert, voice.t
    return t(
        _OF_NOBODY if alert.kind is AlertKind.DIGEST else _OF_SOMEBODY,
        name=name(alert, t),
        authors=authors(watch, people, t),
        approver=people.get(alert.approver or "", ""),
        ending=_ending(watch, voice),
        figures=figures(watch, t),
        everybody=t.n("{n} person", "{n} people", watch.number()),
        unknown=amended.lost(watch, voice) if alert.amends else _unknown(watch, people, voice),
    )


def buttons(watch: Watch, voice: Voice) -> Buttons:
    """To try again or to leave it at that, while it may still go out, and to take it back."""
    tries = _tries(watch, voice) if _may_go_out(watch, voice) else ()
    return [*tries, *recalling(watch, voice)]


def _tries(watch: Watch, voice: Voice) -> Iterator[list[InlineKeyboardButton]]:
    t, alert = voice.t, watch.alert
    if alert.amends is not None:
        if amended.can_be_tried_again(watch):
            label = t("Try the failed ones again")
            yield [button(label, f"admin:retry:failed:{alert.id}")]
        return
    if watch.number(DeliveryState.FAILED):
        yield [button(t("Try the failed ones again"), f"admin:retry:failed:{alert.id}")]
    unknown = watch.number(DeliveryState.UNKNOWN)
    if unknown and watch.left_by is None:
        label = t.n("Send again to {n} unknown", "Send again to {n} unknown", unknown)
        yield [button(label.unescape(), f"admin:retry:unknown:{alert.id}")]
        yield [button(t("Leave them"), f"admin:leave:{alert.id}")]


def _may_go_out(watch: Watch, voice: Voice) -> bool:
    """Whether somebody could still have it sent again."""
    alert = watch.alert
    is_late = alert.expires_at is not None and alert.expires_at <= voice.services.now()
    return alert.state is AlertState.FINISHED and not is_late and not watch.is_recalled


def for_author(watch: Watch, voice: Voice) -> Markup:
    """The same in two lines, for who wrote it."""
    alert, t = watch.alert, voice.t
    if alert.started_at is None:
        return t(
            "{name} has not gone out. {ending}",
            name=name(alert, t),
            ending=_why_nobody(alert, voice),
        )
    return t(
        "{name}: {ending}\n\n{figures}{lost}",
        name=name(alert, t),
        ending=_ending(watch, voice),
        figures=figures(watch, t),
        lost=amended.lost(watch, voice),
    )


def _why_nobody(alert: Alert, voice: Voice) -> Markup:
    if alert.amends is not None:
        return voice.t("It was cancelled before it began, so everything is as it was.")
    if alert.state is AlertState.CANCELLED:
        return voice.t("It was cancelled before it began, so nobody gets it.")
    return voice.t("Its time was over before it began, so nobody gets it.")


def _ending(watch: Watch, voice: Voice) -> Markup:
    alert, t = watch.alert, voice.t
    if alert.amends is not None:
        return amended.ending(watch, _span(alert, voice), voice)
    match alert.state:
        case AlertState.CANCELLED:
            return t("It was cancelled. Who had it has it; nobody else gets it.")
        case AlertState.EXPIRED:
            return t("Its time was over before everybody had it. Nobody else gets it.")
        case AlertState.SENDING:
            return _so_far(watch, voice)
    return t("It has gone out, from {start} to {end} ({length}).", **_span(alert, voice))


def _so_far(watch: Watch, voice: Voice) -> Markup:
    alert, t = watch.alert, voice.t
    assert alert.expires_at is not None
    return t.n(
        "It has gone out; {n} person is left in peace for now, and gets it when that is over, if "
        "it is by {day}. What became of it is reported then.",
        "It has gone out; {n} people are left in peace for now, and get it when that is over, if "
        "it is by {day}. What became of it is reported then.",
        watch.number(DeliveryState.PENDING),
        day=t.day(alert.expires_at, voice.services.house.timezone),
    )


def _span(alert: Alert, voice: Voice) -> Mapping[str, object]:
    assert alert.started_at is not None
    assert alert.ended_at is not None
    return {
        "start": _clock(alert.started_at, voice),
        "end": _clock(alert.ended_at, voice),
        "length": length(alert.ended_at - alert.started_at, voice),
    }


def _unknown(watch: Watch, people: Mapping[str, str], voice: Voice) -> Markup:
    if not watch.number(DeliveryState.UNKNOWN):
        return Markup("")
    return voice.t(
        "\n\n“Unknown” may have it or not: the connection broke before Telegram's answer came, or "
        "I was stopped just then. {fate}",
        fate=_fate(watch, people, voice),
    )


def _fate(watch: Watch, people: Mapping[str, str], voice: Voice) -> Markup:
    """What becomes of the unknown ones."""
    t = voice.t
    if watch.left_by is not None:
        return t(
            "They are left as they are, as {who} decided: nothing more is sent to them.",
            who=people.get(watch.left_by, watch.left_by),
        )
    if _may_go_out(watch, voice):
        return t("Nothing is sent to them again unless you say so; then some may get it twice.")
    return t("Nothing more is sent to them.")


def _clock(moment: datetime, voice: Voice) -> str:
    return voice.t.clock(moment, voice.services.house.timezone)
