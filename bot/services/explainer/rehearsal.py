"""Asks the engine what the content's writers invented, as if one of them had written nothing."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from bot.content import Content, ContentProblem, owner
from bot.content.check import example_line
from bot.content.disclosures import Disclosure
from bot.content.texts import Entry
from bot.services.explainer._comparison import Comparer, Comparison
from bot.services.explainer._confidence import Calibration, load_calibration
from bot.services.explainer._encoder import Encoder, Points
from bot.services.explainer._learnt import Material, material, recall, said
from bot.services.explainer._rows import Row
from bot.services.explainer._words import words

_GROUPS = 8  # of writers who are left out together
_AT_ONCE = 512  # questions; each batch goes through all rows of the content once


@dataclass(frozen=True)
class Rehearsal:
    """A question of a writer who was left out, and how it compares with what the others wrote."""

    asked: Row
    found: Comparison
    comparer: Comparer


class Remembered:
    """Points of what stands in the content; only what was mended to other words is computed."""

    def __init__(self, rows: Sequence[Row], encoder: Encoder) -> None:
        texts = list(dict.fromkeys(said(row.words) for row in rows))
        self._places = {text: place for place, text in enumerate(texts)}
        self._known, self._encoder = encoder.content_points(texts), encoder

    def points(self, texts: Sequence[str]) -> Points:
        places = [self._places.get(text, -1) for text in texts]
        found = self._known[places].astype(np.float32)
        new = [at for at, place in enumerate(places) if place < 0]
        if new:
            found[new] = self._encoder.points([texts[at] for at in new])
        return found


@dataclass(frozen=True)
class Absence:
    """What a group of writers wrote, and what is known without them."""

    rows: tuple[Row, ...]
    disclosures: tuple[Disclosure, ...]
    known: Material


def leave_writers_out(content: Content) -> Iterator[Absence]:
    """Each group of writers in turn, so that each example is left out once."""
    whole = material(content)
    for writers in groups(whole):
        mine = tuple(r for r in whole.rows if r.writer in writers and r.field == "example")
        theirs = tuple(r for r in whole.rows if r.writer not in writers or r.field != "example")
        told = tuple(one for one in whole.disclosures if one.writer in writers)
        others = tuple(one for one in whole.disclosures if one.writer not in writers)
        yield Absence(mine, told, replace(whole, rows=theirs, disclosures=others))


def groups(whole: Material) -> list[set[str]]:
    """Writers in groups that wrote about as much."""
    wrote = Counter(row.writer for row in whole.rows)
    wrote.update(one.writer for one in whole.disclosures)
    found: list[set[str]] = [set() for _ in range(_GROUPS)]
    for writer, _ in wrote.most_common():
        min(found, key=lambda group: sum(wrote[one] for one in group)).add(writer)
    return [group for group in found if group]


def ask(
    asked: Sequence[Row], comparer: Comparer, encoder: Encoder | Remembered | None
) -> Iterator[Rehearsal]:
    """Each row as a question in its language."""
    for code in comparer.indexes:
        mine = [row for row in asked if row.language == code and words(row.words)]
        for at in range(0, len(mine), _AT_ONCE):
            batch = mine[at : at + _AT_ONCE]
            queries = comparer.read(code, [tuple(words(row.words)) for row in batch])
            mended = [" ".join(query.words) for query in queries]
            points = encoder.points(mended) if encoder else None
            for row, found in zip(batch, comparer.compare(code, queries, points), strict=True):
                yield Rehearsal(row, found, comparer)


def losing_examples(
    content: Content,
    calibration: Calibration | None = None,
    encoder: Encoder | None = None,
) -> list[ContentProblem]:
    """Examples of the texts that other texts would win, were they not there word for word."""
    order = calibration or load_calibration(by_meaning=encoder is not None)
    known = material(content)
    comparer = Comparer(recall(known, encoder), list(known.places))
    texts = {
        (language.code, owner(text)): text
        for language in content.languages.values()
        for text in language.entries
    }
    own = [
        Row(name, code, "example", "", example)
        for (code, name), text in texts.items()
        for example in text.examples
    ]
    problems = []
    for one in ask(own, comparer, Remembered(own, encoder) if encoder else None):
        scores = order.scores(one.found)
        first = comparer.owners[comparer.ranked[scores[comparer.ranked].argmax()]]
        asked, code = one.asked, one.asked.language
        if first != asked.owner:
            problems.append(_lost(texts[code, asked.owner], asked.words, texts.get((code, first))))
    return problems


def _lost(text: Entry, example: str, winner: Entry | None) -> ContentProblem:
    name = f"{winner.id} ({winner.path})" if winner else "nothing"
    message = (
        f"only its exact words lead here: asked a little differently than “{example}”, the engine "
        f"finds {name}. Word it more distinctly or move it there."
    )
    return ContentProblem(text.path, example_line(text, example), message)
