"""Changes single fields in a file's header and leaves every other byte as an editor wrote it."""

import re
from collections.abc import Mapping

import frontmatter
import yaml

_HEADER = re.compile(
    r"\A(?P<begin>\ufeff?---[ \t]*\r?\n)(?P<fields>.*?)(?P<end>^---[ \t]*$)",
    re.DOTALL | re.MULTILINE,
)
_REVIEW = ("review", "reviewed_by", "reviewed_on")
_UNSEEN = frozenset({*_REVIEW, "review_by", "examples", "synonyms"})  # readers see none of these


def with_fields(text: str, fields: Mapping[str, str | None]) -> str:
    """The text with these fields, each on a line of its own; None takes a field out.

    A text without a header stays as it is.
    """
    header = _HEADER.match(text)
    if header is None:
        return text
    newline = "\r\n" if header["begin"].endswith("\r\n") else "\n"
    lines = header["fields"]
    for name, value in fields.items():
        line = "" if value is None else f"{name}: {value}{newline}"
        there = re.compile(rf"^{name}:.*\n(?:[ \t]+.*\n)*", re.MULTILINE)
        lines = there.sub(lambda _, line=line: line, lines) if there.search(lines) else lines + line
    return text[: header.start("fields")] + lines + text[header.start("end") :]


def as_pending(sent: str, current: str | None) -> str:
    """The sent text, saying truly whether a person has reviewed it.

    What readers see is unchanged: then the review stands as it stood, whatever the sent text
    claims. It is changed, or new: then nobody has reviewed it yet.
    """
    new, old = _read(sent), _read(current or "")
    if "review" not in new[0]:
        return sent
    if "review" in old[0] and _seen(new) == _seen(old):
        return with_fields(
            sent, {name: _raw(current or "", name) for name in (*_REVIEW, "review_by")}
        )
    return with_fields(sent, dict.fromkeys(_REVIEW) | {"review": "pending"})


def needs_review(text: str) -> bool:
    """Whether it says that no person has reviewed it."""
    return _read(text)[0].get("review") == "pending"


def can_be_reviewed(text: str) -> bool:
    return "review" in _read(text)[0]


def seen(text: str) -> tuple[Mapping[str, object], str]:
    """What a reviewer answers for: fields and body, without what only helps to find it."""
    fields, body = _read(text)
    hidden = {*_REVIEW, "examples", "synonyms"}
    return {name: value for name, value in fields.items() if name not in hidden}, body.strip()


def _seen(document: tuple[dict[str, object], str]) -> tuple[dict[str, object], str]:
    fields, body = document
    return {name: value for name, value in fields.items() if name not in _UNSEEN}, body.strip()


def _read(text: str) -> tuple[dict[str, object], str]:
    """Fields and body; none of either when the header is broken, which the check will name."""
    try:
        return frontmatter.parse(text.removeprefix("\ufeff"))
    except (yaml.YAMLError, ValueError):
        return {}, ""


def _raw(text: str, name: str) -> str | None:
    """A field's value as it is written."""
    header = _HEADER.match(text)
    fields = header["fields"] if header else ""
    found = re.search(rf"^{name}:[ \t]*(.*?)[ \t]*\r?$", fields, re.MULTILINE)
    return found[1] if found else None
