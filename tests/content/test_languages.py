"""The texts of every language are whole, also of those that are not released yet."""

from pathlib import Path

import pytest

from bot.content import load

LANGUAGES = ("fr", "es", "ar")
FOLDERS = ("passages", "meta", "smalltalk", "not_covered", "petitions", "cases")


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_language_has_every_text_that_english_has(code: str) -> None:
    content = load(Path("content"), ("en", code))
    english, other = content.language("en"), content.language(code)

    for folder in FOLDERS:
        assert set(getattr(other, folder)) == set(getattr(english, folder))
    assert {subject.slug for subject in other.subjects} == {s.slug for s in english.subjects}


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_translated_text_says_who_translated_it(code: str) -> None:
    for text in load(Path("content"), (code,)).language(code).texts:
        assert text.translated_by == "machine"
