"""Questions with known answers, and the judgement of what was found for them."""

import json
import random
import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from bot.content import Content

Verdict = Literal["right", "button", "wrong", "missed", "declined"]

IN_SCOPE = ("explainer", "direct", "paraphrase", "keyword", "typo", "conversational")
NEAR = ("near", "near_miss")  # on the subject, without an answer
TALK = ("meta", "smalltalk")
UNRELATED = ("everyday", "not_covered", "out_of_scope")
UNJUDGED = ("distress",)  # only Vigil knows of it; the others would be wronged

_EXPECTED = {
    "distress": ("support",), "meta": ("meta",), "smalltalk": ("smalltalk",),
    "near": ("decline", "suggest"), "near_miss": ("decline", "suggest"),
    "everyday": ("decline",), "not_covered": ("decline",), "out_of_scope": ("decline",),
}  # fmt: skip
_BY_ITSELF = ("decline", "suggest", "support", "smalltalk")  # right whatever the text says
_ARABIC_MARKS = re.compile("[\u064b-\u065f\u0670\u0640\u200c-\u200f\u202a-\u202e]")
_QUOTES = str.maketrans({"’": "'", "‘": "'", "\u2011": "-"})


@dataclass(frozen=True)
class Shown:
    """A text that was found: its folder and name, and all that a person would read."""

    owner: str
    text: str


@dataclass(frozen=True)
class Found:
    """What a method makes of a question; `ranked` are its foremost texts, sure or not."""

    kind: str
    shown: Shown | None
    options: tuple[Shown, ...]
    ranked: tuple[Shown, ...]
    score: float = 0.0
    ms: float = 0.0


@dataclass(frozen=True)
class Question:
    """It names the text that answers it, or else the facts that the text must hold."""

    language: str
    words: str
    kind: str
    expected: tuple[str, ...]
    owner: str = ""
    must: tuple[str, ...] = ()
    some: tuple[str, ...] = ()
    never: tuple[str, ...] = ()

    def fits(self, shown: Shown | None) -> bool:
        if shown is None:
            return False
        if self.owner:
            return shown.owner == self.owner
        read = _plain(shown.text)
        texts = (read, _without_accents(read))
        return (
            all(_holds(texts, fact) for fact in self.must)
            and (not self.some or any(_holds(texts, fact) for fact in self.some))
            and not any(_holds(texts, fact) for fact in self.never)
        )

    def judge(self, found: Found) -> Verdict:
        if found.kind in self.expected and self._holds_what_it_should(found):
            return "right"
        if found.kind == "suggest":
            offered = any(self.fits(option) for option in found.options)
            return "button" if offered and {"answer", "meta"} & {*self.expected} else "missed"
        if found.kind == "decline":
            return "declined"
        return "wrong" if found.kind == "answer" else "missed"

    def _holds_what_it_should(self, found: Found) -> bool:
        if found.kind == "smalltalk" and self.owner:
            return self.fits(found.shown)
        return found.kind in _BY_ITSELF or self.fits(found.shown)


def read_set(path: Path) -> Iterator[Question]:
    """Lines `{"lang", "q", "kind", "must": [regex], "any": [regex], "not": [regex], "expect"}`.

    All of `must`, one of `any` and none of `not` are to be found in the text.
    """
    for line in path.read_text("utf-8").splitlines():
        if not line.strip():
            continue
        row = json.loads(line)
        expected = row.get("expect") or _EXPECTED.get(row["kind"], ("answer",))
        yield Question(
            row["lang"],
            row["q"],
            row["kind"],
            (expected,) if isinstance(expected, str) else tuple(expected),
            must=tuple(row.get("must", ())),
            some=tuple(row.get("any", ())),
            never=tuple(row.get("not", ())),
        )


def without(content: Content, writers: Collection[str]) -> Content:
    """The content as if these writers had written nothing."""
    languages = {
        code: replace(
            language,
            questions=tuple(one for one in language.questions if one.writer not in writers),
        )
        for code, language in content.languages.items()
    }
    told = tuple(one for one in content.disclosures if one.writer not in writers)
    return replace(content, languages=languages, disclosures=told)


def asked_by(
    content: Content, writers: Collection[str], most: int, chance: random.Random
) -> list[Question]:
    """A sample of what each of the writers asks, as many of each language."""
    found: list[Question] = []
    for language in content.languages.values():
        for writer in sorted(writers):
            mine = [one for one in language.questions if one.writer == writer]
            for one in chance.sample(mine, min(most, len(mine))):
                kind = one.owner.partition("/")[0]
                expected = _EXPECTED.get(kind, ("answer",))
                found.append(Question(language.code, one.words, kind, expected, owner=one.owner))
    return found


def judged(questions: Sequence[Question]) -> list[Question]:
    return [one for one in questions if one.kind not in UNJUDGED]


def _holds(texts: Sequence[str], fact: str) -> bool:
    return any(re.search(fact, text, re.IGNORECASE) for text in texts)


def _plain(text: str) -> str:
    """European digits, plain quotes and single blanks, without Arabic vowel marks."""
    digits = "".join(
        str(unicodedata.digit(char)) if char.isdecimal() else char
        for char in unicodedata.normalize("NFKC", text)
    )
    return " ".join(_ARABIC_MARKS.sub("", digits).translate(_QUOTES).split())


def _without_accents(text: str) -> str:
    found = unicodedata.normalize("NFD", text)
    return "".join(char for char in found if not "\u0300" <= char <= "\u036f")
