"""How much of what is asked stands in the content already: remembered is not understood."""

from collections.abc import Iterator, Sequence

from benchmarks._questions import Question
from bot.content import Content
from bot.services.explainer import Encoder
from bot.services.explainer._learnt import said
from bot.services.explainer._rows import content_rows
from tools._twins import alike_by_letters, alike_by_meaning, same


def overlap(
    name: str, asked: Sequence[Question], content: Content, encoder: Encoder
) -> Iterator[str]:
    """Counts of questions that are there word for word, or all but so, in any language."""
    texts = [one.words for one in asked]
    points = encoder.points([said(text) for text in texts])
    examples = [row.words for row in content_rows(content) if row.field == "example"]
    for what, known in (
        ("examples", examples),
        ("disclosures", [one.words for one in content.disclosures]),
    ):
        exact = {number for number, _ in same(texts, known)}
        letters = {number for number, _ in alike_by_letters(texts, known)}
        meant = encoder.content_points([said(text) for text in known])
        near = exact | letters | {number for number, _ in alike_by_meaning(points, meant)}
        yield (
            f"{name}: {len(texts)} questions beside {len(known)} {what}: "
            f"{len(exact)} word for word ({len(exact) / len(texts):.1%}), "
            f"{len(near)} the same or near ({len(near) / len(texts):.1%})"
        )
