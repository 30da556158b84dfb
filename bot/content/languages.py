"""Whether each released language says all that the others say."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from bot.content.library import Content, Language
from bot.content.problems import ContentProblem
from bot.content.texts import Text


def missing_texts(folder: Path, content: Content) -> Iterator[ContentProblem]:
    """The files that some language has and another one lacks."""
    shelves = {code: _files(language) for code, language in content.languages.items()}
    subjects = {
        code: [subject.slug for subject in language.subjects]
        for code, language in content.languages.items()
    }
    for code, there in shelves.items():
        for other, files in shelves.items():
            for file in sorted(files.keys() - there.keys()):
                yield _missing(folder / code / file, files[file].path)
            for slug in sorted(set(subjects[other]) - set(subjects[code])):
                message = f"the subject {slug} is missing; {folder / other} has it."
                yield ContentProblem(folder / code / "subjects.yaml", 0, message)


def _files(language: Language) -> Mapping[Path, Text]:
    """Texts by their place in the folder of the language."""
    return {text.path.relative_to(_home(text.path, language.code)): text for text in language.texts}


def _home(path: Path, code: str) -> Path:
    return next(parent for parent in path.parents if parent.name == code)


def _missing(path: Path, original: Path) -> ContentProblem:
    message = f"this is missing. Translate {original}, or take its language out of VIGIL_LANGUAGES."
    return ContentProblem(path, 0, message)
