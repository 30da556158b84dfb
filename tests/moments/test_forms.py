"""The ways people write a time, and what is no time."""

import pytest

from bot.errors import MomentRefused
from tests.moments.clock import BERLIN, read, refusal, utc


@pytest.mark.parametrize(
    "text",
    [
        "24 March 18:00",
        "24 march, 18:00",
        "24/3، 18:00",
        "  24  MARCH\n18:00 ",
        "24 March 2027, 6 pm",
        "24th of March at 6 p.m.",
        "on 24 March at 18:00",
        "March 24, 2027, 6:00 PM",
        "Wed 24 Mar 18:00",
        "wednesday, 24.03.2027 18:00",
        "24-Mar-2027 18:00",
        "24. March 18:00",
        "24.03.2027 18:00",
        "24.03.27 18:00",
        "24.3. 18:00",
        "24/3 18.00",
        "24/3 18h",
        "24-03-2027 18:00",
        "24/3/2027 18h00",
        "2027-03-24 18:00",
        "2027-03-24T18:00:00",
        "2027/3/24 18:00",
        "18:00 24 March",
        "6pm on March 24",
        "24 March 18:00 CET",
        "24 March 18:00 Europe/Berlin",
        "24 March 17:00 UTC",
        "2027-03-24T17:00Z",
        "24/3 12:00 america/lima",
        "24 March 13:00 America/New York",
        "24 March 22:30 Asia/Kolkata",
        "٢٤/٣ ١٨:٠٠",
        "\u200f24/3 18:00\u200e",
        "24／3 18：00",
    ],
)
def test_one_moment_in_many_spellings(text: str) -> None:
    assert read(text).at == utc("2027-03-24 17:00")


@pytest.mark.parametrize(
    ("text", "there"),
    [
        ("18:00", "2026-11-23 18:00"),
        ("10:18", "2026-11-23 10:18"),
        ("10:17", "2026-11-24 10:17"),  # begun already
        ("18.00", "2026-11-23 18:00"),
        ("at 10.12", "2026-11-24 10:12"),
        ("10.12 pm", "2026-11-23 22:12"),
        ("12 am", "2026-11-24 00:00"),
        ("12 pm", "2026-11-23 12:00"),
        ("tomorrow 9:00", "2026-11-24 09:00"),
        ("9:00 tomorrow", "2026-11-24 09:00"),
        ("18.00 tomorrow", "2026-11-24 18:00"),
        ("18h tomorrow", "2026-11-24 18:00"),
        ("today 23:00", "2026-11-23 23:00"),
        ("friday 18:00", "2026-11-27 18:00"),
        ("6 pm on Fri", "2026-11-27 18:00"),
        ("monday 10:18", "2026-11-23 10:18"),
        ("monday 10:17", "2026-11-30 10:17"),
        ("in 2 hours", "2026-11-23 12:18"),
        ("in an hour", "2026-11-23 11:18"),
        ("in 1 hour and 30 minutes", "2026-11-23 11:48"),
        ("in 5 h 12 min", "2026-11-23 15:30"),
        ("in 3 days", "2026-11-26 10:18"),
        ("in 2 weeks", "2026-12-07 10:18"),
        ("3/4 10:00", "2027-04-03 10:00"),
        ("2027-04-03 10:00", "2027-04-03 10:00"),
        ("10.12 11.10", "2026-12-10 11:10"),
        ("1 January 0:00", "2027-01-01 00:00"),
        ("23 November 23:59", "2026-11-23 23:59"),
        ("23/11/2027 10:00", "2027-11-23 10:00"),
    ],
)
def test_what_is_left_out_is_taken_from_now(text: str, there: str) -> None:
    assert f"{read(text).at.astimezone(BERLIN):%Y-%m-%d %H:%M}" == there


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "🎉", "a", "am", "may", "10", "1e9", "next teusday", "next friday 18:00",
        "hello 18:00", "24 March 25:00", "24 March 24:00", "24 March 18:60", "24 March 18",
        "24 March 13 pm", "24 March 0 am", "24 March 18:00 2027", "24 March 18:00:30",
        "24 March 18:00 🎉", "24 fry 18:00", "0000-00-00", "0000-00-00 00:00", "1999-01-01 10:00",
        "99999-01-01 10:00", "99999999999999", "20270324T1800", "1 2 3 4", "18:00 18:00", "-1:00",
        "10-12 18:00", "2h30", "2h", "12h", "noon", "midnight", "in 1e9 hours", "in 5 months",
        "in 12345 days", "in -2 hours", "in", "in 2 hours at 18:00", "24. Jänner 18:00", "½",
        "I think 24 March 18:00 or so", "18:00 ../../etc/localtime", "\x00", "1/2/3 18:00",
        "24 March 18:00" + " " * 90 + "!", "x" * 5000, "18:00 " * 800,
    ],
)  # fmt: skip
def test_what_follows_no_form_is_refused_and_never_guessed(text: str) -> None:
    assert refusal(text).reason == MomentRefused.UNREADABLE


def test_the_words_come_back_tidy_and_short() -> None:
    assert refusal(" next\u202e \n teusday\x00").words == "next teusday"
    assert refusal("x" * 5000).words == "x" * 60 + "…"
    assert "teusday" not in str(refusal("next teusday"))  # nothing of it may reach a log


@pytest.mark.parametrize(
    "text",
    [
        "24 March",
        "24.12",
        "18.03",
        "may 10",
        "2027-03-24",
        "friday",
        "today",
        "friday evening",
        "6.12 friday",
    ],
)
def test_a_day_without_a_time_is_asked_about(text: str) -> None:
    refused = refusal(text)

    assert (refused.reason, refused.words) == (MomentRefused.TIME_MISSING, text)


@pytest.mark.parametrize(
    "text",
    [
        "31 February 10:00",
        "31/4 10:00",
        "12/25 18:00",
        "24/0 18:00",
        "0/3 18:00",
        "2027-02-29 10:00",
        "29 February 10:00",  # neither this year nor next
        "31 February",
        "friday 24 March 2027 18:00",  # a Wednesday
    ],
)
def test_a_date_that_no_calendar_has(text: str) -> None:
    assert refusal(text).reason == MomentRefused.NO_SUCH_DATE


@pytest.mark.parametrize(
    ("now", "at"),
    [("2027-12-01 00:00", "2028-02-29 09:00"), ("2028-02-28 23:00", "2028-02-29 09:00")],
)
def test_29_february_comes_in_leap_years(now: str, at: str) -> None:
    assert read("29 February 10:00", now=utc(now)).at == utc(at)


@pytest.mark.parametrize(
    ("text", "understood"),
    [
        ("23 November 10:17", "2026-11-23 09:17"),
        ("today 10:00", "2026-11-23 09:00"),
        ("1 November 18:00", "2026-11-01 17:00"),  # three weeks ago is a slip, not next year
        ("24.03.2026 18:00", "2026-03-24 17:00"),
        ("2000-01-01 00:00", "1999-12-31 23:00"),
    ],
)
def test_the_past_is_refused_as_understood(text: str, understood: str) -> None:
    refused = refusal(text)

    assert (refused.reason, refused.instants) == (MomentRefused.PAST, (utc(understood),))


def test_the_present_minute_is_past_as_soon_as_it_begins() -> None:
    assert refusal("today 10:17", now=utc("2026-11-23 09:17")).reason == MomentRefused.PAST
    assert read("10:17", now=utc("2026-11-23 09:17")).at == utc("2026-11-24 09:17")


def test_a_day_long_gone_is_one_of_the_next_year() -> None:
    assert read("20 October 18:00").at == utc("2027-10-20 16:00")


def test_a_day_just_gone_is_noticed_across_the_new_year() -> None:
    refused = refusal("28 December 18:00", now=utc("2027-01-02 09:00"))

    assert (refused.reason, refused.instants) == (MomentRefused.PAST, (utc("2026-12-28 17:00"),))


@pytest.mark.parametrize(
    ("text", "understood"),
    [
        ("25/11/2027 10:18", "2027-11-25 09:18"),
        ("24.03.2099 18:00", "2099-03-24 17:00"),
        ("in 400 days", "2027-12-28 09:18"),
        ("29 March 2099 02:30", "2099-03-29 00:30"),  # however the clocks may jump then
    ],
)
def test_more_than_a_year_ahead_is_refused(text: str, understood: str) -> None:
    refused = refusal(text)

    assert (refused.reason, refused.instants[:1]) == (MomentRefused.TOO_FAR, (utc(understood),))
