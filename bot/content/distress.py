"""The rules by which a message is met with the support card: `content/<language>/distress.txt`.

A line is `name: pattern`. A name with @ in front is a list of words, used elsewhere as {name};
`name except: pattern` cancels a match of that rule where both overlap, and nothing else.
Patterns are regular expressions over whole words, with two additions: `*` after or before letters
stands for any letters, and ` ... ` for up to four words (` ...8 ` for up to eight) of a sentence.
A line that begins with a space goes on with the line above it.
"""

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.content._files import read_text
from bot.content.folding import fold
from bot.content.problems import ContentProblem

_LINE = re.compile(r"(?P<name>@?[a-z0-9-]+)(?P<is_exception> except)?:(?P<pattern>.*)", re.DOTALL)
_LIST = re.compile(r"\{([a-z][a-z0-9-]*)\}")  # a digit first is a count: {0,3}
_GAP = re.compile(r" \.\.\.(\d*) ")
_UPPER_CLASS = re.compile(r"\\[A-Z]")
_WILDCARD = re.compile(r"(?<!\\[a-z])(?<=[^\W\d_])\*|(?<![\w)\]}.*+?\\])\*(?=[^\W\d_])")
_WORD = re.compile(r"(?<![\w*\\])[^\W\d_]{4,}(?![\w*?])")
_ANY_WORD = re.compile(r"(?<![\w*\\])[^\W\d_]+(?![\w*?])")
_USUAL_GAP = "4"


@dataclass(frozen=True)
class DistressRule:
    """One line of a rule file. `pattern` is matched against folded, single-spaced text.

    It begins with the space before its first word.
    """

    language: str
    name: str
    path: Path
    line: int
    pattern: re.Pattern[str]
    exceptions: tuple[re.Pattern[str], ...] = ()

    def find(self, text: str) -> str | None:
        """The words that raise this rule, unless each of its matches overlaps an exception."""
        spaced = f" {text}"
        matches = list(self.pattern.finditer(spaced))
        excused = self._excused(spaced) if matches else b""
        clear = (found for found in matches if not any(excused[found.start() : found.end()]))
        return next((found[0].strip() for found in clear), None)

    def _excused(self, text: str) -> bytearray:
        """Of each letter whether an exception holds it: once, however often the rule matches."""
        held = bytearray(len(text))
        for found in (found for rule in self.exceptions for found in rule.finditer(text)):
            held[found.start() : found.end()] = b"\1" * (found.end() - found.start())
        return held


@dataclass(frozen=True)
class DistressRules:
    """A language's rules, the words they are made of, and words never to be mended into those."""

    language: str
    rules: tuple[DistressRule, ...]
    vocabulary: frozenset[str]
    spelt_right: frozenset[str]  # words never mended: listed ones, and all that patterns hold
    short: tuple[str, ...]  # little words worth mending, the likeliest first


@dataclass(frozen=True)
class _Entry:
    line: int
    name: str
    is_exception: bool
    source: str


def read_distress(
    path: Path, language: str, problems: list[ContentProblem]
) -> DistressRules | None:
    text = read_text(path, problems)
    if text is None:
        return None
    entries = list(_entries(path, text, problems))
    lists: dict[str, str] = {}
    for entry in entries:
        if entry.name.startswith("@"):
            lists[entry.name[1:]] = _expand(entry, path, lists, problems)
    plain = [entry for entry in entries if not entry.name.startswith("@")]
    compiled = [(entry, _compile(entry, path, lists, problems)) for entry in plain]
    _check_exceptions(path, plain, problems)
    rules = (_expand(entry, path, lists, []) for entry in plain if not entry.is_exception)
    words = {word for pattern in rules for word in _WORD.findall(pattern)}
    return DistressRules(
        language,
        _rules(path, language, compiled),
        frozenset(words) - frozenset(_plain_list(lists, "only-as-written")),
        frozenset(_plain_list(lists, "not-a-typo")) | _all_words(path, plain, lists),
        tuple(_plain_list(lists, "short")),
    )


def _all_words(path: Path, entries: list[_Entry], lists: dict[str, str]) -> frozenset[str]:
    """Also those of exceptions, which would not be found again once mended into other words."""
    patterns = (_expand(entry, path, lists, []) for entry in entries)
    return frozenset(word for pattern in patterns for word in _ANY_WORD.findall(pattern))


def _plain_list(lists: dict[str, str], name: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", lists.get(name, ""))


def _rules(
    path: Path, language: str, compiled: list[tuple[_Entry, re.Pattern[str] | None]]
) -> tuple[DistressRule, ...]:
    def exceptions(name: str) -> tuple[re.Pattern[str], ...]:
        return tuple(p for entry, p in compiled if p and entry.is_exception and entry.name == name)

    return tuple(
        DistressRule(language, entry.name, path, entry.line, pattern, exceptions(entry.name))
        for entry, pattern in compiled
        if pattern and not entry.is_exception
    )


def _entries(path: Path, text: str, problems: list[ContentProblem]) -> Iterator[_Entry]:
    for number, line in _joined(text):
        found = _LINE.fullmatch(line)
        if found is None or not found["pattern"].strip():
            problems.append(ContentProblem(path, number, _NOT_A_RULE))
            continue
        yield _Entry(number, found["name"], bool(found["is_exception"]), found["pattern"].strip())


_NOT_A_RULE = (
    "this is not a rule. Write a name in small letters, a colon and the pattern, "
    "for example: taken-away: police took {person}"
)


def _joined(text: str) -> Iterator[tuple[int, str]]:
    """Rules with the lines that continue them; comments and empty lines left out."""
    begun, whole = 0, ""
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        if line[0].isspace() and whole:
            whole += " " + line.strip()
            continue
        if whole:
            yield begun, whole
        begun, whole = number, line.rstrip()
    if whole:
        yield begun, whole


def _expand(
    entry: _Entry, path: Path, lists: dict[str, str], problems: list[ContentProblem]
) -> str:
    def words(found: re.Match[str]) -> str:
        if found[1] in lists:
            return lists[found[1]]
        close = difflib.get_close_matches(found[1], lists, n=1)
        hint = f" Did you mean {{{close[0]}}}?" if close else " A list must stand above its use."
        message = f"{entry.name} uses {{{found[1]}}}, and there is no list of that name.{hint}"
        problems.append(ContentProblem(path, entry.line, message))
        return "(?!)"

    pattern = re.sub(r"\s+\|\s+", "|", _folded(entry.source))
    expanded = _LIST.sub(words, pattern)
    return f"(?:{expanded})" if entry.name.startswith("@") else expanded


def _folded(source: str) -> str:
    """Fold the words of a pattern; a class such as not-a-space keeps its capital letter."""
    folded, last = "", 0
    for found in _UPPER_CLASS.finditer(source):
        folded += fold(source[last : found.start()]) + found[0]
        last = found.end()
    return folded + fold(source[last:])


def _compile(
    entry: _Entry, path: Path, lists: dict[str, str], problems: list[ContentProblem]
) -> re.Pattern[str] | None:
    pattern = _WILDCARD.sub(r"\\w*", _expand(entry, path, lists, problems))
    pattern = _GAP.sub(lambda gap: f"(?: [^ .]+){{0,{gap[1] or _USUAL_GAP}}} ", pattern)
    try:
        return re.compile(rf" (?:{pattern})(?![^ ])")  # a space first is found fast
    except re.error as error:
        message = f"the pattern of {entry.name} cannot be read: {error.msg}."
        problems.append(ContentProblem(path, entry.line, message))
        return None


def _check_exceptions(path: Path, entries: list[_Entry], problems: list[ContentProblem]) -> None:
    names = {entry.name for entry in entries if not entry.is_exception}
    for entry in entries:
        if entry.is_exception and entry.name not in names:
            message = f"there is no rule {entry.name} for this exception to cancel."
            problems.append(ContentProblem(path, entry.line, message))
