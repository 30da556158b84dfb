"""A file for a text that does not exist yet: everything in it but what only an editor knows."""

import json
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count

from bot.content import Content, Passage
from bot.content.folding import fold
from bot.content.texts import Entry
from bot.services.questions._groups import Group

_ENOUGH = 6  # ways of asking that a passage needs
_MOST = 60
_LONGEST = 300  # characters of one of them
_SHORTEST, _NAME = 4, 36  # letters of a file's name; 40 with a number behind it
_HOLDS = timedelta(days=365)  # until when the text is good, if its editor says no other day


@dataclass(frozen=True, slots=True)
class Hints:
    """What an editor reads where something is hers to write, in her language."""

    title: str
    more: str  # where ways of asking are missing
    source: str
    as_of: str
    body: str


@dataclass(frozen=True, slots=True)
class Draft:
    """The check refuses it until what is in braces is replaced, and what is missing is there."""

    place: str
    text: str


def drafts(
    group: Group, content: Content, near: Sequence[Entry] | None, now: datetime, hints: Hints
) -> list[Draft]:
    """One for each language of the group: a passage beside the nearest one; of what is not
    covered when `near` is None.
    """
    taken = {text.id for language in content.languages.values() for text in language.texts}
    name, until = _name(group, taken), f"review_by: {(now + _HOLDS).date().isoformat()}"
    folder, fields = "not_covered", list[str]()
    if near is not None:
        subjects = [text.subject for text in near if isinstance(text, Passage)]
        first = content.language(group.lead.language).subjects[0].slug
        folder = f"explainer/{next(iter(subjects), first)}"
        origin = f"source: {_quoted(hints.source)}", f"as_of: {_quoted(hints.as_of)}"
        fields = [*origin, "review: pending", until]
    codes = dict.fromkeys(content.language(code).code for code in group.languages)
    return [
        Draft(f"{code}/{folder}/{name}.md", _file(_asked(group, code, content), fields, hints))
        for code in codes
    ]


def _asked(group: Group, code: str, content: Content) -> list[str]:
    texts = [one.text for one in group.wordings if content.language(one.language).code == code]
    return [text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…" for text in texts][:_MOST]


def _file(asked: Sequence[str], fields: Sequence[str], hints: Hints) -> str:
    lines = [f"  - {_quoted(text)}" for text in asked]
    if fields and len(asked) < _ENOUGH:
        lines.append(f"  # {hints.more}")
    head = ("---", f"title: {_quoted(hints.title)}", "examples:", *lines, *fields, "---")
    return "\n".join((*head, f"{{{hints.body}}}", ""))


def _quoted(text: str) -> str:
    """As YAML reads it back, whatever stands in it."""
    return json.dumps(text, ensure_ascii=False)


def _name(group: Group, taken: Collection[str]) -> str:
    """Of the words in Latin letters, English ones first; nothing else is called so."""
    english = [one for one in group.wordings if one.language == "en"]
    slugs = (_slug(one.text) for one in (*english, *group.wordings))
    plain = next((slug for slug in slugs if len(slug) >= _SHORTEST), f"question-{group.digest[:6]}")
    return next(name for name in _numbered(plain) if name not in taken)


def _slug(text: str) -> str:
    name = ""
    for word in re.findall(r"[a-z0-9]+", fold(text)):
        if len(f"{name}-{word}") > _NAME:
            break
        name = f"{name}-{word}".lstrip("-")
    return name


def _numbered(slug: str) -> Iterator[str]:
    yield slug
    yield from (f"{slug}-{number}" for number in count(2))
