"""What keeps a translation from being said: it is missing, in doubt, or lost a part on its way."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import PoFileError, read_po

from bot.i18n._catalogues import DOMAIN, LOCALES, catalogue_file

_FILLED_IN = re.compile(r"\{(\w*)\}")
_TAG = re.compile(r"</?[a-z][^>]*>")
_COMMAND = re.compile(r"(?<![\w/<])/[a-z]+\b")
_EDGE = re.compile(r"^(\s*).*?(\s*)$", re.DOTALL)
_SHOWN = 60


@dataclass(frozen=True, order=True)
class CatalogueFault:
    """`line` is that of the sentence in its file; 0 when it is not in there."""

    path: Path
    line: int
    message: str

    def __str__(self) -> str:
        where = f"{self.path}, line {self.line}" if self.line else f"{self.path}"
        return f"{where}: {self.message}"


def catalogue_faults(released: Sequence[str], folder: Path = LOCALES) -> list[CatalogueFault]:
    """All faults of the released languages' catalogues, compared with the English sentences."""
    sentences = _catalogue(folder / f"{DOMAIN}.pot")
    return [fault for code in released if code != "en" for fault in _of(code, sentences, folder)]


def _of(code: str, sentences: Catalog, folder: Path) -> Iterator[CatalogueFault]:
    path = catalogue_file(code, folder)
    try:
        translated = _catalogue(path, code)
    except FileNotFoundError:
        yield CatalogueFault(path, 0, "there is no such file, and the language is released.")
        return
    except PoFileError as error:
        yield CatalogueFault(path, error.lineno, f"this cannot be read: {error}.")
        return
    for sentence in sentences:
        if sentence.id:
            found = translated.get(sentence.id)
            line = found.lineno or 0 if found else 0
            for fault in _faults(sentence, found, translated.num_plurals):
                yield CatalogueFault(path, line, f"“{_shown(sentence)}” {fault}")


def _catalogue(path: Path, code: str | None = None) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=code, abort_invalid=True)


def _faults(sentence: Message, found: Message | None, plurals: int) -> Iterator[str]:
    if found is None or not any(_forms(found)):
        yield "is not translated."
        return
    if found.fuzzy:
        yield "is marked fuzzy: nobody has made sure of it."
    if not sentence.pluralizable:
        yield from _losses(str(sentence.id), str(found.string), optional=frozenset())
    elif len(_forms(found)) != plurals or not all(_forms(found)):
        yield f"needs all {plurals} plural forms."
    else:  # “one day” names no number
        for form in _forms(found):
            yield from _losses(sentence.id[1], form, optional=frozenset("n"))


def _losses(english: str, there: str, optional: frozenset[str]) -> Iterator[str]:
    wanted, given = set(_FILLED_IN.findall(english)), set(_FILLED_IN.findall(there))
    if different := sorted((wanted ^ given) - (optional & wanted)):
        yield f"and its translation differ in what is filled in: {{{'}, {'.join(different)}}}."
    if Counter(_TAG.findall(english)) != Counter(_TAG.findall(there)):
        yield "and its translation differ in their markup."
    if set(_COMMAND.findall(english)) != set(_COMMAND.findall(there)):
        yield "and its translation name different commands."
    if _edges(english) != _edges(there):
        yield "and its translation begin or end with different spaces or lines."


def _forms(message: Message) -> Sequence[str]:
    return message.string if isinstance(message.string, list | tuple) else [message.string or ""]


def _edges(text: str) -> Sequence[str | None]:
    found = _EDGE.match(text)
    assert found is not None  # it matches everything
    return found.groups()


def _shown(sentence: Message) -> str:
    text = sentence.id if isinstance(sentence.id, str) else sentence.id[0]
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else f"{line[: _SHOWN - 1]}…"
