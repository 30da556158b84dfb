"""Shows what is different between two texts, as a person reads it: word by word, line by line."""

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from bot.content.texts import utf16_units

_WORDS = re.compile(r"\s+|\w+|[^\w\s]")
_TAG = re.compile(r"</?[su]>")
_BLANK = "¶"  # an empty line that goes or comes
_ALIKE = 0.4  # below it two lines have so little in common that they are shown one after the other
_AROUND = 40  # characters of what is the same, on either side of a change
_MARKS = 80  # Telegram leaves out what is marked beyond a hundred times


@dataclass(frozen=True, slots=True)
class Shown:
    text: Markup
    is_whole: bool


def difference(old: str, new: str, room: int) -> Shown:
    """What goes is struck through, what comes is underlined; at most `room` UTF-16 units."""
    lines: list[Markup] = []
    for line in _changes(old.splitlines(), new.splitlines()):
        tried = Markup("\n").join([*lines, line])
        if utf16_units(Markup(_TAG.sub("", tried)).unescape()) > room or _marks(tried) > _MARKS:
            return Shown(Markup("\n").join(lines), is_whole=False)
        lines.append(line)
    return Shown(Markup("\n").join(lines), is_whole=True)


def unified(old: str, new: str, place: str) -> bytes:
    """All of it, as programmers' tools show it."""
    lines = difflib.unified_diff(
        old.splitlines(), new.splitlines(), f"{place} (now)", f"{place} (proposed)", lineterm=""
    )
    return "\n".join(lines).encode()


def _changes(old: list[str], new: list[str]) -> Iterator[Markup]:
    if not old:
        yield from (Markup("{}").format(line) for line in new)
        return
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    for kind, start, end, first, last in matcher.get_opcodes():
        if kind == "equal":
            continue
        gone, come = old[start:end], new[first:last]
        if len(gone) == len(come):
            for before, after in zip(gone, come, strict=True):
                yield from _line(before, after)
        else:
            yield from (_struck(line) for line in gone)
            yield from (_underlined(line) for line in come)


def _line(before: str, after: str) -> Iterator[Markup]:
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    if matcher.ratio() < _ALIKE:
        yield _struck(before)
        yield _underlined(after)
        return
    parts: list[Markup] = []
    for kind, start, end, first, last in matcher.get_opcodes():
        gone, come = "".join(old[start:end]), "".join(new[first:last])
        if kind == "equal":
            is_start, is_end = start == 0, end == len(old)
            parts.append(Markup("{}").format(_shortened(gone, is_start=is_start, is_end=is_end)))
        else:
            parts += [
                mark(words) for mark, words in ((_struck, gone), (_underlined, come)) if words
            ]
    yield Markup("").join(parts)


def _shortened(same: str, *, is_start: bool, is_end: bool) -> str:
    head = "" if is_start else same[:_AROUND]
    tail = "" if is_end else same[-_AROUND:]
    return same if len(head) + len(tail) >= len(same) else f"{head}…{tail}"


def _struck(words: str) -> Markup:
    return Markup("<s>{}</s>").format(words or _BLANK)


def _underlined(words: str) -> Markup:
    return Markup("<u>{}</u>").format(words or _BLANK)


def _marks(text: Markup) -> int:
    return text.count("</")
