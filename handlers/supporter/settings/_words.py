"""How a setting is said, wherever it is."""

from markupsafe import Markup

from bot import moments
from bot.context import Context
from bot.models import Preferences, QuietHours
from bot.services.digests import HOUR


def clock(chosen: Preferences, context: Context) -> Markup:
    """Whose clock it is, and what it shows now, so that a wrong one is noticed."""
    t, zone = context.t, chosen.zone
    place, now = moments.city(zone, t.language), context.services.now().astimezone(chosen.clock)
    if zone == context.services.house.timezone.key:
        return t("ours, {place} ({now} now)", place=place, now=f"{now:%H:%M}")
    return t("{place} ({now} now)", place=place, now=f"{now:%H:%M}")


def span(hours: QuietHours, context: Context) -> Markup:
    return context.t("{begin} to {end}", begin=_time(hours.begin), end=_time(hours.end))


def limit(chosen: Preferences, context: Context) -> Markup:
    t = context.t
    if chosen.per_week is None:
        return t("no limit")
    most = t.n("at most {n}", "at most {n}", chosen.per_week)
    return t(
        "{most}, and what goes beyond on {day} at {time}",
        most=most,
        day=t.weekday(chosen.digest_on),
        time=_time(HOUR * 60),
    )


def _time(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"
