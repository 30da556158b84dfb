"""The ways to name a day; each lists the dates it can stand for, the likeliest first."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

# A day without a year that has just gone by is a slip, and not a day of next year.
JUST_GONE = timedelta(days=30)


class Day(Protocol):
    def dates(self, today: date) -> list[date]: ...


@dataclass(frozen=True)
class DaysAhead:
    """`today`, `tomorrow`."""

    days: int

    def dates(self, today: date) -> list[date]:
        return [today + timedelta(days=self.days)]


class AnyDay:
    """No day was written: the time comes round today or tomorrow."""

    def dates(self, today: date) -> list[date]:
        return [today, today + timedelta(days=1)]


@dataclass(frozen=True)
class Weekday:
    """Today counts until the time is past, then the same day of next week."""

    number: int

    def dates(self, today: date) -> list[date]:
        first = today + timedelta(days=(self.number - today.weekday()) % 7)
        return [first, first + timedelta(days=7)]


@dataclass(frozen=True)
class CalendarDay:
    """`24 March`, with or without its year; a weekday beside it has to be the right one."""

    day: int
    month: int
    year: int | None = None
    weekday: int | None = None

    def dates(self, today: date) -> list[date]:
        found = [self._in(self.year)] if self.year else self._coming(today)
        return [day for day in found if day and self.weekday in {None, day.weekday()}]

    def _coming(self, today: date) -> list[date | None]:
        years = range(today.year - 1, today.year + 2)
        known = [day for day in map(self._in, years) if day and day >= today - JUST_GONE]
        return [*known[:1]]

    def _in(self, year: int) -> date | None:
        try:
            return date(year, self.month, self.day)
        except ValueError:
            return None
