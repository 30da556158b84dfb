"""Finds the vetted text for a question; nothing is generated, stored or read while asking."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import islice

from rapidfuzz import fuzz, process

from bot.content import Content, State
from bot.content.texts import Entry
from bot.heap import uncollected
from bot.services.explainer._comparison import Comparer
from bot.services.explainer._confidence import Calibration, Thresholds, load_calibration
from bot.services.explainer._decision import BUTTONS, LOOKED_AT, Finding, decide, enough, foremost
from bot.services.explainer._distress import Alarm, Watch
from bot.services.explainer._encoder import Encoder, Points
from bot.services.explainer._explanation import Candidate, Explanation, Heard
from bot.services.explainer._learnt import asked_rows, material, recall
from bot.services.explainer._postings import Numbers
from bot.services.explainer._reading import Query
from bot.services.explainer._rows import Row
from bot.services.explainer._signs import Signs
from bot.services.explainer._tongue import STRANGE, Tongues
from bot.services.explainer._words import Words, parts, plain, remainder, words
from bot.services.explainer.reply import Reply

_HEARD = 120  # words of a short message in which danger is listened for at once
_ASIDE = 1.5  # by so much must a part be louder than a whole message must


@dataclass(frozen=True)
class _Listened:
    """What parts of a message say and where they lie, how loud danger is, and where it is so."""

    points: Points | None = None
    told: Numbers | None = None
    loudness: float | None = None
    loudest: tuple[str, Points] | None = None


_SILENCE = _Listened()


@dataclass(frozen=True)
class _Course:
    """A reply and what it was decided on: the finding with its number among the parts."""

    reply: Reply
    listened: _Listened = _SILENCE
    best: tuple[Finding, int] | None = None
    thresholds: Thresholds | None = None
    mended: Mapping[str, str] = field(default_factory=dict)  # in the words that raised a rule


class Explainer:
    """Answers from the content of the released languages; threads may share one.

    Without an encoder questions are compared by their words alone: it finds less. Making one takes
    two seconds, and half a minute when the content has changed.
    """

    @uncollected()
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
        self._learnt, self._meanings = learnt, learnt.meanings
        self._comparer = Comparer(learnt, list(known.places))
        self._tongues = Tongues(
            {code: index.reader.words for code, index in self._comparer.indexes.items()}
        )
        self._signs = Signs(content)
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
        thresholds = course.thresholds or self._calibration.thresholds
        listened = course.listened
        if course.best is None:
            told = Explanation(course.reply, thresholds, loudness=listened.loudness)
            is_heard = course.reply.kind == "support" and listened.loudness is not None
            heard = self._heard(listened) if is_heard else None
            return replace(told, mended=course.mended, heard=heard)
        found, at = course.best
        point = listened.points[at] if listened.points is not None else None
        candidates = (
            self._candidate(found, place, point) for place in found.ranking.places[:BUTTONS]
        )
        return Explanation(
            course.reply,
            thresholds,
            tuple(candidates),
            found.compared.query.mended,
            found.probability,
            enough(found.top, thresholds),
            listened.loudness,
        )

    def _heard(self, listened: _Listened) -> Heard | None:
        if self._meanings is None or listened.loudest is None:
            return None
        words, point = listened.loudest
        known = material(self._content)
        ones = [one for one in known.disclosures if one.is_one]
        told, told_likeness = self._meanings.danger.nearest_one(point)
        asked, asked_likeness = self._meanings.nearest_of_all(point)
        row = asked_rows(known.rows, known.places)[asked]
        return Heard(words, ones[told].words, told_likeness, row.words, asked_likeness, row.owner)

    def _candidate(self, found: Finding, place: int, point: Points | None) -> Candidate:
        query, code = found.compared.query, found.compared.language
        name, known = self._comparer.owners[place], material(self._content)
        own = [r.words for r in known.rows if (r.owner, r.language) == (name, code)]
        alike = process.extractOne(" ".join(query.words), own, processor=_bare, scorer=fuzz.ratio)
        by_meaning = None
        if self._meanings and point is not None:
            by_meaning = self._meanings.nearest_row(point, place)
        return Candidate(
            name,
            float(self._calibration.scores(found.compared)[place]),
            self._comparer.indexes[code].matched(query, place),
            alike[0] if alike else "",
            _words_of(asked_rows(known.rows, known.places), by_meaning),
        )

    def _consider(
        self, question: str, language: str, today: date, after: str | None = None
    ) -> _Course:
        message = plain(question)
        wished = self._content.language(language).code
        alarm = self._watch.alarm(message)
        if alarm:
            card = self._support(self._alarmed(message, alarm, language), _rule(alarm))
            return _Course(card, mended=alarm.mended)
        said, spoken = parts(message), words(message)
        if not said:
            why = "the message holds no words"
            talk = self._signs.talk(message, wished)
            if talk:
                return _Course(Reply("smalltalk", talk, language=wished, why=why))
            return _Course(Reply("decline", reason="no_words", language=wished, why=why))
        heard = self._tongues.hear(message, spoken, wished)
        followed = self._followed(spoken, heard or wished, after, today)
        if followed:
            return _Course(followed)
        queries = self._comparer.read(heard or wished, said)
        left = remainder(message)
        listened = self._listen(spoken, queries, left)
        is_strange, heard_of = heard == STRANGE, len(queries) + len(left)
        thresholds = self._calibration.thresholds.among(heard_of, is_strange=is_strange)
        if listened.loudness is not None and listened.loudness > thresholds.danger:
            reply = self._support(heard or wished, "it sounds like somebody in danger")
            return _Course(reply, listened, None, thresholds)
        if is_strange or self._tongues.is_a_neighbours(message, spoken):  # after danger was heard
            why = "it is in a language that no text is in"
            reply = Reply("decline", reason="language", language=wished, why=why)
            return _Course(reply, listened, None, thresholds)
        findings = self._findings(heard, queries, listened)
        best = foremost(findings, thresholds)
        reply = decide(best, heard, today, thresholds)
        return _Course(reply, listened, (best, findings.index(best)), thresholds)

    def _listen(
        self, spoken: Sequence[str], queries: Sequence[Query], left: Sequence[Words] = ()
    ) -> _Listened:
        """Where the parts lie, and how much the message sounds like somebody in danger.

        Danger is heard in the message as it was written, too: mending goes by other words. In a
        long one it is heard in each sentence and in what is `left`, for the whole drowns a cry.
        """
        if self._encoder is None or self._meanings is None:
            return _SILENCE
        others = left or [tuple(spoken[:_HEARD])]
        said = [*(query.words for query in queries), *others]
        texts = [" ".join(part) for part in said]
        points = self._encoder.points(texts)
        told, first, parts = self._learnt.told(said), 1 if left else 0, len(queries)
        loudness = self._learnt.loudness(told[first:], points[first:])
        loudness[1:parts] -= _ASIDE * (not left)
        at = first + int(loudness.argmax())
        loudest = texts[at], points[at]
        return _Listened(points[:parts], told[:parts], float(loudness.max()), loudest)

    def points(self, texts: Sequence[str]) -> Points | None:
        """Where texts lie by meaning: rows of length 1; None without an encoder."""
        return self._encoder.points(texts) if self._encoder else None

    def nearest(self, question: str, language: str) -> tuple[Entry, ...]:
        """All texts, those most like the question first, however little alike they are."""
        code, said = self._content.language(language).code, parts(plain(question))[:1]
        queries = self._comparer.read(code, said)
        listened = self._listen(words(plain(question)), queries)
        for compared in self._comparer.compare(code, queries, listened.points, listened.told):
            places = self._calibration.rank(self._comparer, compared).places
            return tuple(self._ranked(code, places))
        return ()

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

    def _followed(
        self, spoken: Sequence[str], code: str, after: str | None, today: date
    ) -> Reply | None:
        """What is linked to the passage that was shown, for “why?” and “tell me more”."""
        language = self._content.languages[code]
        if " ".join(spoken) not in language.follow_ups:
            return None
        shown = language.passages.get(after or "")
        if shown is None:
            why = "it asks for more, and nothing was shown"
            return Reply("decline", reason="follow_up", language=code, why=why)
        linked = [language.passages[name] for name in shown.related if name in language.passages]
        options = tuple(text for text in linked if text.state(today) is not State.WITHDRAWN)
        why = f"“{' '.join(spoken)}” follows {shown.id}"
        return (
            Reply("suggest", options=options[:BUTTONS], reason="follow_up", language=code, why=why)
            if options
            else None
        )

    def _findings(self, code: str, queries: Sequence[Query], listened: _Listened) -> list[Finding]:
        found = []
        for compared in self._comparer.compare(code, queries, listened.points, listened.told):
            ranking = self._calibration.rank(self._comparer, compared)
            texts = tuple(islice(self._ranked(code, ranking.places), LOOKED_AT))
            found.append(Finding(compared, ranking, texts))
        return found

    def _ranked(self, code: str, places: Iterable[int]) -> Iterator[Entry]:
        texts = self._content.languages[code].by_owner
        names = (self._comparer.owners[place] for place in places)
        return (texts[name] for name in names if name in texts)


def _bare(text: str) -> str:
    return " ".join(words(text))


def _words_of(rows: Sequence[Row], at: int | None) -> str:
    return "" if at is None else rows[at].words


def _rule(alarm: Alarm) -> str:
    return f"distress rule {alarm.rule} ({alarm.language}): “{alarm.words}”"


def _bodies(content: Content) -> Iterator[list[str]]:
    for language in content.languages.values():
        yield from (words(text.body) for text in language.texts)
