"""Reads each part of a language's folder; faults are collected, so that all are told at once."""

import difflib
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

import yaml
from pydantic import ValidationError

from bot.content import _wording
from bot.content._files import (
    Document,
    list_folder,
    read_document,
    read_text,
    yaml_problem,
)
from bot.content.disclosures import Disclosure, read_disclosures
from bot.content.distress import DistressRules, read_distress
from bot.content.folding import fold
from bot.content.passages import Passage
from bot.content.problems import ContentProblem
from bot.content.questions import Asked, read_questions
from bot.content.texts import Text, without_given

Kind = TypeVar("Kind", bound=Text)

_FOLDERS = (
    "explainer", "smalltalk", "meta", "not_covered", "petitions", "cases", "letters",
    "disclosures", "questions",
)  # fmt: skip
_FILES = (
    "subjects.yaml",
    "support.md",
    "privacy.md",
    "welcome.md",
    "distress.txt",
    "follow_ups.txt",
)
_SUBJECT_TITLE_LENGTH = 40


def card(model: type[Kind], path: Path, problems: list[ContentProblem]) -> Kind | None:
    document = read_document(path, problems)
    return None if document is None else _build(model, document, {}, problems)


def folder(
    model: type[Kind], path: Path, problems: list[ContentProblem], **given: str
) -> Mapping[str, Kind]:
    """The texts of a folder by id; a language may go without the folder."""
    texts = {}
    for file in list_folder(path, problems) if path.exists() else ():
        if file.suffix != ".md":
            problems.append(ContentProblem(file, 0, "only texts belong here: rename it to ….md"))
            continue
        document = read_document(file, problems)
        text = _build(model, document, given, problems) if document else None
        if text:
            texts[text.id] = text
    return MappingProxyType(texts)


def explainer(
    language: Path, problems: list[ContentProblem]
) -> tuple[Mapping[str, Passage], dict[str, str]]:
    titles = subjects(language / "subjects.yaml", problems)
    passages: dict[str, Passage] = {}
    for path in list_folder(language / "explainer", problems):
        if path.is_dir() and path.name in titles:
            for passage in folder(Passage, path, problems, subject=path.name).values():
                _add(passage, passages, problems)
        else:
            problems.append(_stray(path, titles))
    return MappingProxyType(passages), titles


def _add(passage: Passage, passages: dict[str, Passage], problems: list[ContentProblem]) -> None:
    if passage.id in passages:
        message = f"{passages[passage.id].path} has the same name. Rename one of them."
        problems.append(ContentProblem(passage.path, 0, message))
        return
    passages[passage.id] = passage


def _stray(path: Path, titles: Iterable[str]) -> ContentProblem:
    if path.is_dir():
        message = "this folder is no subject in subjects.yaml." + _did_you_mean(path.name, titles)
    else:
        message = "a passage must stand in the folder of its subject."
    return ContentProblem(path, 0, message)


def subjects(path: Path, problems: list[ContentProblem]) -> dict[str, str]:
    """The subjects in the order in which they are offered."""
    text = read_text(path, problems)
    if text is None:
        return {}
    try:
        found = yaml.safe_load(text)
    except yaml.MarkedYAMLError as error:
        problems.append(yaml_problem(path, error, first_line=1))
        return {}
    if not isinstance(found, dict):
        problems.append(
            ContentProblem(path, 1, "write one subject a line: law: Torture and the law")
        )
        return {}
    titles = {str(slug): str(title) for slug, title in found.items()}
    for line, (slug, title) in enumerate(titles.items(), start=1):
        if len(title) > _SUBJECT_TITLE_LENGTH:
            message = (
                f"the title of {slug} is {len(title)} characters long; {_SUBJECT_TITLE_LENGTH} "
                "are allowed, because it stands on a button."
            )
            problems.append(ContentProblem(path, _line(text, f"{slug}:", line), message))
    return titles


def phrases(path: Path, problems: list[ContentProblem]) -> frozenset[str]:
    """Whole messages, one a line, folded."""
    text = read_text(path, problems)
    lines = (line.partition("#")[0].strip() for line in (text or "").split("\n"))
    return frozenset(fold(line) for line in lines if line)


def distress(content: Path, problems: list[ContentProblem]) -> tuple[DistressRules, ...]:
    files = (path / "distress.txt" for path in list_folder(content, problems) if path.is_dir())
    found = [read_distress(file, file.parent.name, problems) for file in files if file.exists()]
    if not found:
        message = "no language has a distress.txt, so nobody in danger would be recognised."
        problems.append(ContentProblem(content, 0, message))
    return tuple(rules for rules in found if rules)


def disclosures(content: Path, problems: list[ContentProblem]) -> tuple[Disclosure, ...]:
    files = sorted(content.glob("*/disclosures/*.txt"))
    return tuple(one for file in files for one in read_disclosures(file, problems))


def questions(
    language: Path, owners: Iterable[str], problems: list[ContentProblem]
) -> tuple[Asked, ...]:
    files, known = sorted(language.glob("questions/*.txt")), frozenset(owners)
    return tuple(one for file in files for one in read_questions(file, known, problems))


def check_names(language: Path, problems: list[ContentProblem]) -> None:
    """Refuse what no part of the program reads: a misspelt folder would be silently lost."""
    for path in list_folder(language, problems):
        known = _FOLDERS if path.is_dir() else _FILES
        if path.name not in known:
            message = "nothing reads this." + _did_you_mean(path.name, known)
            problems.append(ContentProblem(path, 0, message))


def names(language: Path, pattern: str) -> frozenset[str]:
    """Of all files there are, also of those with a fault: one fault is not told twice."""
    return frozenset(path.stem for path in language.glob(pattern))


def bad_reference(
    path: Path, field: str, name: str, known: Iterable[str], kind: str = "other passage"
) -> ContentProblem:
    message = f"{field} names {name}, which is no {kind}." + _did_you_mean(name, known)
    return ContentProblem(path, line_of(path, name), message)


def line_of(path: Path, words: str) -> int:
    """The line of a file that holds the words, 0 when none does."""
    return _line(read_text(path, []) or "", words, 0)


def _line(text: str, words: str, otherwise: int) -> int:
    lines = enumerate(text.split("\n"), start=1)
    return next((number for number, line in lines if words in line), otherwise)


def _did_you_mean(name: str, known: Iterable[str]) -> str:
    close = difflib.get_close_matches(name, list(known), n=1)
    return f" Did you mean {close[0]}?" if close else ""


def _build(
    model: type[Kind],
    document: Document,
    given: Mapping[str, str],
    problems: list[ContentProblem],
) -> Kind | None:
    allowed = without_given(model)
    for name in document.fields.keys() - allowed.keys():
        line = document.line_of((name,))
        problems.append(ContentProblem(document.path, line, _wording.unknown_field(model, name)))
    fields = {name: value for name, value in document.fields.items() if name in allowed}
    whole = {**fields, **given, "path": document.path, "id": document.path.stem}
    if document.body:
        whole["body"] = document.body
    try:
        return model.model_validate(whole)
    except ValidationError as error:
        for place, sentence in _wording.sentences(model, error):
            line = document.line_of(place)
            problems.append(ContentProblem(document.path, line, sentence))
        return None
