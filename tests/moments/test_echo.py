"""A moment said again, for checking."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.i18n import Catalogues, Translator
from bot.moments import echo, length, until
from tests.moments.clock import BERLIN, KOLKATA, LIMA, LORD_HOWE, MONDAY, UTC_ZONE, utc


@pytest.fixture
def t() -> Translator:
    return Catalogues(("en",))["en"]


@pytest.mark.parametrize(
    ("at", "zone", "there", "in_utc", "away"),
    [
        (
            "2026-11-23 14:30",
            BERLIN,
            "23 November 2026, 15:30 Europe/Berlin (CET)",
            "14:30 UTC",
            "in 5 h 12 min",
        ),
        (
            "2027-03-24 23:00",
            LORD_HOWE,
            "25 March 2027, 10:00 Australia/Lord_Howe (UTC+11)",
            "24 March 2027, 23:00 UTC",
            "in 121 days 13 h",
        ),
        (
            "2027-07-01 02:00",
            LIMA,
            "30 June 2027, 21:00 America/Lima (UTC-05)",
            "1 July 2027, 02:00 UTC",
            "in 219 days 16 h",
        ),
        (
            "2026-11-23 08:00",
            KOLKATA,
            "23 November 2026, 13:30 Asia/Kolkata (IST)",
            "08:00 UTC",
            "1 h 17 min ago",
        ),
        (
            "2026-12-31 23:30",
            BERLIN,
            "1 January 2027, 00:30 Europe/Berlin (CET)",
            "31 December 2026, 23:30 UTC",
            "in 38 days 14 h",
        ),
    ],
)
def test_the_echo_shows_the_hour_there_in_utc_and_from_now(
    at: str, zone: ZoneInfo, there: str, in_utc: str, away: str, t: Translator
) -> None:
    assert echo(utc(at), zone, MONDAY, t) == f"{there} · {in_utc} · {away}"


def test_utc_is_said_once(t: Translator) -> None:
    said = echo(utc("2026-11-23 12:30"), UTC_ZONE, MONDAY, t)

    assert said == "23 November 2026, 12:30 UTC · in 3 h 12 min"


def test_the_echo_tells_the_two_hours_of_autumn_apart(t: Translator) -> None:
    first, second = (utc(at) for at in ("2027-10-31 00:30", "2027-10-31 01:30"))

    assert "02:30 Europe/Berlin (CEST)" in echo(first, BERLIN, MONDAY, t)
    assert "02:30 Europe/Berlin (CET)" in echo(second, BERLIN, MONDAY, t)


@pytest.mark.parametrize(
    ("away", "said"),
    [
        (timedelta(seconds=1), "in less than a minute"),
        (timedelta(seconds=59.9), "in less than a minute"),
        (timedelta(minutes=1), "in 1 min"),
        (timedelta(minutes=59, seconds=59), "in 59 min"),
        (timedelta(hours=5), "in 5 h"),
        (timedelta(hours=5, minutes=12), "in 5 h 12 min"),
        (timedelta(hours=24), "in 1 day"),
        (timedelta(days=2, minutes=59), "in 2 days"),
        (timedelta(days=2, hours=3, minutes=59), "in 2 days 3 h"),
        (timedelta(days=365), "in 365 days"),
        (timedelta(0), "just now"),
        (timedelta(seconds=-59), "just now"),
        (timedelta(minutes=-1), "1 min ago"),
        (timedelta(days=-2, hours=-3), "2 days 3 h ago"),
    ],
)
def test_the_distance_is_said_in_two_units(away: timedelta, said: str, t: Translator) -> None:
    assert until(MONDAY + away, MONDAY, t) == said


def test_a_length_is_said_without_a_direction(t: Translator) -> None:
    assert length(timedelta(hours=2, minutes=5, seconds=50), t) == "2 h 5 min"
