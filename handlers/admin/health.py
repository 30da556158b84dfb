"""/health: whether all is well, and what to do about what is not."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from markupsafe import Markup
from telegram import Update

from bot.context import Command, Context
from bot.i18n import N_, Translator
from bot.models import AlertState, Role
from bot.moments import length, until
from bot.services.health import Concern, Health
from handlers.admin.gate import admin_group

_KILOBYTE = 1_000
_MEGABYTE = 1_000_000


@admin_group(Role.VIEWER)
async def health(update: Update, context: Context) -> None:
    message = update.effective_message
    found = await context.services.checkup.health(message.date if message else None)
    zone, t = context.services.house.timezone, context.t
    advice = [_ADVICE[concern](found, zone, t) for concern in found.concerns]
    bullets = [t("• {advice}", advice=one) for one in advice]
    parts = (_verdict(len(advice), t), *bullets, Markup("\n").join(_facts(found, t)))
    await context.say(Markup("\n\n").join(parts))


def _verdict(concerns: int, t: Translator) -> Markup:
    if not concerns:
        return t("<b>All is well.</b>")
    return t.n("<b>{n} thing needs attention.</b>", "<b>{n} things need attention.</b>", concerns)


def _copied(found: Health, zone: ZoneInfo, t: Translator) -> Markup:
    copy = found.sending.copy
    assert copy is not None
    return t(
        "Every send is stopped, because this database was found restored or copied on {when}, "
        "{ago}. If it is the one to go on with, and no other Vigil runs on another copy of it, an "
        "owner sends /unfreeze.",
        when=t.time(copy.found_at, zone),
        ago=until(copy.found_at, found.at, t),
    )


def _frozen(found: Health, zone: ZoneInfo, t: Translator) -> Markup:
    freeze = found.sending.freeze
    assert freeze is not None
    return t(
        "Every send is stopped: {who} did that on {when}, {ago}. Nothing goes out until an owner "
        "sends /unfreeze.",
        who=freeze.by,
        when=t.time(freeze.at, zone),
        ago=until(freeze.at, found.at, t),
    )


def _held(found: Health, _: ZoneInfo, t: Translator) -> Markup:
    return t.n(
        "{n} alert is held and does not go out by itself. Decide about it in /queue.",
        "{n} alerts are held and do not go out by themselves. Decide about them in /queue.",
        found.sending.alerts[AlertState.HELD],
    )


def _late(found: Health, zone: ZoneInfo, t: Translator) -> Markup:
    due, still_since = found.sending.due, found.sending.still_since
    assert due is not None
    assert still_since is not None
    return t(
        "A send that was due on {due} stands still: its last step was {ago}. Restart Vigil: it "
        "goes on where it was, and nobody gets the message twice.",
        due=t.time(due, zone),
        ago=until(still_since, found.at, t),
    )


def _no_tick(found: Health, _: ZoneInfo, t: Translator) -> Markup:
    if found.ticked_at is None:
        return t(
            "Vigil was started {ago} and has not yet looked for what is due: alerts may not begin "
            "in time, and petitions may not close in time. Restart it.",
            ago=until(found.started_at, found.at, t),
        )
    return t(
        "Vigil last looked for what is due {ago}: alerts may not begin in time, and petitions may "
        "not close in time. Restart it.",
        ago=until(found.ticked_at, found.at, t),
    )


def _log_kept(_found: Health, _: ZoneInfo, t: Translator) -> Markup:
    return t(
        "The database's log could not be emptied, so that what people erased may still be in it. "
        "Close every other program that has the database open, or restart Vigil."
    )


def _withdrawn(found: Health, _: ZoneInfo, t: Translator) -> Markup:
    return t.n(
        "{n} text is long past its review date. Have it checked: /content says more.",
        "{n} texts are long past their review date. Have them checked: /content says more.",
        found.texts.withdrawn,
    )


def _overdue(found: Health, _: ZoneInfo, t: Translator) -> Markup:
    return t.n(
        "{n} text is past its review date, and says so to people. Have it checked: /content "
        "says more.",
        "{n} texts are past their review date, and say so to people. Have them checked: "
        "/content says more.",
        found.texts.overdue,
    )


def _out_of_step(found: Health, _: ZoneInfo, t: Translator) -> Markup:
    """A message that waited while Vigil was down looks like a clock that is fast."""
    assert found.clock_ahead is not None
    by = _span(abs(found.clock_ahead), t)
    if found.clock_ahead < timedelta():
        return t(
            "The clock of Vigil's computer is {by} slow: alerts go out too late by as much. Set "
            "that computer to take its time from the network.",
            by=by,
        )
    return t(
        "By the clock of Vigil's computer, your message came {by} after you sent it. If Vigil "
        "was down or busy just now, ask again. Otherwise that clock is fast, and alerts go out "
        "too early by as much: set that computer to take its time from the network.",
        by=by,
    )


_ADVICE: Mapping[Concern, Callable[[Health, ZoneInfo, Translator], Markup]] = {
    Concern.COPIED: _copied,
    Concern.FROZEN: _frozen,
    Concern.HELD: _held,
    Concern.LATE: _late,
    Concern.TICK: _no_tick,
    Concern.CLOCK: _out_of_step,
    Concern.LOG: _log_kept,
    Concern.WITHDRAWN: _withdrawn,
    Concern.OVERDUE: _overdue,
}


def _facts(found: Health, t: Translator) -> list[Markup]:
    return [
        t("<b>Alerts:</b> {alerts}", alerts=_alerts(found.sending.alerts, t)),
        t("<b>Messages to go out:</b> {number}", number=t.number(found.sending.open_rows)),
        *_oldest(found, t),
        t("<b>Last update handled:</b> {ago}", ago=_ago(found.updated_at, found.at, t)),
        t("<b>Last look at what is due:</b> {ago}", ago=_ago(found.ticked_at, found.at, t)),
        t("<b>Database:</b> {size}, {log}", size=_size(found.storage.size, t), log=_log(found, t)),
        t("<b>Backups:</b> none made by Vigil itself yet; its README says how"),
        t("<b>Texts that wait for a review:</b> {number}", number=t.number(found.texts.pending)),
        *_clock(found, t),
        t(
            "<b>Vigil {version},</b> started {ago}",
            version=found.version,
            ago=_ago(found.started_at, found.at, t),
        ),
    ]


def _alerts(numbers: Mapping[AlertState, int], t: Translator) -> Markup:
    words = {
        AlertState.WAITING: N_("{number} to be approved"),
        AlertState.APPROVED: N_("{number} approved"),
        AlertState.SENDING: N_("{number} going out"),
        AlertState.PAUSED: N_("{number} paused"),
        AlertState.HELD: N_("{number} held"),
    }
    parts = [
        t(sentence, number=t.number(numbers[state]))
        for state, sentence in words.items()
        if numbers.get(state)
    ]
    return t.list(parts) or t("none under way")


def _oldest(found: Health, t: Translator) -> list[Markup]:
    due = found.sending.due
    return (
        [] if due is None else [t("<b>Oldest of them due:</b> {ago}", ago=until(due, found.at, t))]
    )


def _ago(moment: datetime | None, now: datetime, t: Translator) -> Markup:
    return t("not yet") if moment is None else until(moment, now, t)


def _size(size: int, t: Translator) -> Markup:
    """Rounded up."""
    if size < 10 * _MEGABYTE:
        return t("{size} kB", size=t.number(-(-size // _KILOBYTE)))
    return t("{size} MB", size=t.number(-(-size // _MEGABYTE)))


def _log(found: Health, t: Translator) -> Markup:
    match found.storage.log_empty:
        case None:
            return t("its log not looked at yet")
        case True:
            return t("its log empty")
        case _:
            return t("its log in use and not emptied")


def _clock(found: Health, t: Translator) -> list[Markup]:
    if found.clock_ahead is None or Concern.CLOCK in found.concerns:
        return []
    return [t("<b>Clock:</b> in step with Telegram's")]


def _span(away: timedelta, t: Translator) -> Markup:
    seconds = away // timedelta(seconds=1)
    return t.n("{n} second", "{n} seconds", seconds) if seconds < 120 else length(away, t)


COMMANDS = (Command("health", N_("Whether all is well with Vigil"), health),)
