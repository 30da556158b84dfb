"""Zones, and the hours that clocks skip or show twice."""

import os
import time
from collections.abc import Iterator
from zoneinfo import ZoneInfo

import pytest

from bot.errors import MomentRefused
from bot.i18n import Catalogues
from bot.moments import Moment, echo
from tests.moments.clock import (
    BERLIN,
    KOLKATA,
    LIMA,
    LORD_HOWE,
    MONDAY,
    NEW_YORK,
    UTC_ZONE,
    read,
    refusal,
    utc,
)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("18:00 Mars/Olympus", "Mars/Olympus"),
        ("18:00 Berlin", "Berlin"),
        ("18:00 IST", "IST"),  # three countries
        ("18:00 CEST", "CEST"),  # not in winter
        ("24 March 18:00 +05:30", "+05:30"),
        ("2027-03-24 18:00-03:00", "-03:00"),
        ("18:00 UTC+2", "UTC+2"),
        ("18:00 Etc/GMT+2", "Etc/GMT+2"),
        ("in 2 hours Atlantis", "Atlantis"),
        ("31 October 2027 02:30 IST", "IST"),
    ],
)
def test_a_zone_that_is_not_known_is_named(text: str, name: str) -> None:
    refused = refusal(text)

    assert (refused.reason, refused.words, refused.zone) == (
        MomentRefused.ZONE_UNKNOWN,
        name,
        BERLIN,
    )


def test_an_offset_is_no_zone_even_where_it_is_right() -> None:
    assert refusal("18:00 -05", LIMA).reason == MomentRefused.ZONE_UNKNOWN


def test_the_zone_that_was_written_holds() -> None:
    assert read("18:00 America/Lima") == Moment(utc("2026-11-23 23:00"), LIMA)
    assert read("in 2 hours UTC") == Moment(utc("2026-11-23 11:18"), UTC_ZONE)
    assert read("18:00 GMT").zone == UTC_ZONE
    assert read("18:00 IST", KOLKATA).at == utc("2026-11-23 12:30")  # their own name for it


@pytest.mark.parametrize(
    ("zone", "at"),
    [
        (BERLIN, "2027-07-01 16:00"),
        (LIMA, "2027-07-01 23:00"),
        (KOLKATA, "2027-07-01 12:30"),
        (LORD_HOWE, "2027-07-01 07:30"),
        (NEW_YORK, "2027-07-01 22:00"),
        (UTC_ZONE, "2027-07-01 18:00"),
    ],
)
def test_each_zone_has_its_hour(zone: ZoneInfo, at: str) -> None:
    assert read("1 July 2027 18:00", zone).at == utc(at)


@pytest.mark.parametrize(
    ("zone", "monday_at"),
    [(LORD_HOWE, "2026-11-23 20:17"), (LIMA, "2026-11-23 04:17"), (KOLKATA, "2026-11-23 14:47")],
)
def test_today_is_the_day_in_the_zone(zone: ZoneInfo, monday_at: str) -> None:
    assert f"{MONDAY.astimezone(zone):%Y-%m-%d %H:%M}" == monday_at
    late = utc("2026-11-23 23:30")  # Tuesday to the east, still Monday in Lima

    local = read("today 23:59", zone, late).at.astimezone(zone)

    assert local.day == (23 if zone is LIMA else 24)


SKIPPED = [
    ("28 March 2027 02:30", BERLIN, "2027-03-28 00:30", "2027-03-28 01:30"),
    ("28 March 2027 02:00", BERLIN, "2027-03-28 00:00", "2027-03-28 01:00"),
    ("14 March 2027 02:59", NEW_YORK, "2027-03-14 06:59", "2027-03-14 07:59"),
    ("3 October 2027 02:15", LORD_HOWE, "2027-10-02 15:15", "2027-10-02 15:45"),
]
TWICE = [
    ("31 October 2027 02:30", BERLIN, "2027-10-31 00:30", "2027-10-31 01:30"),
    ("31 October 2027 02:00", BERLIN, "2027-10-31 00:00", "2027-10-31 01:00"),
    ("7 November 2027 01:00", NEW_YORK, "2027-11-07 05:00", "2027-11-07 06:00"),
    ("4 April 2027 01:45", LORD_HOWE, "2027-04-03 14:45", "2027-04-03 15:15"),
]


@pytest.mark.parametrize(("text", "zone", "earlier", "later"), SKIPPED)
def test_a_time_the_clocks_skip_comes_with_its_neighbours(
    text: str, zone: ZoneInfo, earlier: str, later: str
) -> None:
    refused = refusal(text, zone)

    assert refused.reason == MomentRefused.SKIPPED
    assert refused.instants == (utc(earlier), utc(later))


@pytest.mark.parametrize(("text", "zone", "earlier", "later"), TWICE)
def test_a_time_that_comes_twice_comes_with_both(
    text: str, zone: ZoneInfo, earlier: str, later: str
) -> None:
    refused = refusal(text, zone)

    assert refused.reason == MomentRefused.TWICE
    assert refused.instants == (utc(earlier), utc(later))


@pytest.mark.parametrize(
    ("text", "zone", "at"),
    [
        ("28 March 2027 01:59", BERLIN, "2027-03-28 00:59"),
        ("28 March 2027 03:00", BERLIN, "2027-03-28 01:00"),
        ("31 October 2027 01:59", BERLIN, "2027-10-30 23:59"),
        ("31 October 2027 03:00", BERLIN, "2027-10-31 02:00"),
        ("3 October 2027 01:59", LORD_HOWE, "2027-10-02 15:29"),
        ("3 October 2027 02:30", LORD_HOWE, "2027-10-02 15:30"),
        ("4 April 2027 01:29", LORD_HOWE, "2027-04-03 14:29"),
        ("4 April 2027 02:00", LORD_HOWE, "2027-04-03 15:30"),
    ],
)
def test_the_minutes_around_a_jump_are_plain(text: str, zone: ZoneInfo, at: str) -> None:
    assert read(text, zone).at == utc(at)


def test_amid_the_jumps_only_what_lies_ahead_is_offered() -> None:
    between = utc("2027-10-31 00:40")  # 02:40 for the first time
    assert read("02:30", now=between).at == utc("2027-10-31 01:30")
    assert refusal("02:50", now=between).reason == MomentRefused.TWICE

    before = utc("2027-03-28 00:45")  # 01:45, and 03:00 comes in a quarter of an hour
    refused = refusal("02:30", now=before)
    assert (refused.reason, refused.instants) == (
        MomentRefused.SKIPPED,
        (utc("2027-03-28 01:30"),),
    )
    assert read("02:30", now=utc("2027-03-28 01:30")).at == utc("2027-03-29 00:30")


def test_days_that_pass_are_of_24_hours() -> None:
    eve = utc("2027-03-27 11:00")

    assert read("in 1 day", now=eve).at == utc("2027-03-28 11:00")
    assert read("tomorrow 12:00", now=eve).at == utc("2027-03-28 10:00")


@pytest.fixture(params=["America/Lima", "Asia/Kolkata", "Pacific/Kiritimati"])
def server_zone(request: pytest.FixtureRequest) -> Iterator[None]:
    before = os.environ.get("TZ")
    os.environ["TZ"] = request.param
    time.tzset()
    yield
    os.environ.pop("TZ")
    if before is not None:
        os.environ["TZ"] = before
    time.tzset()


@pytest.mark.usefixtures("server_zone")
def test_the_zone_of_the_server_does_not_matter() -> None:
    assert time.timezone != 0

    assert read("24 March 18:00").at == utc("2027-03-24 17:00")
    assert read("18:00").at == utc("2026-11-23 17:00")
    assert refusal("28 March 2027 02:30").instants == (
        utc("2027-03-28 00:30"),
        utc("2027-03-28 01:30"),
    )
    said = echo(utc("2027-03-24 17:00"), BERLIN, MONDAY, Catalogues(("en",))["en"])
    assert said.startswith("24 March 2027, 18:00 Europe/Berlin (CET) · 17:00 UTC")
