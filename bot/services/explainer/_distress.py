"""Recognises people who are or were harmed, held or threatened, or who think of dying.

Every language's rules see every message: as it was written, and with its spelling mended.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from bot.content import DistressRules
from bot.content.folding import fold
from bot.services.explainer._slips import Slips

_TOKEN = re.compile(r"[^\W_]+|[.!?؟…\n]+")
_DRAWN_OUT = re.compile(r"([^\W\d_])\1{2,}")
_ARABIC = re.compile(r"[\u0620-\u064a]")
_BRIEF = 3  # letters that are a whole word in Arabic
_LETTERS = 30  # of a word; a longer one is none
_MESSAGE = 4_096  # characters, all that Telegram lets anybody write; the command line takes more


@dataclass(frozen=True)
class Alarm:
    """The rule that was raised and the words that raised it, with what was mended in them."""

    language: str
    rule: str
    words: str
    mended: Mapping[str, str] = field(default_factory=dict)


class Watch:
    """All rules of all languages. `known` are words that are spelt right."""

    def __init__(self, languages: Sequence[DistressRules], known: Iterable[str]) -> None:
        right = frozenset(known).union(*(rules.vocabulary for rules in languages))
        self._languages = [_Listener(rules, right) for rules in languages]

    def alarm(self, message: str) -> Alarm | None:
        """The first rule that the message raises, None when there is none."""
        written = _tokens(message)
        found = (listener.alarm(written) for listener in self._languages)
        return next((alarm for alarm in found if alarm), None)


class _Listener:
    """One language's rules; spelling is mended toward their words only."""

    def __init__(self, rules: DistressRules, right: frozenset[str]) -> None:
        self._rules = rules
        self._right = right | rules.spelt_right | frozenset(rules.short)
        self._is_arabic = any(_ARABIC.search(word) for word in rules.vocabulary)
        brief = [word for word in rules.spelt_right if len(word) == _BRIEF and self._is_arabic]
        self._slips = Slips(rules.vocabulary, rules.short, brief)

    def alarm(self, written: Sequence[str]) -> Alarm | None:
        if not any(self._is_ours(token) for token in written):
            return None
        mended = self._mended(written)
        found = next(self._raised(" ".join(written)), None)
        return found or self._raised_by_mending(
            " ".join(mended[token] for token in written), mended
        )

    def _raised_by_mending(self, text: str, mended: Mapping[str, str]) -> Alarm | None:
        alarm = next(self._raised(text), None)
        if alarm is None:
            return None
        said = f" {alarm.words} "
        slips = {word: right for word, right in mended.items() if word != right}
        held = {word: right for word, right in slips.items() if f" {right} " in said}
        return replace(alarm, mended=held)

    def _raised(self, text: str) -> Iterator[Alarm]:
        for rule in self._rules.rules:
            words = rule.find(text)
            if words:
                yield Alarm(self._rules.language, rule.name, words)

    def _is_ours(self, token: str) -> bool:
        """Whether it is a word in the script of these rules."""
        return token.isalpha() and bool(_ARABIC.search(token)) is self._is_arabic

    def _mended(self, tokens: Sequence[str]) -> dict[str, str]:
        """Each token with what it is mended to, in the order in which they stand."""
        return {token: self._mend(token) for token in dict.fromkeys(tokens)}

    def _mend(self, token: str) -> str:
        short = _DRAWN_OUT.sub(r"\1", token)
        if short in self._right or not self._is_ours(short):
            return short
        return self._slips(short) or short


def _tokens(message: str) -> list[str]:
    """Folded words; each end of a sentence is a single point."""
    found = _TOKEN.findall(fold(message[:_MESSAGE]))
    return [token[:_LETTERS] if token[0].isalnum() else "." for token in found]
