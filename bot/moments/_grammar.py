"""What a text says about day, time and zone, before anything is known about the present.

A day comes before its month, except in the international form and beside a month's name.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import time, timedelta

from bot.moments._days import AnyDay, CalendarDay, Day, DaysAhead, Weekday

_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july",
    "august", "september", "october", "november", "december",
)  # fmt: skip
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_AHEAD = {"today": 0, "tomorrow": 1}

_YEAR, _ORDINAL = r"(?P<year>20\d\d)", "st|nd|rd|th"
_DATES = (
    rf"{_YEAR}(?P<between>[-/.])(?P<month>\d\d?)(?P=between)(?P<day>\d\d?)",
    rf"(?P<day>\d\d?)-(?P<month>\d\d?)-{_YEAR}",
    r"(?P<day>\d\d?)(?P<between>[/.])(?P<month>\d\d?)(?:(?P=between)(?P<year>20\d\d|\d\d)|\.)?",
    rf"(?P<day>\d\d?)(?:{_ORDINAL}|\.)?[ -]?(?:of )?(?P<name>[a-z]{{3,9}})\.?(?:[ -]{_YEAR})?",
    rf"(?P<name>[a-z]{{3,9}})\.? (?P<day>\d\d?)(?:{_ORDINAL})?(?: {_YEAR})?",
)
_DAYS = (
    *(rf"(?:on )?(?:(?P<weekday>[a-z]{{3,9}})\.? )?{form}" for form in _DATES),
    r"(?:on )?(?P<word>[a-z]{3,9})",
)
_CLOCK = (
    r"(?:at )?(?P<hour>\d\d?)(?=[:.h]| ?[ap]\.?m)(?:[:.h](?P<minute>[0-5]\d)(?::00)?|h)?"
    r"(?: ?(?P<half>[ap])\.?m\b\.?)?"
)
_ZONE = r"(?P<zone>(?=[a-z+-])[a-z_/ -]*(?:[+-]\d[\d:]*)?)"
# With no date before it `6.12` may be 6 December; alone, `2h30` may be a length of time.
_NO_DATE = r"(?!\d\d?\.(?:0[1-9]|1[0-2])\b(?! ?[ap]\.?m))"
_NO_LENGTH = r"(?!\d\d?h)"
_UNIT = r"(?P<unit>min(?:ute)?s?|h(?:(?:ou)?rs?)?|d(?:ays?)?|w(?:eeks?)?)\b"
_SPAN = rf" (?:and )?(?P<count>\d{{1,4}}|an?) ?{_UNIT}"
_UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}


@dataclass(frozen=True)
class Clock:
    """A time of day on a day; `time` is None when the day stands alone."""

    day: Day
    time: time | None
    zone: str | None


@dataclass(frozen=True)
class Span:
    """Time that passes from now on: a day is 24 hours, whatever the clocks do."""

    length: timedelta
    zone: str | None


def _form(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_FORMS = (
    *(_form(rf"{day}(?:t| ){_CLOCK}(?: ?{_ZONE})?") for day in _DAYS),
    *(_form(rf"{_NO_DATE}{_CLOCK} {day}(?: {_ZONE})?") for day in _DAYS),
    _form(rf"{_NO_DATE}{_NO_LENGTH}{_CLOCK}(?: ?{_ZONE})?"),
    *(_form(rf"{day}(?: \D*)?") for day in _DAYS),
)
_ONE_SPAN = _form(_SPAN)
_SPANS = _form(rf"in(?P<spans>(?:{re.sub(r'[?]P<[a-z]+>', '?:', _SPAN)})+)(?: {_ZONE})?")


def parse(words: str) -> Clock | Span | None:
    """What the words say; None when they follow no form."""
    return _span(words) or next(_clocks(words), None)


def _span(words: str) -> Span | None:
    found = _SPANS.fullmatch(words)
    if found is None:
        return None
    spans = _ONE_SPAN.finditer(found["spans"])
    return Span(
        sum((_length(span["count"], span["unit"]) for span in spans), timedelta()), found["zone"]
    )


def _length(count: str, unit: str) -> timedelta:
    number = int(count) if count.isdigit() else 1
    return timedelta(**{_UNITS[unit[0].lower()]: number})


def _clocks(words: str) -> Iterator[Clock]:
    for form in _FORMS:
        if not (found := form.fullmatch(words)):
            continue
        parts = {name: text.lower() for name, text in found.groupdict().items() if text}
        day = _day(parts)
        if day and "hour" not in parts:
            yield Clock(day, None, None)
        elif day and (clock := _time(parts)) is not None:
            yield Clock(day, clock, found["zone"])


def _time(parts: dict[str, str]) -> time | None:
    hour, minute = int(parts["hour"]), int(parts.get("minute", 0))
    if "half" in parts and not 1 <= hour <= 12:
        return None
    if "half" in parts:
        hour = hour % 12 + 12 * (parts["half"] == "p")
    return time(hour, minute) if hour < 24 else None


def _day(parts: dict[str, str]) -> Day | None:
    if "word" in parts:
        return _named_day(parts["word"])
    if "day" not in parts:
        return AnyDay()
    month = _index(parts["name"], _MONTHS) if "name" in parts else int(parts["month"]) - 1
    weekday = _index(parts["weekday"], _WEEKDAYS) if "weekday" in parts else None
    if month is None or ("weekday" in parts and weekday is None):
        return None
    year = int(parts["year"]) if "year" in parts else None
    if year is not None and year < 100:
        year += 2000
    return CalendarDay(int(parts["day"]), month + 1, year, weekday)


def _named_day(word: str) -> Day | None:
    if word in _AHEAD:
        return DaysAhead(_AHEAD[word])
    number = _index(word, _WEEKDAYS)
    return None if number is None else Weekday(number)


def _index(word: str, names: tuple[str, ...]) -> int | None:
    """Where a name stands that is written whole or shortened to three letters or more."""
    return next((number for number, name in enumerate(names) if name.startswith(word)), None)
