"""A typed time as one instant, or a refusal that says what it could mean."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from bot.errors import MomentRefused
from bot.moments._grammar import Clock, Span, parse
from bot.moments._names import folded

MAX_LENGTH = 100
SHOWN_LENGTH = 60
HORIZON = timedelta(days=366)
_ORNAMENT = re.compile(r"[\u064b-\u065f\u0670\u0640]")  # Arabic vowels and stretched letters


@dataclass(frozen=True)
class Moment:
    """`at` is in UTC; `zone` is the one that was written, else the organiser's own."""

    at: datetime
    zone: ZoneInfo


def read_moment(text: str, own: ZoneInfo, now: datetime) -> Moment:
    """The instant that `text` names, which lies after `now` and within a year.

    `own` is the organiser's zone, which holds when no other is written.

    Raises:
        MomentRefused: There is none, or more than one; see its `reason`.
    """
    words = plain_words(text)
    written = parse(folded(words)) if len(text) <= MAX_LENGTH else None
    if written is None:
        raise MomentRefused(MomentRefused.UNREADABLE, _shown(words), own)
    zone = _zone(written.zone) or own
    if isinstance(written, Span):
        instants = [_whole_minute(now + written.length)]
    else:
        instants = _next_instants(_times(written, words, zone, now), zone, now)
    if written.zone and not _goes_by(written.zone, zone, instants):
        as_typed = words[-len(written.zone) :]  # it stands last, and folding moves nothing
        raise MomentRefused(MomentRefused.ZONE_UNKNOWN, _shown(as_typed), own)
    if fault := _fault(instants, zone, now):
        open_to_choice = tuple(at for at in instants if at > now)
        raise MomentRefused(fault, _shown(words), zone, open_to_choice or tuple(instants[-1:]))
    return Moment(instants[-1], zone)


def plain_words(text: str) -> str:
    """The text with plain spaces and digits, without commas and what cannot be seen."""
    normal = unicodedata.normalize("NFKC", text).replace(",", " ").replace("،", " ")
    return " ".join("".join(map(_plain, normal)).split())


def _plain(character: str) -> str:
    if character.isdecimal():
        return str(unicodedata.decimal(character))
    if unicodedata.category(character)[0] == "C":
        return " " if character.isspace() else ""
    return "" if _ORNAMENT.match(character) else character


def _shown(words: str) -> str:
    return words if len(words) <= SHOWN_LENGTH else f"{words[:SHOWN_LENGTH]}…"


def _zone(written: str | None) -> ZoneInfo | None:
    name = zones().get(written.replace(" ", "_").lower()) if written else None
    return ZoneInfo(name) if name else None


def _goes_by(written: str, zone: ZoneInfo, instants: list[datetime]) -> bool:
    """Whether this is the zone's name, or an abbreviation in use there at that time.

    Elsewhere an abbreviation says nothing: IST is three countries.
    """
    abbreviations = {at.astimezone(zone).tzname() for at in instants}
    return _zone(written) == zone or (written.isalpha() and written.upper() in abbreviations)


@cache
def zones() -> dict[str, str]:
    """Zones by their name in small letters, without Etc, where GMT+2 lies west of Greenwich."""
    places = [name for name in available_timezones() if "/" in name and name[:4] != "Etc/"]
    return {name.lower(): name for name in places} | dict.fromkeys(("utc", "gmt", "z"), "UTC")


def _whole_minute(moment: datetime) -> datetime:
    """Rounded up, so that what is shown to the minute is what is kept, and never too early."""
    minute = moment.replace(second=0, microsecond=0)
    return minute if minute == moment else minute + timedelta(minutes=1)


def _times(written: Clock, words: str, zone: ZoneInfo, now: datetime) -> list[datetime]:
    """What the clock on the wall may show when the moment comes, in the order of likelihood."""
    days = written.day.dates(now.astimezone(zone).date())
    if not days:
        raise MomentRefused(MomentRefused.NO_SUCH_DATE, _shown(words), zone)
    if written.time is None:
        raise MomentRefused(MomentRefused.TIME_MISSING, _shown(words), zone)
    return [datetime.combine(day, written.time) for day in days]


def _next_instants(walls: list[datetime], zone: ZoneInfo, now: datetime) -> list[datetime]:
    """Of the first time that lies ahead; when none does, of the last."""
    readings = [_instants(wall, zone) for wall in walls]
    return next((instants for instants in readings if instants[-1] > now), readings[-1])


def _instants(wall: datetime, zone: ZoneInfo) -> list[datetime]:
    """When clocks in the zone show this: once, or twice in autumn.

    For a time that the clocks skip in spring: what it would be by the clock after the jump and
    by the one before it.
    """
    return sorted({wall.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1)})


def _fault(instants: list[datetime], zone: ZoneInfo, now: datetime) -> str | None:
    if instants[-1] <= now:
        return MomentRefused.PAST
    if instants[0] > now + HORIZON:
        return MomentRefused.TOO_FAR
    if len({at.astimezone(zone).replace(tzinfo=None) for at in instants}) == 2:
        return MomentRefused.SKIPPED
    return MomentRefused.TWICE if len(instants) == 2 and instants[0] > now else None
