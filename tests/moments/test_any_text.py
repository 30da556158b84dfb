"""No text does harm, and every minute can be written."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import MomentRefused
from bot.moments import Moment, read_moment
from tests.moments.clock import LIMA, ZONES, utc

PARTS = st.sampled_from(
    [
        *("24", "31", "29", "3", "0", "99", "٣", "2027", "2028", "9999", "24/3", "28/3/2027"),
        *("31.10.2027", "2027-03-28", "march", "may", "feb", "friday", "today", "tomorrow"),
        *("18:00", "02:30", "h", "am", "pm", "in", "and", "a", "days", "hours", "weeks", "min"),
        *("/", ".", "-", ":", ",", "+", "T", "at", "on", "of", "🎉", "\u202e", "\x00"),
        *("UTC", "CET", "Europe/Berlin", "Africa/"),
    ]
)
TEXTS = (
    st.text() | st.lists(PARTS, max_size=8).map(" ".join) | st.lists(PARTS, max_size=8).map("".join)
)
SECONDS = st.integers(0, 72 * 365 * 24 * 3600)
MOMENTS = SECONDS.map(lambda seconds: utc("2026-01-01") + timedelta(seconds=seconds))


def attempt(text: str, zone: ZoneInfo, now: datetime) -> Moment | MomentRefused:
    try:
        return read_moment(text, zone, now)
    except MomentRefused as refused:
        return refused


@settings(deadline=None)
@given(TEXTS, st.sampled_from(ZONES), MOMENTS)
def test_any_text_is_a_coming_minute_or_a_refusal(text: str, zone: ZoneInfo, now: datetime) -> None:
    match attempt(text, zone, now):
        case MomentRefused(words=words):
            assert len(words) <= 61
        case Moment(at=at):
            assert at.tzinfo is UTC
            assert now < at <= now + timedelta(days=367)
            assert (at.second, at.microsecond) == (0, 0)


@settings(deadline=None)
@given(st.integers(1, 365 * 24 * 60), st.sampled_from(ZONES), MOMENTS)
def test_what_is_written_out_reads_back(minutes: int, zone: ZoneInfo, now: datetime) -> None:
    at = now.replace(second=0) + timedelta(minutes=minutes)
    match attempt(f"{at.astimezone(zone):%-d %B %Y, %H:%M} {zone.key}", LIMA, now):
        case MomentRefused(reason=reason, instants=instants):
            assert reason == MomentRefused.TWICE
            assert at in instants
        case Moment() as moment:
            assert moment == Moment(at, zone)
