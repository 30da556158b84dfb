"""Times as they are written in French, Spanish and Arabic."""

from typing import Literal

import pytest
from babel.dates import get_day_names, get_month_names

from bot.errors import MomentRefused
from tests.moments.clock import BERLIN, read, refusal, utc


@pytest.mark.parametrize(
    "text",
    [
        "24 mars 18:00",
        "24 mars à 18 h",
        "24 mars 2027 à 18h00",
        "le 24 mars à 18 h 00",
        "mercredi 24 mars 2027, 18:00",
        "le mer. 24 mars 18:00",
        "18h le 24 mars",
        "24 mars 18 h Europe/Berlin",
        "24 MARS 17:00 UTC",
        "24 de marzo 18:00",
        "24 de marzo de 2027 18:00",
        "el 24 de marzo a las 18:00",
        "miércoles 24 de marzo del 2027, 18:00",
        "mié. 24 mar. 18:00",
        "miercoles 24 de marzo, 6:00 p. m.",
        "6 p.m. el 24 de marzo",
        "24 marzo 2027 18 h",
        "24 مارس 18:00",
        "٢٤ مارس ٢٠٢٧ الساعة ١٨:٠٠",
        "24 مارس 2027، 18:00",
        "الأربعاء 24 آذار 18:00",
        "يوم الاربعاء 24 مارس الساعة 6:00 مساءً",
        "24 من مارس 6 م",
        "18:00 يوم 24 مارس",
        "\u200f24/3 الساعة 18:00",
    ],
)
def test_one_moment_in_three_more_languages(text: str) -> None:
    assert read(text).at == utc("2027-03-24 17:00")


@pytest.mark.parametrize(
    ("text", "there"),
    [
        ("demain 9:00", "2026-11-24 09:00"),
        ("demain à 9 h 30", "2026-11-24 09:30"),
        ("après-demain 9:00", "2026-11-25 09:00"),
        ("aujourd'hui 23:00", "2026-11-23 23:00"),
        ("aujourd’hui à 23h", "2026-11-23 23:00"),
        ("à 18 h", "2026-11-23 18:00"),
        ("vendredi 18:00", "2026-11-27 18:00"),
        ("mar 18:00", "2026-11-24 18:00"),  # mardi, martes
        ("1er janvier 0:00", "2027-01-01 00:00"),
        ("15 août 10:00", "2027-08-15 10:00"),
        ("3 févr. 10:00", "2027-02-03 10:00"),
        ("3 juil. 10:00", "2027-07-03 10:00"),
        ("dans 2 heures", "2026-11-23 12:18"),
        ("dans une heure et 30 minutes", "2026-11-23 11:48"),
        ("dans 3 jours", "2026-11-26 10:18"),
        ("mañana 9:00", "2026-11-24 09:00"),
        ("mañana a las 9:00 a. m.", "2026-11-24 09:00"),
        ("pasado mañana 9:00", "2026-11-25 09:00"),
        ("hoy a las 23:00", "2026-11-23 23:00"),
        ("viernes 18:00", "2026-11-27 18:00"),
        ("sábado 18:00", "2026-11-28 18:00"),
        ("1º de enero 0:00", "2027-01-01 00:00"),
        ("en 2 horas", "2026-11-23 12:18"),
        ("dentro de 1 hora y 30 minutos", "2026-11-23 11:48"),
        ("dentro de una semana", "2026-11-30 10:18"),
        ("غداً 9:00", "2026-11-24 09:00"),
        ("غدا الساعة 9:00 صباحا", "2026-11-24 09:00"),
        ("بعد غد 9 ص", "2026-11-25 09:00"),
        ("اليوم 11 م", "2026-11-23 23:00"),
        ("يوم الجمعة 18:00", "2026-11-27 18:00"),
        ("١ كانون الثاني ٠:٠٠", "2027-01-01 00:00"),
        ("15 غشت 10:00", "2027-08-15 10:00"),
        ("3 جويلية 10:00", "2027-07-03 10:00"),
        ("بعد ساعتين", "2026-11-23 12:18"),
        ("بعد ساعة و٣٠ دقيقة", "2026-11-23 11:48"),
        ("بعد 3 أيام", "2026-11-26 10:18"),
        ("بعد أسبوع", "2026-11-30 10:18"),
    ],
)
def test_what_is_left_out_is_taken_from_now(text: str, there: str) -> None:
    assert f"{read(text).at.astimezone(BERLIN):%Y-%m-%d %H:%M}" == there


@pytest.mark.parametrize("language", ["en", "fr", "es", "ar"])
@pytest.mark.parametrize("width", ["wide", "abbreviated"])
def test_every_month_and_weekday_of_the_calendar_is_known(
    language: str, width: Literal["wide", "abbreviated"]
) -> None:
    """As Babel writes them, and so as Vigil shows them."""
    new_year = utc("2027-01-01 00:00")
    for month, name in get_month_names(width, locale=language).items():
        assert read(f"1 {name} 12:00", now=new_year).at.month == month, name
    for day, name in get_day_names(width, locale=language).items():
        assert read(f"{name} 12:00").at.weekday() == day, name


@pytest.mark.parametrize(
    "text",
    [
        "3 jui 10:00",  # juin or juillet
        "3 كانون 10:00",  # January or December
        "الا 18:00",
        "vendredi prochain 18:00",
        "el próximo viernes 18:00",
        "dans 2 mois",
        "en horas",
        "بعد 2 شهر",
        "midi",
        "24 marte 18:00",
        "en 2 horas a las 18:00",
    ],
)
def test_what_could_be_two_things_or_none_is_refused(text: str) -> None:
    assert refusal(text).reason == MomentRefused.UNREADABLE


@pytest.mark.parametrize("text", ["24 mars", "vendredi soir", "24 de marzo", "mañana", "غدا"])
def test_a_day_without_a_time_is_asked_about(text: str) -> None:
    refused = refusal(text)

    assert (refused.reason, refused.words) == (MomentRefused.TIME_MISSING, text)


def test_a_zone_that_is_not_known_is_named_as_it_was_typed() -> None:
    refused = refusal("demain à 9 h Paris/Élysée")

    assert (refused.reason, refused.words) == (MomentRefused.ZONE_UNKNOWN, "Paris/Élysée")
