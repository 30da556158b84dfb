"""Finds the vetted text for a question; nothing is generated, stored or read while asking."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

from bot.content import Content, Meta, NotCovered, Passage, SmallTalk, State, owner
from bot.content.folding import fold
from bot.content.texts import Entry
from bot.services.explainer._comparison import Comparer, Comparison
from bot.services.explainer._confidence import Calibration, Ranking, load_calibration
from bot.services.explainer._distress import Alarm, Watch
from bot.services.explainer._encoder import Encoder, Points
from bot.services.explainer._explanation import Candidate, Explanation
from bot.services.explainer._learnt import asked_rows, material, recall
from bot.services.explainer._lexicon import in_order
from bot.services.explainer._reading import Query
from bot.services.explainer._rows import Row
from bot.services.explainer._tongue import STRANGE, Tongues
from bot.services.explainer._words import parts, plain, words
from bot.services.explainer.reply import Reply

_BUTTONS = 3
_LOOKED_AT = 8  # foremost texts among which buttons are found
_MAIN_PART = 0.5  # of a message's weight; a smaller part is an aside
_LENGTH_COUNTS = 0.25
_STRANGE_SOUNDS = 0.5  # louder must be what is in a language that nothing was learnt of
_HEARD = 120  # words of a message in which danger is listened for at once


@dataclass(frozen=True)
class _Finding:
    """One part of a message with its ranking and the foremost texts."""

    compared: Comparison
    ranking: Ranking
    texts: tuple[Entry, ...]

    @property
    def probability(self) -> float:
        return self.ranking.probability

    @property
    def top(self) -> Entry:
        return self.texts[0]

    @property
    def weight(self) -> float:
        return sum(self.compared.query.rarity.values())


@dataclass(frozen=True)
class _Course:
    """A reply and what it was decided on: the finding with its number among the parts."""

    reply: Reply
    points: Points | None = None
    best: tuple[_Finding, int] | None = None
    loudness: float | None = None


class Explainer:
    """Answers from the content of the released languages; threads may share one.

    Without an encoder questions are compared by their words alone: it finds less. Making one takes
    two seconds, and half a minute when the content has changed.
    """

    def __init__(
        self,
        content: Content,
        calibration: Calibration | None = None,
        encoder: Encoder | None = None,
    ) -> None:
        self._content, self._encoder = content, encoder
        self._calibration = calibration or load_calibration(by_meaning=encoder is not None)
        if encoder:
            encoder.warm()  # before anything else: its loading takes more memory than it keeps
        known = material(content)
        learnt = recall(known, encoder)
        self._meanings = learnt.meanings
        self._comparer = Comparer(learnt, list(known.places))
        self._texts = _texts(content)
        self._tongues = Tongues(
            {code: index.reader.words for code, index in self._comparer.indexes.items()}
        )
        self._watch = Watch(content.distress, frozenset().union(*_bodies(content)))

    def ask(self, question: str, language: str, today: date, after: str | None = None) -> Reply:
        """The reply to a message, in the message's own language where that is clear.

        An unknown language counts as the first released one. `after` is the passage that the
        person was shown last: “why?” then offers what is linked to it.
        """
        return self._consider(question, language, today, after).reply

    def explain(self, question: str, language: str, today: date) -> Explanation:
        """The reply with everything that led to it, for editors."""
        course = self._consider(question, language, today)
        thresholds = self._calibration.thresholds
        if course.best is None:
            return Explanation(course.reply, thresholds, loudness=course.loudness)
        found, at = course.best
        point = course.points[at] if course.points is not None else None
        candidates = (
            self._candidate(found, place, point) for place in found.ranking.places[:_BUTTONS]
        )
        return Explanation(
            course.reply,
            thresholds,
            tuple(candidates),
            found.compared.query.mended,
            found.probability,
            self._enough(found.top),
            course.loudness,
        )

    def _candidate(self, found: _Finding, place: int, point: Points | None) -> Candidate:
        query, index = found.compared.query, self._comparer.indexes[found.compared.language]
        known = material(self._content)
        own = [row for row in known.rows if row.language == found.compared.language]
        by_meaning = None
        if self._meanings and point is not None:
            by_meaning = self._meanings.nearest_row(point, place)
        return Candidate(
            self._comparer.owners[place],
            float(self._calibration.scores(found.compared)[place]),
            index.matched(query, place),
            _words_of(in_order(own, known.places), index.nearest_row(query, place)),
            _words_of(asked_rows(known.rows, known.places), by_meaning),
        )

    def _consider(
        self, question: str, language: str, today: date, after: str | None = None
    ) -> _Course:
        message = plain(question)
        wished = self._content.language(language).code
        alarm = self._watch.alarm(message)
        if alarm:
            return _Course(self._support(self._alarmed(message, alarm, language), _rule(alarm)))
        said = parts(message)
        if not said:
            why = "the message holds no words"
            return _Course(Reply("decline", reason="no_words", language=wished, why=why))
        heard = self._tongues.hear(message, words(message), wished)
        followed = self._followed(message, heard or wished, after, today)
        if followed:
            return _Course(followed)
        queries = self._comparer.read(heard or wished, said)
        points, loudness = self._listen(message, queries)
        limit = self._calibration.thresholds.danger + (_STRANGE_SOUNDS if heard == STRANGE else 0)
        if loudness is not None and loudness > limit:
            reply = self._support(heard or wished, "it sounds like somebody in danger")
            return _Course(reply, points, loudness=loudness)
        if heard == STRANGE:
            why = "it is in a language that no text is in"
            reply = Reply("decline", reason="language", language=wished, why=why)
            return _Course(reply, points, loudness=loudness)
        findings = self._findings(heard, queries, points)
        best = self._foremost(findings)
        reply = self._decided(best, heard, today)
        return _Course(reply, points, (best, findings.index(best)), loudness)

    def _listen(self, message: str, queries: Sequence[Query]) -> tuple[Points | None, float | None]:
        """Where the parts lie, and how much the message sounds like somebody in danger.

        Danger is heard in the message as it was written, too: mending goes by other words.
        """
        if self._encoder is None or self._meanings is None:
            return None, None
        written = " ".join(words(message)[:_HEARD])
        points = self._encoder.points([*(" ".join(query.words) for query in queries), written])
        return points[:-1], float(self._meanings.danger.loudness(points).max())

    def points(self, texts: Sequence[str]) -> Points | None:
        """Where texts lie by meaning: rows of length 1; None without an encoder."""
        return self._encoder.points(texts) if self._encoder else None

    def nearest(self, question: str, language: str) -> tuple[Entry, ...]:
        """The texts most like a question, foremost first, however little alike they are."""
        code, said = self._content.language(language).code, parts(plain(question))[:1]
        queries = self._comparer.read(code, said)
        points, _ = self._listen(question, queries)
        found = self._findings(code, queries, points)
        return found[0].texts if found else ()

    def _alarmed(self, message: str, alarm: Alarm, language: str) -> str:
        """The language of the card: that of the message, or of its rule, or the one that is set."""
        wished = self._content.language(language).code
        heard = self._tongues.hear(message, words(message), wished)
        if heard in self._content.languages and heard == alarm.language:
            return heard
        return wished if language in self._content.languages else alarm.language

    def _support(self, code: str, why: str) -> Reply:
        language = self._content.language(code)
        return Reply("support", language.support, language=language.code, why=why)

    def _followed(self, message: str, code: str, after: str | None, today: date) -> Reply | None:
        """What is linked to the passage that was shown, for “why?” and “tell me more”."""
        language = self._content.languages[code]
        shown = language.passages.get(after or "")
        if shown is None or " ".join(words(message)) not in language.follow_ups:
            return None
        linked = [language.passages[name] for name in shown.related if name in language.passages]
        options = tuple(text for text in linked if text.state(today) is not State.WITHDRAWN)
        why = f"“{fold(message)}” follows {shown.id}"
        return (
            Reply("suggest", options=options[:_BUTTONS], reason="follow_up", language=code, why=why)
            if options
            else None
        )

    def _findings(
        self, code: str, queries: Sequence[Query], points: Points | None
    ) -> list[_Finding]:
        texts, found = self._texts[code], []
        for compared in self._comparer.compare(code, queries, points):
            ranking = self._calibration.rank(self._comparer, compared)
            names = (self._comparer.owners[place] for place in ranking.places)
            known = (texts[name] for name in names if name in texts)
            found.append(_Finding(compared, ranking, tuple(islice(known, _LOOKED_AT))))
        return found

    def _decided(self, best: _Finding, code: str, today: date) -> Reply:
        text, sure, low = best.top, best.probability, self._calibration.thresholds.suggest
        why = f"{owner(text)} with p = {sure:.2f}"
        if sure >= low and isinstance(text, NotCovered):
            return Reply("decline", text, reason="not_covered", language=code, why=why)
        if isinstance(text, Passage) and sure >= low and text.state(today) is State.WITHDRAWN:
            return Reply("decline", reason="withdrawn", withheld=text, language=code, why=why)
        if sure >= self._enough(text):
            return _answer(best, code, today, why)
        is_offered = sure >= low and not isinstance(text, SmallTalk)
        options = _options(best, today) if is_offered else ()
        return Reply("suggest" if options else "decline", options=options, language=code, why=why)

    def _foremost(self, findings: Sequence[_Finding]) -> _Finding:
        """The surest part of a message, where a longer part counts for more than an aside.

        A greeting gives way to a question, and "what do you say?" to what it is asked about.
        """
        low = self._calibration.thresholds.suggest
        whole = max(found.weight for found in findings) or 1.0
        asked = [found for found in findings if not isinstance(found.top, SmallTalk)]
        said = [
            found
            for found in asked
            if not isinstance(found.top, Meta) or found.weight > _MAIN_PART * whole
        ]
        for some in (said, asked, findings):
            surest = max(some, key=lambda found: _standing(found, whole), default=None)
            if surest and surest.probability >= low:
                return surest
        return max(findings, key=lambda found: found.probability)

    def _enough(self, text: Entry) -> float:
        thresholds = self._calibration.thresholds
        if isinstance(text, SmallTalk | Meta):
            return thresholds.talk
        lenient = isinstance(text, Passage) and text.takes_arguments
        return thresholds.argument if lenient else thresholds.answer


def _words_of(rows: Sequence[Row], at: int | None) -> str:
    return "" if at is None else rows[at].words


def _rule(alarm: Alarm) -> str:
    return f"distress rule {alarm.rule} ({alarm.language}): “{alarm.words}”"


def _texts(content: Content) -> dict[str, dict[str, Entry]]:
    return {
        code: {owner(text): text for text in language.entries}
        for code, language in content.languages.items()
    }


def _bodies(content: Content) -> Iterator[list[str]]:
    for language in content.languages.values():
        yield from (words(text.body) for text in language.texts)


def _standing(found: _Finding, whole: float) -> float:
    return found.probability * math.pow(found.weight / whole, _LENGTH_COUNTS)


def _answer(found: _Finding, code: str, today: date, why: str) -> Reply:
    text = found.top
    others = (other for other in _options(found, today, _LOOKED_AT) if other is not text)
    also = tuple(islice((other for other in others if isinstance(other, Passage)), 2))
    if isinstance(text, Passage):
        state = text.state(today)
        return Reply("answer", text, also=also, state=state, language=code, why=why)
    if isinstance(text, Meta):
        return Reply("meta", text, also=also, language=code, why=why)
    assert isinstance(text, SmallTalk)
    return Reply("smalltalk", text, language=code, why=why)


def _options(found: _Finding, today: date, most: int = _BUTTONS) -> tuple[Passage | Meta, ...]:
    usable = (
        text
        for text in found.texts
        if isinstance(text, Meta)
        or (isinstance(text, Passage) and text.state(today) is not State.WITHDRAWN)
    )
    return tuple(islice(usable, most))
