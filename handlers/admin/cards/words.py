"""What the card of an alert says in each state, and the buttons below it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from markupsafe import Markup

from bot import moments
from bot.context import Buttons, button
from bot.i18n import N_, Translator
from bot.models import AlertKind, AlertState, DeliveryState
from bot.services.alerts import Watch, can_be_amended
from handlers.admin.cards import amended
from handlers.admin.cards.figures import bar, figures
from handlers.organiser.names import KINDS
from handlers.organiser.particulars import particulars, said
from handlers.voice import Voice

_WHY_HELD: Mapping[str, str] = {
    "late": N_("It should have gone out more than 15 minutes ago, and I was not running then."),
    "interrupted": N_("Its sending was interrupted for more than 15 minutes."),
    "approver gone": N_("Whoever approved it is no admin any more."),
    "nobody": N_("Nobody would get it any more."),
    "count changed": N_(
        "The number of people has changed by more than a fifth since it was approved."
    ),
    "petition closed": N_("The petition that it asks to sign takes no signatures any more."),
    "text gone": N_("What is attached to it is not shown to people any more."),
    "text differs": N_("It is no longer, byte by byte, what was approved."),
    "too many errors": N_("Telegram refused too many messages, or did not answer."),
}


@dataclass(frozen=True, slots=True)
class Progress:
    """How fast it goes, measured between two looks; None before there were two."""

    per_second: float | None = None

    def left(self, open_ones: int) -> timedelta | None:
        if not self.per_second:
            return None
        return timedelta(seconds=open_ones / self.per_second)


def text(watch: Watch, people: Mapping[str, str], voice: Voice, progress: Progress) -> Markup:
    """`people` are the names of staff, by pseudonym."""
    alert, t = watch.alert, voice.t
    of = t(" (of {other})", other=alert.amends) if alert.amends else Markup("")
    return t(
        "<b>{kind}</b> · {number}{of}\n{state}\n\n{body}",
        kind=t(KINDS[alert.kind]),
        number=alert.id,
        of=of,
        state=_state(watch, people, voice),
        body=_body(watch, voice, progress),
    )


def buttons(watch: Watch, voice: Voice) -> Buttons:
    """What admins can do about it now."""
    alert, t = watch.alert, voice.t
    number, people = alert.id, watch.count.total if watch.count else 0
    at = f"{number}:{alert.revision}:{people}"
    cancel = button(t("Cancel for good"), f"admin:cancel:{number}")
    recall = recalling(watch, voice)
    match alert.state:
        case AlertState.WAITING if alert.amends:
            return amended.decisions(watch, at, voice)
        case AlertState.WAITING:
            approve = t.n("Approve: {n} person", "Approve: {n} people", people)
            return [
                [button(approve.unescape(), f"admin:approve:{at}")],
                [button(t("Send back to its author"), f"admin:back:{at}")],
                [cancel],
            ]
        case AlertState.APPROVED:
            return [[cancel]]
        case AlertState.SENDING:
            return [[button(t("Pause"), f"admin:pause:{number}")]]
        case AlertState.PAUSED:
            return [[button(t("Go on"), f"admin:resume:{number}")], [cancel], *recall]
        case AlertState.HELD:
            return [*_release(watch, at, voice), [cancel], *recall]
    return ()


def recalling(watch: Watch, voice: Voice) -> Buttons:
    """The button that takes it back, while there is something to take back."""
    if not is_recallable(watch):
        return ()
    return [[button(voice.t("Recall it"), f"admin:recall:{watch.alert.id}")]]


def is_recallable(watch: Watch) -> bool:
    has_it = watch.number(DeliveryState.SENT, DeliveryState.SENDING) > 0
    return can_be_amended(watch.alert) and has_it and not watch.is_recalled


def _release(watch: Watch, at: str, voice: Voice) -> Buttons:
    t = voice.t
    if watch.alert.reason == "text differs":
        return ()
    waiting = watch.number(DeliveryState.PENDING) if watch.count is None else watch.count.total
    label = (
        t.n("Go on with {n} person", "Go on with {n} people", waiting)
        if watch.alert.amends
        else t.n("Send it now to {n} person", "Send it now to {n} people", waiting)
    )
    return [[button(label.unescape(), f"admin:release:{at}")]]


def _state(watch: Watch, people: Mapping[str, str], voice: Voice) -> Markup:
    alert, t = watch.alert, voice.t
    writers, approver = authors(watch, people, t), people.get(alert.approver or "", "")
    said_of_amendments = amended.state(watch, writers, approver, voice) if alert.amends else None
    if said_of_amendments is not None:
        return said_of_amendments
    match alert.state:
        case AlertState.WAITING:
            return _waits(watch, writers, voice)
        case AlertState.APPROVED if watch.frozen:
            return t(
                "{approved}\n<b>All sends are stopped</b>, this one with them. /health says why.",
                approved=_approved(watch, writers, approver, voice),
            )
        case AlertState.APPROVED:
            return _approved(watch, writers, approver, voice)
        case AlertState.SENDING:
            return _sent(watch, writers, approver, t)
        case AlertState.PAUSED:
            return t("<b>Paused.</b> Nobody gets it until somebody lets it go on.")
        case AlertState.HELD:
            return t(
                "<b>Held back.</b> {why} What shall become of it?", why=_why(alert.reason, voice)
            )
        case AlertState.CANCELLED if alert.started_at is None:
            return t("<b>Cancelled.</b> It had not begun, so nobody gets it.")
        case AlertState.CANCELLED:
            return t("<b>Cancelled.</b> Nobody else gets it.")
        case AlertState.EXPIRED if alert.started_at is None:
            return t("<b>Expired.</b> It had not begun, so nobody gets it.")
        case AlertState.EXPIRED:
            return t("<b>Expired.</b> Nobody else gets it.")
        case AlertState.FINISHED:
            return t("<b>Finished.</b>")
    return t("<b>Taken back for a change.</b> Nobody gets it before it is approved anew.")


def _sent(watch: Watch, writers: str, approver: str, t: Translator) -> Markup:
    if watch.frozen:
        return t("<b>All sends are stopped</b>, this one with them. /health says why.")
    if watch.alert.kind is AlertKind.DIGEST:
        return t(
            "<b>Is being sent</b> to those from whom a weekly limit held something back. Each part "
            "of it was approved."
        )
    return t(
        "<b>Is being sent.</b> Written by {authors}, approved by {approver}.",
        authors=writers,
        approver=approver,
    )


def _waits(watch: Watch, writers: str, voice: Voice) -> Markup:
    t = voice.t
    alone = (
        t(
            "\nNobody else could approve it. If its author does, it waits ten minutes instead of "
            "one before it goes out."
        )
        if watch.alone
        else Markup("")
    )
    return t(
        "<b>Waits for approval.</b> Written by {authors}. It stands above exactly as it will "
        "arrive.{alone}",
        authors=writers,
        alone=alone,
    )


def _approved(watch: Watch, writers: str, approver: str, voice: Voice) -> Markup:
    alert, t = watch.alert, voice.t
    assert alert.not_before is not None
    waits = alert.send_at is not None and alert.send_at > alert.not_before
    if voice.services.now() < alert.not_before and not waits:
        return t(
            "<b>Approved</b> by {approver}. It can be cancelled until {moment}; then it goes out.",
            approver=approver,
            moment=voice.t.clock(alert.not_before, voice.services.house.timezone),
        )
    return t(
        "<b>Approved</b> by {approver}, written by {authors}. It waits for its time.",
        approver=approver,
        authors=writers,
    )


def _body(watch: Watch, voice: Voice, progress: Progress) -> Markup:
    alert = watch.alert
    if alert.started_at is None:
        return _before(watch, voice)
    if watch.is_over and alert.kind is not AlertKind.DIGEST:
        return voice.t("The report stands below.")
    return _during(watch, voice, progress)


def _before(watch: Watch, voice: Voice) -> Markup:
    alert, t = watch.alert, voice.t
    said_already = particulars(alert, watch.count, voice)
    if watch.count is None or alert.ended_at is not None:
        return said_already
    seconds = watch.count.total / voice.services.house.messages_per_second
    return t(
        "{particulars}\n<b>Takes:</b> about {length}",
        particulars=said_already,
        length=length(timedelta(seconds=seconds), voice),
    )


def _during(watch: Watch, voice: Voice, progress: Progress) -> Markup:
    t, everybody = voice.t, watch.number()
    open_ones = watch.number(DeliveryState.PENDING, DeliveryState.SENDING)
    done = everybody - open_ones
    return t(
        "{bar} {percent} %\n{done} of {everybody}{speed}\n\n{figures}{until}",
        bar=bar(done, everybody),
        percent=100 * done // everybody if everybody else 100,
        done=t.number(done),
        everybody=t.number(everybody),
        speed=_speed(watch, open_ones, voice, progress),
        figures=figures(watch, t),
        until=_until(watch, voice),
    )


def _speed(watch: Watch, open_ones: int, voice: Voice, progress: Progress) -> Markup:
    left = progress.left(open_ones)
    if left is None or watch.alert.state is not AlertState.SENDING or watch.frozen:
        return Markup("")
    return voice.t(
        " · {rate} a second · about {left} left",
        rate=voice.t.number(round(progress.per_second or 0)),
        left=length(left, voice),
    )


def _until(watch: Watch, voice: Voice) -> Markup:
    alert = watch.alert
    if alert.expires_at is None:  # what mends something is never too late
        return Markup("")
    return voice.t("\n\n<b>Expires:</b> {moment}", moment=said(alert, alert.expires_at, voice))


def length(span: timedelta, voice: Voice) -> Markup:
    """A short span, in words."""
    minutes, seconds = divmod(max(1, round(span.total_seconds())), 60)
    if minutes >= 60:
        return moments.length(span, voice.t)
    if minutes and seconds:
        return voice.t("{minutes} min {seconds} s", minutes=minutes, seconds=seconds)
    if minutes:
        return voice.t.n("{n} min", "{n} min", minutes)
    return voice.t.n("{n} s", "{n} s", seconds)


def _why(reason: str | None, voice: Voice) -> Markup:
    why = _WHY_HELD.get(reason or "")
    return voice.t(why) if why else Markup("")


def authors(watch: Watch, people: Mapping[str, str], t: Translator) -> Markup:
    return t.list(sorted(people.get(one, one) for one in watch.alert.authors))
