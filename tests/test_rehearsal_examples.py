"""The examples of the playground: whole in every language, plainly marked, and nowhere else."""

from datetime import date
from pathlib import Path

import pytest

from bot.content import check, load
from bot.rehearsal._examples import EXAMPLES, with_examples
from bot.settings import Settings

LANGUAGES = ("en", "fr", "es", "ar")
MARKS = {"en": "Example:", "fr": "Exemple :", "es": "Ejemplo:", "ar": "مثال:"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    settings = Settings(_env_file=None, languages=LANGUAGES)
    made = tmp_path_factory.mktemp("rehearsal") / "content"
    return with_examples(settings, made, date(2027, 3, 1))


def test_they_stand_beside_the_texts_of_the_house_without_a_fault(folder: Path) -> None:
    assert not check(folder, LANGUAGES)
    house = load(Path("content"), LANGUAGES)
    both = load(folder, LANGUAGES)
    for code, mark in MARKS.items():
        texts, own = both.language(code), house.language(code)
        assert texts.passages.keys() == own.passages.keys()
        (case,) = (texts.cases[slug] for slug in texts.cases.keys() - own.cases.keys())
        new = texts.petitions.keys() - own.petitions.keys()
        (petition,) = (texts.petitions[slug] for slug in new)
        (letter,) = texts.letters.values()
        assert not own.letters
        assert petition.case == letter.case == case.slug
        assert letter.petition == petition.slug
        assert letter.deadline == date(2027, 3, 22)
        assert case.outcome == "open"
        assert case.title.startswith(mark)
        assert petition.title.startswith(mark)
        assert letter.title.startswith(mark)
        for words in (case.body, petition.body, letter.about):
            assert words.startswith(("This is an example", "Ceci est", "Esto es", "هذا مثال"))


def test_no_live_bot_has_them() -> None:
    own = {file.name for file in EXAMPLES.rglob("*.md")}
    assert own
    assert not own & {file.name for file in Path("content").rglob("*.md")}
