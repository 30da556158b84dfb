"""The texts of every released language are whole."""

from pathlib import Path

import pytest

from bot.content import Content, load
from bot.content.check import check
from bot.settings import Settings
from tests.content.folder import FILES, write

LANGUAGES = Settings(_env_file=None).languages


@pytest.fixture(scope="module")
def printed() -> Content:
    return load(Path("content"), LANGUAGES)


def test_a_translated_text_says_who_translated_it(printed: Content) -> None:
    translations = [printed.language(code) for code in LANGUAGES if code != "en"]

    assert len(translations) == 3
    assert {text.translated_by for one in translations for text in one.texts} <= {
        "machine",
        "person",
    }


@pytest.mark.parametrize(
    "file", [name for name in FILES if name.startswith("en/") and name.endswith(".md")]
)
def test_a_text_that_one_language_lacks_is_a_fault(file: str, tmp_path: Path) -> None:
    folder = write(tmp_path, **{name.replace("en/", "fr/"): text for name, text in FILES.items()})
    assert check(folder, ("en", "fr")) == []

    (folder / file.replace("en/", "fr/")).unlink()

    told = [str(problem) for problem in check(folder, ("en", "fr"))]
    assert any(one.startswith(f"{folder / file.replace('en/', 'fr/')}") for one in told), told
    assert check(folder, ("en",)) == []


def test_a_subject_that_one_language_lacks_is_a_fault(tmp_path: Path) -> None:
    folder = write(tmp_path, **{name.replace("en/", "fr/"): text for name, text in FILES.items()})
    with (folder / "en" / "subjects.yaml").open("a") as subjects:
        subjects.write("more: More\n")

    told = [str(problem) for problem in check(folder, ("en", "fr"))]

    missing = f"the subject more is missing; {folder / 'en'} has it."
    assert f"{folder / 'fr' / 'subjects.yaml'}: {missing}" in told
