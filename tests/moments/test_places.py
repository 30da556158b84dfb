"""A city or a country in any of our languages is a clock; two times are a span of the day."""

import pytest

from bot import moments
from bot.models import QuietHours
from tests.conftest import NOON


@pytest.mark.parametrize(
    ("written", "zones"),
    [
        ("Lima", ["America/Lima"]),
        ("  lima ", ["America/Lima"]),
        ("Pérou", ["America/Lima"]),
        ("peru", ["America/Lima"]),
        ("القاهرة", ["Africa/Cairo"]),
        ("مصر", ["Africa/Cairo"]),
        ("Viena", ["Europe/Vienna"]),
        ("Calcutta", ["Asia/Calcutta"]),
        ("Nepal", ["Asia/Kathmandu"]),
        ("new zealand", ["Pacific/Auckland", "Pacific/Chatham"]),
        ("europe/berlin", ["Europe/Berlin"]),
        ("America/Argentina/Buenos_Aires", ["America/Argentina/Buenos_Aires"]),
        ("UTC", ["UTC"]),
        ("Lyon", []),
        ("USA", []),
        ("xyzzy", []),
        ("", []),
        ("🕰" * 5_000, []),
    ],
)
def test_a_place_is_found_by_its_name(written: str, zones: list[str]) -> None:
    assert moments.find_zones(written, NOON) == zones
    assert moments.is_name(written) == bool(zones)


def test_a_slip_finds_what_is_alike_and_says_that_it_is_no_more_than_that() -> None:
    assert "Europe/Berlin" in moments.find_zones("Berln", NOON)
    assert not moments.is_name("Berln")


def test_a_large_country_has_one_zone_for_each_way_its_clocks_go() -> None:
    found = moments.find_zones("Estados Unidos", NOON)
    assert {"America/New_York", "America/Phoenix", "Pacific/Honolulu"} <= set(found)
    assert len(found) <= 8


def test_each_zone_on_a_button_is_one_and_has_a_name_in_each_language() -> None:
    for zones in moments.REGIONS.values():
        assert all(map(moments.is_zone, zones))
        for language in ("en", "fr", "es", "ar"):
            assert all("_" not in moments.city(zone, language) for zone in zones)
    assert moments.city("Asia/Kolkata", "en") == "Kolkata"
    assert not moments.is_zone("Etc/GMT+2")
    assert not moments.is_zone("localtime")


@pytest.mark.parametrize(
    ("written", "hours"),
    [
        ("22-7", (1320, 420)),
        ("22:30 – 6:45", (1350, 405)),
        ("from 10:30pm to 6 am", (1350, 360)),
        ("between 9 p.m. and 8 a.m.", (1260, 480)),
        ("de 22h à 7h", (1320, 420)),
        ("de 22h30 a 7", (1350, 420)),
        ("من ٢٢ إلى ٧", (1320, 420)),
        ("24-6", (0, 360)),
        ("12 am - 6 am", (0, 360)),
        ("13-14", (780, 840)),
        ("25-3", None),
        ("13 pm - 3", None),
        ("7-7", None),
        ("2207", None),
        ("at 22 sharp", None),
        ("10 a las 7", (600, 420)),
        ("de las 22 a las 7", (1320, 420)),
        ("من الساعة 10 مساء حتى 7 صباحا", (1320, 420)),
        ("they beat me 22-7", None),
        ("22-7 they beat me", None),
        ("22 they beat me 7", None),
        ("1-2-3", None),
        ("", None),
        ("22-7" * 500, None),
    ],
)
def test_two_times_are_a_span_of_the_day(written: str, hours: tuple[int, int] | None) -> None:
    assert moments.read_hours(written) == (hours and QuietHours(*hours))
