"""Quiet hours end when a clock on the wall says so, whatever the clocks do that night."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.models import QuietHours
from bot.models.preferences import zone_of

NIGHT = QuietHours(22 * 60, 7 * 60)
SMALL_HOURS = QuietHours(60, 150)  # 1:00 to 2:30, in which clocks jump
NOON_REST = QuietHours(12 * 60, 14 * 60 + 30)
BERLIN, KOLKATA, LIMA = "Europe/Berlin", "Asia/Kolkata", "America/Lima"
LORD_HOWE = "Australia/Lord_Howe"  # half an hour forth in October and back in April


def at(written: str) -> datetime:
    return datetime.fromisoformat(written).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("hours", "zone", "now", "end"),
    [
        (NIGHT, BERLIN, "2027-03-01 20:59", None),
        (NIGHT, BERLIN, "2027-03-01 21:00", "2027-03-02 06:00"),
        (NIGHT, BERLIN, "2027-03-02 05:59:59", "2027-03-02 06:00"),
        (NIGHT, BERLIN, "2027-03-02 06:00", None),
        (NIGHT, BERLIN, "2027-03-27 23:00", "2027-03-28 05:00"),  # an hour is skipped
        (NIGHT, BERLIN, "2027-10-30 23:00", "2027-10-31 06:00"),  # an hour comes twice
        (NIGHT, KOLKATA, "2027-03-01 16:29", None),
        (NIGHT, KOLKATA, "2027-03-01 16:30", "2027-03-02 01:30"),
        (NIGHT, LIMA, "2027-03-02 03:00", "2027-03-02 12:00"),
        (NIGHT, LORD_HOWE, "2027-04-03 12:00", "2027-04-03 20:30"),  # half an hour comes twice
        (NIGHT, LORD_HOWE, "2027-10-02 12:00", "2027-10-02 20:00"),  # half an hour is skipped
        (NOON_REST, BERLIN, "2027-07-01 10:00", "2027-07-01 12:30"),
        (NOON_REST, BERLIN, "2027-07-01 12:30", None),
        # Both ends are looked for where the clocks jump.
        (SMALL_HOURS, BERLIN, "2027-03-28 00:30", "2027-03-28 01:00"),  # 2:30 is never shown
        (SMALL_HOURS, BERLIN, "2027-03-28 01:00", None),
        (SMALL_HOURS, BERLIN, "2027-10-31 00:45", "2027-10-31 01:30"),  # between two 2:30s
        (SMALL_HOURS, BERLIN, "2027-10-31 01:30", None),
        (QuietHours(150, 240), BERLIN, "2027-03-28 01:00", "2027-03-28 02:00"),
        (QuietHours(150, 240), BERLIN, "2027-10-31 00:30", "2027-10-31 03:00"),
        (QuietHours(135, 180), LORD_HOWE, "2027-10-02 15:30", "2027-10-02 16:00"),
        (QuietHours(60, 105), LORD_HOWE, "2027-04-03 14:45", "2027-04-03 15:15"),
        (QuietHours(0, 0), LIMA, "2027-03-02 03:00", "2027-03-02 05:00"),
    ],
)
def test_the_end_is_where_the_clock_shows_it(
    hours: QuietHours, zone: str, now: str, end: str | None
) -> None:
    assert hours.until(at(now), ZoneInfo(zone)) == (end and at(end))


@given(
    hours=st.builds(QuietHours, st.integers(0, 1439), st.integers(0, 1439)),
    zone=st.sampled_from([BERLIN, KOLKATA, LIMA, LORD_HOWE, "Asia/Kathmandu", "Pacific/Apia"]),
    minutes=st.integers(0, 3 * 365 * 1440),
)
def test_an_end_lies_ahead_within_a_day_and_an_hour_and_the_clock_has_reached_it(
    hours: QuietHours, zone: str, minutes: int
) -> None:
    clock, now = ZoneInfo(zone), at("2026-01-01") + timedelta(minutes=minutes)
    end = hours.until(now, clock)
    if end is None:
        return
    assert now < end <= now + timedelta(hours=25)
    there = end.astimezone(clock)
    shown, wanted = there.hour * 60 + there.minute, hours.end
    assert (shown - wanted) % 1440 <= 60  # more only where clocks have jumped over it
    if hours.begin != hours.end:
        assert hours.until(end, clock) is None


def test_a_zone_that_is_no_more_holds_nobody_up() -> None:
    assert zone_of("Europe/Nowhere") == zone_of("../etc") == ZoneInfo("UTC")
