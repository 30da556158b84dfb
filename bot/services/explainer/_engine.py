"""Finds the vetted text for a question; nothing is generated, stored or read while asking."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.content import Content, Meta, NotCovered, Passage, SmallTalk, State
from bot.services.explainer._confidence import Calibration, load_calibration
from bot.services.explainer._distress import Alarm, Watch
from bot.services.explainer._everyday import everyday, is_everyday
from bot.services.explainer._index import Index, Match
from bot.services.explainer._reading import Query, Word
from bot.services.explainer._words import Stems, Words, parts, plain, words
from bot.services.explainer.reply import Reply

_BUTTONS = 3
_MAIN_PART = 0.5  # of a message's weight; a smaller part is an aside
_LENGTH_COUNTS = 0.25
_TELLING = 0.5  # above the weight of a function word


@dataclass(frozen=True)
class _Finding:
    """One segment of a message with its ranked texts."""

    query: Query
    ranked: tuple[Match, ...]
    probability: float

    @property
    def top(self) -> Match:
        return self.ranked[0]

    @property
    def hangs_on_a_word(self) -> bool:
        """“The population of Peru”: one word fits, and another means nothing to the content."""
        telling = [stem for stem in self.top.stems if self.query.weights[stem] > _TELLING]
        return bool(self.query.strange) and len(telling) < 2

    @property
    def weight(self) -> float:
        return sum(self.query.rarity.values())


class Explainer:
    """Answers from the content of the released languages; threads may share one."""

    def __init__(self, content: Content, calibration: Calibration | None = None) -> None:
        self._content = content
        self._calibration = calibration or load_calibration()
        self._indexes = {
            code: Index([*language.entries, *everyday(code)], Stems(code))
            for code, language in content.languages.items()
        }
        known = {
            word
            for language in content.languages.values()
            for text in language.texts
            for word in words(text.body)
        }
        self._watch = Watch(content.distress, known)

    def ask(self, question: str, language: str, today: date) -> Reply:
        """The reply to a message; an unknown language counts as the first released one."""
        message = plain(question)
        alarm = self._watch.alarm(message)
        if alarm:
            return self._support(alarm, language)
        said = parts(message)
        if not said:
            return Reply("decline", reason="no_words", why="the message holds no words")
        findings = self._findings(self._content.language(language).code, said)
        if not findings:
            return Reply("decline", why="no word of the message occurs in the content")
        return self._decide(findings, today)

    def _support(self, alarm: Alarm, language: str) -> Reply:
        code = language if language in self._content.languages else alarm.language
        why = f"distress rule {alarm.rule} ({alarm.language}): “{alarm.words}”"
        return Reply("support", self._content.language(code).support, why=why)

    def _findings(self, code: str, said: Sequence[Words]) -> list[_Finding]:
        index = self._indexes[code]
        heard = index.hear(word for part in sorted(said, key=len) for word in part)
        found = (self._finding(index, part, heard) for part in said)
        return [finding for finding in found if finding.ranked]

    def _finding(self, index: Index, part: Words, heard: Mapping[str, Word]) -> _Finding:
        query = index.query(part, heard)
        ranked = self._calibration.ranked(index.matches(query))
        if not ranked:
            return _Finding(query, (), 0.0)
        exact = index.exact(part)
        if exact:
            ranked.sort(key=lambda match: match.text is not exact)  # stable: the rest keep order
            return _Finding(query, tuple(ranked), 1.0)
        signals = self._calibration.signals(query, ranked)
        return _Finding(query, tuple(ranked), self._calibration.probability(signals))

    def _decide(self, findings: Sequence[_Finding], today: date) -> Reply:
        best = self._foremost(findings)
        text, sure = best.top.text, best.probability
        low, why = self._calibration.thresholds.suggest, self._why(best)
        if is_everyday(text):
            return Reply("decline", why=why)
        if sure >= low and isinstance(text, NotCovered):
            return Reply("decline", text, reason="not_covered", why=why)
        if isinstance(text, Passage) and sure >= low and text.state(today) is State.WITHDRAWN:
            return Reply("decline", reason="withdrawn", withheld=text, why=why)
        if sure >= self._enough(text) and not best.hangs_on_a_word:
            return _answer(best, today, why)
        is_offered = sure >= low and not isinstance(text, SmallTalk)
        options = _options(best, today) if is_offered else ()
        return Reply("suggest" if options else "decline", options=options, why=why)

    def _foremost(self, findings: Sequence[_Finding]) -> _Finding:
        """The surest part of a message, where a longer part counts for more than an aside.

        A greeting gives way to a question, and "what do you say?" to what it is asked about.
        """
        whole = max(found.weight for found in findings) or 1.0
        asides = (SmallTalk, Meta)
        said = [
            found
            for found in findings
            if not isinstance(found.top.text, asides) or found.weight > _MAIN_PART * whole
        ]
        surest = max(said or findings, key=lambda found: _standing(found, whole))
        if surest.probability >= self._calibration.thresholds.suggest:
            return surest
        return max(findings, key=lambda found: found.probability)

    def _enough(self, text: object) -> float:
        thresholds = self._calibration.thresholds
        lenient = isinstance(text, Passage) and text.takes_arguments
        return thresholds.argument if lenient else thresholds.answer

    def _why(self, found: _Finding) -> str:
        thresholds, first = self._calibration.thresholds, found.top
        stems = ", ".join(f"{stem} {idf:.1f}" for stem, idf in first.stems.items())
        mended = ", ".join(f"{word} → {near}" for word, near in found.query.mended.items())
        second = found.ranked[1].text.id if len(found.ranked) > 1 else "none"
        return (
            f"{first.text.id} with p = {found.probability:.2f} "
            f"(answer from {self._enough(first.text):.2f}, suggest from {thresholds.suggest:.2f}); "
            f"stems: {stems or 'none'}; mended: {mended or 'none'}; "
            f"nearest: “{first.nearest}”; runner-up: {second}"
        )


def _standing(found: _Finding, whole: float) -> float:
    return found.probability * math.pow(found.weight / whole, _LENGTH_COUNTS)


def _answer(found: _Finding, today: date, why: str) -> Reply:
    text = found.top.text
    also = tuple(other for other in _passages(found, today) if other is not text)[:2]
    if isinstance(text, Passage):
        return Reply("answer", text, also=also, state=text.state(today), why=why)
    if isinstance(text, Meta):
        return Reply("meta", text, also=also, why=why)
    assert isinstance(text, SmallTalk)
    return Reply("smalltalk", text, why=why)


def _passages(found: _Finding, today: date) -> list[Passage]:
    texts = (match.text for match in found.ranked)
    return [
        text
        for text in texts
        if isinstance(text, Passage) and text.state(today) is not State.WITHDRAWN
    ]


def _options(found: _Finding, today: date) -> tuple[Passage | Meta, ...]:
    passages = _passages(found, today)
    texts = (match.text for match in found.ranked)
    usable = [text for text in texts if isinstance(text, Meta) or text in passages]
    return tuple(text for text in usable if isinstance(text, Passage | Meta))[:_BUTTONS]
