"""Ways to find a text for a question: four usual ones, and Vigil's.

The usual ones get the same rows as Vigil: titles, examples, synonyms, writers' questions and bodies
of the question's language, each as a document; a text is as good as its best row. They have one
score and two thresholds. The encoder looks at the rows of all languages, since it may.
"""

import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from itertools import groupby

import numpy as np

from benchmarks._questions import Found, Shown
from bot.content import Content, NotCovered, owner
from bot.content.texts import Entry
from bot.services.explainer import Encoder, Explainer, Reply
from bot.services.explainer._learnt import said
from bot.services.explainer._rows import Row, content_rows
from bot.services.explainer._words import Stems, words

RANKED = 8  # foremost texts that are looked at
_ROWS = 200  # foremost rows among which they are found
DAY = date(2026, 12, 1)  # questions are asked on this day, so that no text is out of date

Scored = list[tuple[str, float]]
"""Foremost texts by folder and name, with their scores, each once."""


class FullText:
    """SQLite's FTS5: BM25 over words stemmed by Porter's rules, which are for English."""

    def __init__(self, content: Content, _: Encoder) -> None:
        self._database = sqlite3.connect(":memory:")
        for code, rows in by_language(content):
            self._database.execute(
                f"CREATE VIRTUAL TABLE rows_{code} USING fts5"
                "(owner UNINDEXED, words, tokenize = 'porter unicode61')"
            )
            self._database.executemany(
                f"INSERT INTO rows_{code} VALUES (?, ?)", ((row.owner, row.words) for row in rows)
            )

    def rank(self, question: str, language: str) -> Scored:
        asked = " OR ".join(f'"{word}"' for word in dict.fromkeys(re.findall(r"\w+", question)))
        if not asked:
            return []
        found = self._database.execute(
            f"SELECT owner, -rank FROM rows_{language} WHERE rows_{language} MATCH ?"
            " ORDER BY rank LIMIT ?",
            (asked, _ROWS),
        )
        return foremost(found.fetchall())


class Sparse:
    """bm25s over words stemmed by the rules of each language (Snowball)."""

    def __init__(self, content: Content, _: Encoder) -> None:
        import bm25s  # noqa: PLC0415 - only this benchmark needs it, and only this method

        self._stems = {code: Stems(code) for code in content.languages}
        self._found = {}
        for code, rows in by_language(content):
            index = bm25s.BM25()
            stemmed = [
                [*map(self._stems[code].remembered, words(row.words))] or [""] for row in rows
            ]
            index.index(stemmed, show_progress=False)
            self._found[code] = index, [row.owner for row in rows]

    def rank(self, question: str, language: str) -> Scored:
        index, owners = self._found[language]
        stems = [self._stems[language](word) for word in words(question)]
        if not stems:
            return []
        scores = index.get_scores(stems)
        order = np.argsort(-scores)[:_ROWS]
        return foremost((owners[at], float(scores[at])) for at in order if scores[at] > 0)


class Fuzzy:
    """rapidfuzz's token_set_ratio over folded words."""

    def __init__(self, content: Content, _: Encoder) -> None:
        self._rows = {
            code: ([row.owner for row in rows], [" ".join(words(row.words)) for row in rows])
            for code, rows in by_language(content)
        }

    def rank(self, question: str, language: str) -> Scored:
        from rapidfuzz import fuzz, process  # noqa: PLC0415 - its memory is this method's alone

        owners, texts = self._rows[language]
        asked = " ".join(words(question))
        found = process.extract(asked, texts, scorer=fuzz.token_set_ratio, limit=_ROWS)
        return foremost((owners[at], score) for _, score, at in found)


class Meaning:
    """The sentence encoder alone: the cosine of the nearest row of any language."""

    def __init__(self, content: Content, encoder: Encoder) -> None:
        rows = documents(content)
        self._owners, self._encoder = [row.owner for row in rows], encoder
        points = encoder.content_points([said(row.words) for row in rows])
        self._points = points.astype(np.float32)  # numpy multiplies halves a hundred times slower
        encoder.warm()

    def rank(self, question: str, language: str) -> Scored:
        point = self._encoder.points([said(question)])[0]
        cosines = self._points @ point
        order = np.argsort(-cosines)[:_ROWS]
        return foremost((self._owners[at], float(cosines[at])) for at in order)


class Vigil:
    """The engine as the bot asks it, with its own decisions."""

    def __init__(self, content: Content, encoder: Encoder) -> None:
        self._texts = texts(content)
        self._explainer = Explainer(content, encoder=encoder)

    def ask(self, question: str, language: str) -> Reply:
        return self._explainer.ask(question, language, DAY)

    def found(self, reply: Reply, question: str, language: str, ms: float) -> Found:
        nearest = self._explainer.nearest(question, language)
        ranked = tuple(self._texts[language][owner(text)] for text in nearest[:RANKED])
        known, entry = self._texts[reply.language], reply.text
        shown = known[owner(entry)] if isinstance(entry, Entry) else None
        options = tuple(known[owner(option)] for option in reply.options)
        return Found(reply.kind, shown, options, ranked, ms=ms)


Peer = FullText | Sparse | Fuzzy | Meaning
PEERS: dict[str, Callable[[Content, Encoder], Peer]] = {
    "FTS5 BM25 porter": FullText,
    "bm25s + Snowball": Sparse,
    "rapidfuzz token_set": Fuzzy,
    "USE alone": Meaning,
}
VIGIL = "Vigil"


def documents(content: Content) -> list[Row]:
    bodies = (
        Row(owner(text), language.code, "example", "", text.body)
        for language in content.languages.values()
        for text in language.entries
    )
    return [*content_rows(content), *bodies]


def by_language(content: Content) -> Iterator[tuple[str, list[Row]]]:
    rows = sorted(documents(content), key=lambda row: row.language)
    for code, found in groupby(rows, key=lambda row: row.language):
        yield code, list(found)


def foremost(rows: Iterable[tuple[str, float]]) -> Scored:
    """The best row of each text, in order."""
    found: dict[str, float] = {}
    for name, score in rows:
        found.setdefault(name, score)
    return list(found.items())[:RANKED]


def texts(content: Content) -> dict[str, dict[str, Shown]]:
    """What is read of each text; nothing of one that says what is not covered."""
    return {
        code: {
            owner(text): Shown(
                owner(text), "" if isinstance(text, NotCovered) else f"{text.title}\n{text.shown()}"
            )
            for text in language.entries
        }
        for code, language in content.languages.items()
    }
