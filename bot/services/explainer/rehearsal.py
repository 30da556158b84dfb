"""Asks the engine what the content's writers invented, as if one of them had written nothing."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.content import Content, ContentProblem, check, load, owner
from bot.content.check import example_line
from bot.content.texts import Entry
from bot.services.explainer._comparison import Comparer, Comparison, learnt, meanings_of
from bot.services.explainer._confidence import Calibration, load_calibration
from bot.services.explainer._encoder import Encoder
from bot.services.explainer._rows import Row, content_rows
from bot.services.explainer._words import words

_AT_ONCE = 64


@dataclass(frozen=True)
class Rehearsal:
    """A question of a writer who was left out, and how it compares with what the others wrote."""

    asked: Row
    found: Comparison
    comparer: Comparer


def leave_writers_out(content: Content, encoder: Encoder | None) -> Iterator[Rehearsal]:
    """Each example, laid beside what all but its writer wrote."""
    rows = content_rows(content)
    for writer in sorted({row.writer for row in rows}):
        mine = [row for row in rows if row.writer == writer and row.field == "example"]
        others = [row for row in rows if row.writer != writer or row.field != "example"]
        meanings = learnt(content, others, encoder) if encoder else None
        yield from ask(mine, Comparer(content, others, meanings), encoder)


def ask(asked: Sequence[Row], comparer: Comparer, encoder: Encoder | None) -> Iterator[Rehearsal]:
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
    """Examples that another text wins although they stand in the index."""
    order = calibration or load_calibration(by_meaning=encoder is not None)
    rows = content_rows(content)
    comparer = Comparer(content, rows, meanings_of(content, rows, encoder) if encoder else None)
    problems = []
    for language in content.languages.values():
        texts = {owner(text): text for text in language.entries}
        own = [
            Row(name, language.code, "example", "", example)
            for name, text in texts.items()
            for example in text.examples
        ]
        for one in ask(own, comparer, encoder):
            scores = order.scores(one.found)
            first = comparer.owners[comparer.ranked[scores[comparer.ranked].argmax()]]
            if first != one.asked.owner:
                problems.append(_lost(texts[one.asked.owner], one.asked.words, texts.get(first)))
    return problems


def content_problems(folder: Path, languages: Sequence[str] = ("en",)) -> list[ContentProblem]:
    """Everything that `content check` tells: faults of the files, then of the examples."""
    return check(folder, languages) or losing_examples(load(folder, languages), encoder=Encoder())


def _lost(text: Entry, example: str, winner: Entry | None) -> ContentProblem:
    name = f"{winner.id} ({winner.path})" if winner else "nothing"
    message = (
        f"asked with the example “{example}”, the engine finds {name}. "
        "Word it more distinctly or move it there."
    )
    return ContentProblem(text.path, example_line(text, example), message)
