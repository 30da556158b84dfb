"""Until when a letter helps, and when somebody is reminded of it."""

from collections.abc import Collection
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.content import Letter, State

DAY = timedelta(days=1)
MOMENT = timedelta(seconds=1)
EARLIEST = timedelta(days=2)  # before the end, the first one anywhere is reminded
FROM, TO = 10, 20  # hours by the clock of whoever is reminded: when a message disturbs nobody


def closes_at(letter: Letter, zone: ZoneInfo) -> datetime:
    """The midnight after its last day, where the house is."""
    return datetime.combine(letter.deadline + DAY, time(), zone).astimezone(UTC)


def last_day(closing: datetime, clock: ZoneInfo) -> date:
    """The day on which that comes, where somebody is."""
    return (closing - MOMENT).astimezone(clock).date()


def remind_at(closing: datetime, clock: ZoneInfo) -> datetime:
    """In the morning of the day before."""
    morning = datetime.combine(last_day(closing, clock) - DAY, time(FROM), clock)
    return morning.astimezone(UTC)


def is_decent(now: datetime, clock: ZoneInfo) -> bool:
    return FROM <= now.astimezone(clock).hour < TO


def is_open(letter: Letter, ended: Collection[str], zone: ZoneInfo, now: datetime) -> bool:
    """Whether it can still be written: `ended` are those of which families want no more said."""
    is_told = letter.state(now.date()) is not State.WITHDRAWN
    return is_told and now < closes_at(letter, zone) and letter.slug not in ended
