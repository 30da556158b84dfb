"""/queue: drafts, what waits, what runs, and what has ended."""

from collections.abc import Iterable, Sequence

from markupsafe import Markup

from bot import moments
from bot.i18n import N_
from bot.models import Alert, AlertKind, AlertState, DeliveryState
from bot.services.alerts import Watch
from handlers.organiser.names import STATES, name
from handlers.voice import Voice

_LISTED = 10  # of each part


async def overview(voice: Voice) -> Markup:
    t, watching = voice.t, voice.services.watching
    drafts = await watching.drafts()
    running = [await watching.one(alert.id) for alert in await watching.under_way()]
    ended = list(reversed(await watching.recent()))
    parts = [
        _part(t("Under way"), [_under_way(one, voice) for one in running], voice),
        _part(t("Drafts"), [_draft(one, voice) for one in drafts], voice),
        _part(t("Ended in the last 30 days"), [_ended(one, voice) for one in ended], voice),
    ]
    said = [part for part in parts if part]
    if await voice.services.watching.frozen():
        said.insert(0, t("<b>All sends are stopped.</b> /health says why."))
    return Markup("\n\n").join(said) if said else t("Nothing is drafted, waiting or sent.")


def _part(head: Markup, lines: Sequence[Markup], voice: Voice) -> Markup:
    if not lines:
        return Markup("")
    shown: Iterable[Markup] = lines[:_LISTED]
    more = len(lines) - _LISTED
    if more > 0:
        shown = (*shown, voice.t("and {more} more", more=voice.t.number(more)))
    return voice.t("<b>{head}</b>\n{lines}", head=head, lines=Markup("\n").join(shown))


def _draft(alert: Alert, voice: Voice) -> Markup:
    return voice.t(
        "• {name}, begun {age}",
        name=name(alert, voice.t),
        age=moments.until(alert.made_at, voice.services.now(), voice.t),
    )


def _under_way(watch: Watch, voice: Voice) -> Markup:
    alert, t = watch.alert, voice.t
    if watch.count is not None:
        people = watch.count.total
        return t(
            "• {name}: {state}, {people}{when}",
            name=name(alert, voice.t),
            state=t(STATES[alert.state]),
            people=t.n("{n} person", "{n} people", people),
            when=_when(alert, voice),
        )
    is_changing = alert.amends is not None and alert.state is AlertState.SENDING
    open_ones = watch.number(DeliveryState.PENDING, DeliveryState.SENDING)
    return t(
        "• {name}: {state}, {done} of {everybody}{fate}",
        name=name(alert, t),
        state=t("is under way") if is_changing else t(STATES[alert.state]),
        fate=_fate(watch, voice),
        done=t.number(watch.number() - open_ones),
        everybody=t.number(watch.number()),
    )


def _when(alert: Alert, voice: Voice) -> Markup:
    due = alert.send_at or alert.not_before
    if alert.state is not AlertState.APPROVED or due is None:
        return Markup("")
    return voice.t(", {moment}", moment=moments.until(due, voice.services.now(), voice.t))


def _ended(watch: Watch, voice: Voice) -> Markup:
    alert, t = watch.alert, voice.t
    assert alert.ended_at is not None
    age = moments.until(alert.ended_at, voice.services.now(), t)
    if alert.started_at is None:
        return t(
            "• {name}: {state} {age}, before it began",
            name=name(alert, voice.t),
            state=t(STATES[alert.state]),
            age=age,
        )
    sentence = (
        N_("• {name}: {state} {age}, sent to {sent} of {everybody}{fate}")
        if alert.amends is None
        else N_("• {name}: {state} {age}, {sent} of {everybody} changed")
    )
    return t(
        sentence,
        name=name(alert, t),
        fate=_fate(watch, voice),
        state=t(STATES[alert.state]),
        age=age,
        sent=t.number(watch.number(DeliveryState.SENT)),
        everybody=t.number(watch.number()),
    )


def _fate(watch: Watch, voice: Voice) -> Markup:
    """What has been made of it since."""
    t = voice.t
    begun = [one.kind for one in watch.amendments if one.started_at is not None]
    if AlertKind.FAMILY in begun:
        return t(", ended by the family")
    if AlertKind.RECALL in begun:
        return t(", recalled")
    return t(", corrected") if begun else Markup("")
