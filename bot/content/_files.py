"""Reads one file from the content folder and remembers on which line each field stands."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import frontmatter
import yaml

from bot.content.problems import ContentProblem

_HEADER = re.compile(r"\A---[ \t]*\r?\n(.*?)^---[ \t]*$", re.DOTALL | re.MULTILINE)
_COLON_HINT = "A text that holds a colon, or begins with a quotation mark, must stand in quotes."

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # ten times faster where it exists

Place = tuple[str | int, ...]


@dataclass(frozen=True)
class Document:
    """A Markdown file: the fields of its header, its body, and the lines they stand on."""

    path: Path
    fields: dict[str, object]
    body: str
    lines: dict[Place, int] = field(default_factory=dict)
    header_end: int = 1

    def line_of(self, place: Place) -> int:
        """The line of the field; of its parent when unknown; else where a field can be added."""
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place, self.header_end)


def read_text(path: Path, problems: list[ContentProblem]) -> str | None:
    try:
        raw = path.read_bytes()
    except OSError as error:
        problems.append(ContentProblem(path, 0, _unreadable(error)))
        return None
    try:
        return raw.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        problems.append(ContentProblem(path, line, _NOT_UTF8))
        return None


_NOT_UTF8 = (
    "the file is not in UTF-8. Save it again and choose UTF-8 as its encoding, "
    "so that every script can be shown."
)


def _unreadable(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "this is missing. Create it, or look whether its name is misspelt."
    if isinstance(error, IsADirectoryError):
        return "this should be a file and is a folder."
    return f"this cannot be read ({error.strerror}). The program needs permission to read it."


def list_folder(folder: Path, problems: list[ContentProblem]) -> list[Path]:
    """The entries by name, without hidden files, editors' backups and README files."""
    try:
        found = sorted(folder.iterdir())
    except NotADirectoryError:
        problems.append(ContentProblem(folder, 0, "this should be a folder and is a file."))
        return []
    except OSError as error:
        problems.append(ContentProblem(folder, 0, _unreadable(error)))
        return []
    return [path for path in found if not _is_furniture(path.name)]


def _is_furniture(name: str) -> bool:
    return name.startswith((".", "README")) or name.endswith("~")


def read_document(path: Path, problems: list[ContentProblem]) -> Document | None:
    text = read_text(path, problems)
    if text is None:
        return None
    header = _HEADER.match(text)
    if header is None:
        problems.append(ContentProblem(path, 1, _NO_HEADER))
        return None
    lines = dict(_field_lines(header[1], path, problems))
    if not lines:
        return None
    try:
        fields, body = frontmatter.parse(text)
    except (yaml.YAMLError, ValueError) as error:  # ValueError: a date such as 2026-02-31
        problems.append(ContentProblem(path, 1, f"the header cannot be read: {error}."))
        return None
    header_end = text.count("\n", 0, header.end()) + 1
    return Document(path, fields, body.strip(), lines, header_end)


_NO_HEADER = (
    "the file has no header. It begins with a line of three hyphens (---), then the fields, "
    "one a line, then again three hyphens, then the text."
)


def _field_lines(
    header: str, path: Path, problems: list[ContentProblem]
) -> Iterator[tuple[Place, int]]:
    """Where each field and list entry stands; nothing when the header is not a list of fields."""
    try:
        node = yaml.compose(header, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        problems.append(yaml_problem(path, error, first_line=2))
        return
    except yaml.YAMLError as error:
        problems.append(ContentProblem(path, 1, f"the header cannot be read: {error}."))
        return
    if not isinstance(node, yaml.MappingNode):
        problems.append(ContentProblem(path, 2, "the header must be fields, one a line: title: …"))
        return
    yield from _mapping_lines(node, path, problems)


def _mapping_lines(
    node: yaml.MappingNode, path: Path, problems: list[ContentProblem]
) -> Iterator[tuple[Place, int]]:
    seen: set[str] = set()
    for key, value in node.value:
        name, line = str(key.value), key.start_mark.line + 2
        if name in seen:
            problems.append(ContentProblem(path, line, f"{name} is written twice. Keep one."))
        seen.add(name)
        yield (name,), line
        if isinstance(value, yaml.SequenceNode):
            for number, item in enumerate(value.value):
                yield (name, number), item.start_mark.line + 2


def yaml_problem(path: Path, error: yaml.MarkedYAMLError, first_line: int) -> ContentProblem:
    line = error.problem_mark.line + first_line if error.problem_mark else first_line
    return ContentProblem(path, line, f"I cannot read this line ({error.problem}). {_COLON_HINT}")
