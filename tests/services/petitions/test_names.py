"""Which names can stand under a petition."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import NameRefused
from bot.services.petitions import MAX_NAME, clean_name, profile_name


@pytest.mark.parametrize(
    "name",
    [
        "Amara Okafor",
        "ليلى حداد",
        "Ngũgĩ wa Thiong'o",
        "陳大文",
        "X Æ A-12",
        "Jean-Luc d'Été",
        "St. John Smith-Jones, Jr.",
        "Md. Rahman",
        "می\u200cخواهم",  # Persian needs the joiner
        "J. R. R. Tolkien",
        "J.R.R. Tolkien",
        "J.R.R.Tolkien",
        "A.B.",
        "Martin Luther King, Jr.",
        "Dr. Müller",
        "Ma. Theresa Cruz",
        "Ngozi Okafor, Ph.D.",
        "Karl K:son Berg",
        "O'Brien",
        "Bob…Smith",
        "د.أحمد حداد",
        "أ.د. محمد علي",
        "م. ع. خالد",
        "玛丽·居里",
        "マリー・キュリー",
        "陳.大文",
        "डॉ.शर्मा",
        "А.С.Пушкин",
        "Tom <b>&</b> _O*Neil_ [x](y)",
        "A" * MAX_NAME,
    ],
)
def test_a_name_of_any_script_stands_as_it_was_written(name: str) -> None:
    assert clean_name(name) == unicodedata.normalize("NFC", name)


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("", NameRefused.EMPTY),
        ("   \n\t ", NameRefused.EMPTY),
        ("\u00a0\u2003", NameRefused.EMPTY),
        ("12345", NameRefused.EMPTY),
        ("😀👍", NameRefused.EMPTY),
        ("...", NameRefused.EMPTY),
        ("\u200e\u200f", NameRefused.EMPTY),
        ("A" * (MAX_NAME + 1), NameRefused.TOO_LONG),
        ("A" * 500, NameRefused.TOO_LONG),
        ("Amara https://example.org", NameRefused.LINK),
        ("www.example.org", NameRefused.LINK),
        ("Buy at example.com", NameRefused.LINK),
        ("t.me/amara", NameRefused.LINK),
        ("@amara", NameRefused.LINK),
        ("＠amara", NameRefused.LINK),
        ("spam.ru/promo Bob", NameRefused.LINK),
        ("visit evil.de", NameRefused.LINK),
        ("casino-win.top", NameRefused.LINK),
        ("spam.co.uk", NameRefused.LINK),
        ("ftp.example.fr", NameRefused.LINK),
        ("pay.cm", NameRefused.LINK),
        ("Pay.CM", NameRefused.LINK),
        ("bob.photography", NameRefused.LINK),
        ("t.co Amara", NameRefused.LINK),
        ("x.ru/promo", NameRefused.LINK),
        ("4.de Amara", NameRefused.LINK),
        ("Amara 192.0.2.7", NameRefused.LINK),
        ("mailto:a", NameRefused.LINK),
        ("tel:+4912345 Amara", NameRefused.LINK),
        ("bob example。com", NameRefused.LINK),
        ("bob example．com", NameRefused.LINK),
        ("bob example｡com", NameRefused.LINK),
        ("bob example․com", NameRefused.LINK),
        ("ｅｘａｍｐｌｅ.ｄｅ", NameRefused.LINK),
        ("example\u200c.de", NameRefused.LINK),
        ("exаmple.рф", NameRefused.LINK),
        ("مثال.شبكة", NameRefused.LINK),
        ("例子.中国", NameRefused.LINK),
        ("भारत.कॉम", NameRefused.LINK),
        ("example.xn--p1ai", NameRefused.LINK),
        ("amara@example.org", NameRefused.LINK),
        ("Amara\u202eOkafor", NameRefused.CONTROL),
        ("Am\u2067ara", NameRefused.CONTROL),
        ("Am\u200bara", NameRefused.CONTROL),
        ("Am\x07ara", NameRefused.CONTROL),
        ("\u3164", NameRefused.CONTROL),
        ("A\ue000", NameRefused.CONTROL),
    ],
)
def test_what_is_no_name_is_refused_with_its_reason(name: str, reason: str) -> None:
    with pytest.raises(NameRefused) as refused:
        clean_name(name)
    assert refused.value.reason == reason
    assert profile_name(name) is None


def test_marks_of_keyboards_and_of_our_own_messages_are_dropped() -> None:
    assert clean_name("\u200fليلى\u200e  حداد\u200f ") == "ليلى حداد"
    assert clean_name("\u2068Amara\u2069") == "Amara"
    assert clean_name("Amara\nOkafor") == "Amara Okafor"


def test_accents_written_in_two_ways_are_one_name() -> None:
    assert clean_name("E\u0301lise") == clean_name("Élise") == "Élise"


@given(st.text(max_size=150))
def test_whatever_is_typed_is_refused_or_stands_and_is_stable(typed: str) -> None:
    name = profile_name(typed)
    if name is not None:
        assert 1 <= len(name) <= MAX_NAME
        assert "\n" not in name
        assert not any(unicodedata.bidirectional(one) in {"RLO", "LRO", "RLE"} for one in name)
        assert clean_name(name) == name
