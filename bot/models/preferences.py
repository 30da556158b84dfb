"""How somebody wants to be reached: her clock, her nights, how often, and with what sound."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

DIGEST_DAY = 6  # Sunday, for whoever chose no other
_DAY = timedelta(days=1)
_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class QuietHours:
    """From one time of day to another, in minutes after midnight; two equal ones are a whole day.

    What the clocks show twice in autumn is quiet until its second end; what they skip in spring
    begins or ends as they jump.
    """

    begin: int
    end: int

    def until(self, now: datetime, zone: ZoneInfo) -> datetime | None:
        """When those that hold now are over; None outside of them."""
        today = now.astimezone(zone).date()
        for day in (today - _DAY, today):
            begin, _ = _shown(day, self.begin, zone)
            _, end = _shown(day + _DAY if self.end <= self.begin else day, self.end, zone)
            if begin <= now < end:
                return end
        return None


@dataclass(frozen=True, slots=True)
class Preferences:
    """Attributes:
    zone: The name of the time zone by which her days and nights go.
    per_week: At most so many messages in seven days, urgent actions aside; None is no limit.
    digest_on: The weekday of what the limit held back; 0 is Monday.
    rings: Whether urgent actions make a sound.
    """

    zone: str
    quiet_hours: QuietHours | None = None
    per_week: int | None = None
    digest_on: int = DIGEST_DAY
    rings: bool = True

    @property
    def clock(self) -> ZoneInfo:
        return zone_of(self.zone)


def zone_of(name: str) -> ZoneInfo:
    """UTC for a zone that the system does not know any more: one row must hold nobody else up."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")


def _shown(day: date, minute: int, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """The first and the last moment at which the clocks show it, or twice that of their jump."""
    wall = datetime.combine(day, time(*divmod(minute, 60)))
    first, last = sorted(wall.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    if _wall(first, zone) == wall:
        return first, last
    while _wall(first, zone) < wall:
        first += _MINUTE
    return first, first


def _wall(moment: datetime, zone: ZoneInfo) -> datetime:
    return moment.astimezone(zone).replace(tzinfo=None)
