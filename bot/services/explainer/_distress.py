"""Recognises people who are or were harmed, held or threatened, or who think of dying.

Every language's rules see every message: as it was written, and with its spelling mended.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.content import DistressRules
from bot.content.folding import fold
from bot.services.explainer._repair import Repair

_TOKEN = re.compile(r"[^\W_]+|[.!?؟…\n]+")
_LITTLE = 4
_DRAWN_OUT = re.compile(r"([^\W\d_])\1{2,}")


@dataclass(frozen=True)
class Alarm:
    """The rule that was raised and the words that raised it."""

    language: str
    rule: str
    words: str


class Watch:
    """All rules of all languages. `known` are words that are spelt right."""

    def __init__(self, languages: Sequence[DistressRules], known: Iterable[str]) -> None:
        right = frozenset(known).union(*(rules.vocabulary for rules in languages))
        self._languages = [(rules, _Mending(rules, right)) for rules in languages]

    def alarm(self, message: str) -> Alarm | None:
        """The first rule that the message raises, None when there is none."""
        written = _tokens(message)
        for rules, mend in self._languages:
            for text in dict.fromkeys((" ".join(written), " ".join(mend(written)))):
                found = next(_raised(rules, text), None)
                if found:
                    return found
        return None


class _Mending:
    """Spelling is mended toward the words of one language's rules only."""

    def __init__(self, rules: DistressRules, right: frozenset[str]) -> None:
        self._right = right | rules.spelt_right | frozenset(rules.short)
        self._short = rules.short
        self._repair = Repair(
            dict.fromkeys(sorted(rules.vocabulary), 1), far_from=6, is_certain=False
        )

    def __call__(self, tokens: Sequence[str]) -> list[str]:
        mended = {token: self._mend(token) for token in set(tokens)}
        return [mended[token] for token in tokens]

    def _mend(self, token: str) -> str:
        short = _DRAWN_OUT.sub(r"\1", token)
        if short in self._right or not short.isalpha():
            return short
        return self._repair(short) or self._little(short) or short

    def _little(self, token: str) -> str | None:
        """Below five letters one is wrong in too many ways: the commonest word wins."""
        if len(token) > _LITTLE:
            return None
        near = process.extractOne(token, self._short, scorer=OSA.distance, score_cutoff=1)
        return near[0] if near else None  # the first of equally near ones


def _raised(rules: DistressRules, text: str) -> Iterator[Alarm]:
    for rule in rules.rules:
        words = rule.find(text)
        if words:
            yield Alarm(rules.language, rule.name, words)


def _tokens(message: str) -> list[str]:
    """Folded words; each end of a sentence is a single point."""
    found = _TOKEN.findall(fold(message))
    return [token if token[0].isalnum() else "." for token in found]
