"""What a text says about day, time and zone, before anything is known about the present.

A day comes before its month, except in the international form and beside a month's name.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import time, timedelta

from bot.moments._days import AnyDay, CalendarDay, Day, DaysAhead, Weekday
from bot.moments._names import (
    AHEAD,
    AND,
    AT,
    HALVES,
    IN,
    MONTHS,
    OF,
    ON,
    ONE,
    ORDINAL,
    UNITS,
    WEEKDAYS,
    WITHOUT_A_NUMBER,
    any_of,
    is_afternoon,
    place_of,
)

_YEAR = r"(?P<year>20\d\d)"
_WORD = r"[^\W\d_]{3,10}"
_MONTH = rf"(?P<name>{any_of(name for same in MONTHS for name in same)}|{_WORD})"
_DATES = (
    rf"{_YEAR}(?P<between>[-/.])(?P<month>\d\d?)(?P=between)(?P<day>\d\d?)",
    rf"(?P<day>\d\d?)-(?P<month>\d\d?)-{_YEAR}",
    r"(?P<day>\d\d?)(?P<between>[/.])(?P<month>\d\d?)(?:(?P=between)(?P<year>20\d\d|\d\d)|\.)?",
    rf"(?P<day>\d\d?)(?:{ORDINAL}|\.)?[ -]?(?:(?:{OF}) )?{_MONTH}\.?(?:[ -](?:(?:{OF}) )?{_YEAR})?",
    rf"{_MONTH}\.? (?P<day>\d\d?)(?:{ORDINAL})?(?: {_YEAR})?",
)
_DAYS = (
    *(rf"(?:(?:{ON}) )?(?:(?P<weekday>{_WORD})\.? )?{form}" for form in _DATES),
    rf"(?:(?:{ON}) )?(?P<word>{any_of(AHEAD)}|{_WORD})\.?",
)
_HOUR = r"h(?![a-z])"
_CLOCK = (
    rf"(?:(?:{AT}) )?(?P<hour>\d\d?)(?=[:.]| ?{_HOUR}| ?(?:{HALVES}))"
    rf"(?:(?:[:.]| ?{_HOUR} ?)(?P<minute>[0-5]\d)(?::00)?| ?{_HOUR})?"
    rf"(?: ?(?P<half>{HALVES}))?"
)
_ZONE = r"(?P<zone>(?=[a-z+-])[a-z_/ -]*(?:[+-]\d[\d:]*)?)"
# With no date before it `6.12` may be 6 December; alone, `2h30` may be a length of time.
_NO_DATE = rf"(?!\d\d?\.(?:0[1-9]|1[0-2])\b(?! ?(?:{HALVES})))"
_NO_LENGTH = rf"(?!\d\d? ?{_HOUR})"
_SPAN = (
    rf" (?:(?:{AND}) ?)?(?:(?P<count>\d{{1,4}}|{ONE}) ?(?P<unit>{any_of(UNITS)})"
    rf"|(?P<bare>{any_of(WITHOUT_A_NUMBER)}))\b"
)


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
_SPANS = _form(rf"(?:{IN})(?P<spans>(?:{re.sub(r'[?]P<[a-z]+>', '?:', _SPAN)})+)(?: {_ZONE})?")


def parse(words: str) -> Clock | Span | None:
    """What the words say, which are `folded`; None when they follow no form."""
    return _span(words) or next(_clocks(words), None)


def _span(words: str) -> Span | None:
    found = _SPANS.fullmatch(words)
    if found is None:
        return None
    spans = _ONE_SPAN.finditer(found["spans"])
    return Span(sum(map(_length, spans), timedelta()), found["zone"])


def _length(span: re.Match[str]) -> timedelta:
    if span["bare"]:
        unit, number = WITHOUT_A_NUMBER[span["bare"]]
    else:
        count, unit = span["count"], UNITS[span["unit"]]
        number = int(count) if count.isdigit() else 1
    return timedelta(**{unit: number})


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
        hour = hour % 12 + 12 * is_afternoon(parts["half"])
    return time(hour, minute) if hour < 24 else None


def _day(parts: dict[str, str]) -> Day | None:
    if "word" in parts:
        return _named_day(parts["word"])
    if "day" not in parts:
        return AnyDay()
    month = place_of(parts["name"], MONTHS) if "name" in parts else int(parts["month"]) - 1
    weekday = place_of(parts["weekday"], WEEKDAYS) if "weekday" in parts else None
    if month is None or ("weekday" in parts and weekday is None):
        return None
    year = int(parts["year"]) if "year" in parts else None
    if year is not None and year < 100:
        year += 2000
    return CalendarDay(int(parts["day"]), month + 1, year, weekday)


def _named_day(word: str) -> Day | None:
    if word in AHEAD:
        return DaysAhead(AHEAD[word])
    number = place_of(word, WEEKDAYS)
    return None if number is None else Weekday(number)
