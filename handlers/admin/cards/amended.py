"""What a card and a report say of what corrects or recalls an alert."""

from collections.abc import Mapping

from markupsafe import Markup

from bot.context import Buttons, button
from bot.i18n import N_
from bot.models import AlertKind, AlertState, DeliveryState
from bot.services.alerts import Watch
from handlers.organiser.particulars import out_of_reach
from handlers.voice import Voice

_STATES: Mapping[AlertState, str] = {
    AlertState.APPROVED: N_(
        "<b>Approved</b> by {approver}. It begins as soon as nothing else is on the way to the "
        "same people."
    ),
    AlertState.SENDING: N_("<b>Under way.</b> Asked for by {authors}, approved by {approver}."),
    AlertState.PAUSED: N_("<b>Paused.</b> Who was not reached yet has what they had."),
    AlertState.CANCELLED: N_("<b>Cancelled.</b> Who was not reached keeps what they had."),
    AlertState.FINISHED: N_("<b>Finished.</b>"),
}
_WANTS_PICTURE = N_(
    "<b>Approved</b> by {approver}. It begins as soon as Telegram has taken the grey picture that "
    "is to stand in the place of this one."
)


def state(watch: Watch, writers: str, approver: str, voice: Voice) -> Markup | None:
    """None where what is said of every alert is true of these, too."""
    t, alert = voice.t, watch.alert
    if alert.state is AlertState.WAITING:
        return _waits(watch, writers, voice)
    sentence = _STATES.get(alert.state)
    if alert.wants_picture:
        sentence = _WANTS_PICTURE
    if sentence is None or (alert.state is AlertState.SENDING and watch.frozen):
        return None
    said = t(sentence, authors=writers, approver=approver)
    if alert.state is AlertState.APPROVED and watch.frozen:
        return t(
            "{approved}\n<b>All sends are stopped</b>, this one with them. /health says why.",
            approved=said,
        )
    return said


def decisions(watch: Watch, at: str, voice: Voice) -> Buttons:
    """While it waits for an admin; `at` says which one, and for how many."""
    t, number = voice.t, watch.alert.id
    people = watch.count.total if watch.count else 0
    if watch.alert.kind is AlertKind.RECALL:
        label = t.n("Recall it: {n} person", "Recall it: {n} people", people)
        leave = button(t("Leave it as it is"), f"admin:cancel:{number}")
        return [[button(label.unescape(), f"admin:approve:{at}")], [leave]]
    label = t.n("Approve: {n} person", "Approve: {n} people", people)
    return [
        [button(label.unescape(), f"admin:approve:{at}")],
        [button(t("Send back to its author"), f"admin:back:{at}")],
        [button(t("Cancel for good"), f"admin:cancel:{number}")],
    ]


def ending(watch: Watch, span: Mapping[str, object], voice: Voice) -> Markup:
    """How it ended, for the report; `span` has its start, end and length."""
    if watch.alert.state is AlertState.CANCELLED:
        return voice.t("It was cancelled. Who was not reached keeps what they had.")
    return voice.t("It is done, from {start} to {end} ({length}).", **span)


def lost(watch: Watch, voice: Voice) -> Markup:
    """Whom it could not concern; nothing when there is nobody."""
    if not watch.out_of_reach:
        return Markup("")
    return voice.t("\n\n{said}", said=out_of_reach(watch.out_of_reach, voice.t))


def can_be_tried_again(watch: Watch) -> bool:
    """Not those who have deleted the message: there is nothing left to change."""
    failed = watch.totals.items()
    return any(
        state is DeliveryState.FAILED and reason != "gone" and number
        for (state, reason), number in failed
    )


def _waits(watch: Watch, writers: str, voice: Voice) -> Markup:
    t = voice.t
    if watch.alert.kind is AlertKind.RECALL:
        return t(
            "<b>Shall be taken back</b>, asks {authors}. Messages of the last two days are "
            "deleted; older ones become what stands above. One admin decides, and it begins at "
            "once. Nobody gets the alert meanwhile.",
            authors=writers,
        )
    alone = t("\nNobody else could approve it. If its author does, it waits ten minutes.")
    return t(
        "<b>Waits for approval.</b> Written by {authors}. It stands above exactly as it will stand "
        "in people's chats. Who has not had the alert yet gets it in these words, without the last "
        "line.{alone}",
        authors=writers,
        alone=alone if watch.alone else Markup(""),
    )
