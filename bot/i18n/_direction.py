"""Sentences of a language that runs from right to left, with things in them that do not.

Telegram's apps set each line in the direction of its first letter, and what runs the other way
swallows the figures and points beside it: “/help” ends up as “help/”, and two times change places.
"""

import re
import unicodedata
from collections.abc import Mapping
from html import unescape

from markupsafe import Markup, escape

ISOLATE, END = "\u2068", "\u2069"
_FROM_RIGHT = "\u200f"
_OPENING = "\u2066\u2067\u2068"
_TAG = re.compile(r"<[^>]*>")
_VERBATIM = re.compile(r"<code>.*?</code>|<pre>.*?</pre>|<a [^>]*>", re.DOTALL)
_NAME = re.compile(r"\{(\w+)")
_COPIED = re.compile(r"<code>.*?</code>", re.DOTALL)
_COMMAND = re.compile(rf"(?<![\w/<>{_OPENING}])/[a-z]+")
_NUMBER = re.compile(r"[\d.,:٫٬]*")


def own_direction(text: str) -> str:
    """Somebody's words inside our sentence: they neither turn it round nor are turned by it."""
    return f"{ISOLATE}{text}{END}"


def fill(sentence: str, values: Mapping[str, object]) -> Markup:
    """The sentence with its values, each in its own direction; what is copied stays bare."""
    bare = {name for part in _VERBATIM.findall(sentence) for name in _NAME.findall(part)}
    kept = {name: _apart(value, is_bare=name in bare) for name, value in values.items()}
    copied = _COPIED.sub(lambda found: own_direction(found[0]), sentence)
    return from_right(Markup(copied).format(**kept))


def from_right(text: Markup) -> Markup:
    """Text with HTML: commands keep to themselves, and every line begins on the right."""
    apart = _COMMAND.sub(lambda found: own_direction(found[0]), text)
    return Markup("\n").join(Markup(_begun(line)) for line in apart.split("\n"))


def _apart(value: object, *, is_bare: bool) -> object:
    """A value of one line that holds what runs from left to right, kept from its neighbours."""
    text = escape(value)
    if is_bare or "\n" in text or text.startswith(ISOLATE) or _NUMBER.fullmatch(text):
        return value
    if all(unicodedata.bidirectional(one) not in {"L", "EN", "AN"} for one in unescape(text)):
        return value
    return Markup(own_direction(text))


def _begun(line: str) -> str:
    shown = unescape(_TAG.sub("", line))
    return line if not shown.strip() or _runs_from_right(shown) else f"{_FROM_RIGHT}{line}"


def _runs_from_right(line: str) -> bool:
    """By its first letter outside of what is kept apart (rule P2 of Unicode's algorithm)."""
    depth = 0
    for one in line:
        if one in _OPENING:
            depth += 1
        elif one == END:
            depth = max(0, depth - 1)
        elif not depth and (kind := unicodedata.bidirectional(one)) in {"L", "R", "AL"}:
            return kind != "L"
    return False
