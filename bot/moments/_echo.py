"""A moment said so that a wrong hour is noticed: on the organiser's clock, in UTC, from now."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from markupsafe import Markup

from bot.i18n import Translator

_UTC = ZoneInfo("UTC")
_MINUTE = timedelta(minutes=1)


def echo(moment: datetime, zone: ZoneInfo, now: datetime, t: Translator) -> Markup:
    """“24 March 2027, 18:00 Europe/Berlin (CET) · 17:00 UTC · in 5 h 12 min”.

    The UTC time has its date when that is another one.
    """
    there, utc = moment.astimezone(zone), moment.astimezone(UTC)
    full = t("{day}, {clock} UTC", day=t.day(moment, _UTC), clock=f"{utc:%H:%M}")
    if zone.key == "UTC":
        return t("{moment} · {distance}", moment=full, distance=until(moment, now, t))
    return t(
        "{day}, {clock} {zone} ({abbreviation}) · {utc} · {distance}",
        day=t.day(moment, zone),
        clock=f"{there:%H:%M}",
        zone=zone.key,
        abbreviation=_abbreviation(there),
        utc=t("{clock} UTC", clock=f"{utc:%H:%M}") if there.date() == utc.date() else full,
        distance=until(moment, now, t),
    )


def until(moment: datetime, now: datetime, t: Translator) -> Markup:
    """How far off a moment is: “in 5 h 12 min”, “2 days 3 h ago”."""
    away = abs(moment - now)
    if away < _MINUTE:
        return t("in less than a minute") if moment > now else t("just now")
    if moment > now:
        return t("in {length}", length=length(away, t))
    return t("{length} ago", length=length(away, t))


def length(away: timedelta, t: Translator) -> Markup:
    """A minute or more in its two largest units, cut off rather than rounded."""
    minutes = away // _MINUTE
    days, hours, minutes = minutes // 1440, minutes // 60 % 24, minutes % 60
    parts = [
        t.n("{n} day", "{n} days", days) if days else "",
        t.n("{n} h", "{n} h", hours) if hours else "",
        t.n("{n} min", "{n} min", minutes) if minutes and not days else "",
    ]
    return Markup(" ").join(part for part in parts if part)


def _abbreviation(local: datetime) -> str:
    """“CET”; zones without one have only an offset, such as “-05”, which says little alone."""
    name = local.tzname() or ""
    return name if name.isalpha() else f"UTC{name}"
