"""Asks the engine the content's own example questions, as if nobody had written them down."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.content import Content, ContentProblem, Language, NotCovered, check, load
from bot.content.check import example_line
from bot.content.texts import Entry
from bot.services.explainer._confidence import Calibration, load_calibration
from bot.services.explainer._everyday import everyday
from bot.services.explainer._index import Index, Match
from bot.services.explainer._reading import Query
from bot.services.explainer._words import Stems, words

_PARTS = 6  # building an index for each single example would take minutes


@dataclass(frozen=True)
class Rehearsal:
    """An example, the text it belongs to (None when it must be declined), and what was found."""

    question: str
    text: Entry | None
    query: Query
    matches: tuple[Match, ...]


def leave_one_out(language: Language) -> Iterator[Rehearsal]:
    """Each example, asked of an index that lacks it and every sixth of its neighbours."""
    texts = _indexed(language)
    stems = Stems(language.code)
    for part in range(_PARTS):
        index = Index([_without(text, part) for text in texts], stems)
        for text in texts:
            for example in text.examples[part::_PARTS]:
                yield _ask(index, example, text)


def unheard_of(language: Language) -> Iterator[Rehearsal]:
    """Examples of what is not covered, asked of an index without the text they belong to."""
    decoys = list(language.not_covered.values())
    stems = Stems(language.code)
    for half in (decoys[::2], decoys[1::2]):
        index = Index([text for text in _indexed(language) if text not in half], stems)
        for text in half:
            for example in text.examples:
                yield _ask(index, example, None)


def ask(language: Language, questions: Sequence[tuple[str, Entry]]) -> Iterator[Rehearsal]:
    """Questions asked of the whole index."""
    index = Index(_indexed(language), Stems(language.code))
    for question, text in questions:
        yield _ask(index, question, text)


def losing_examples(
    content: Content, calibration: Calibration | None = None
) -> list[ContentProblem]:
    """Examples that another text wins although they stand in the index."""
    order = calibration or load_calibration()
    problems = []
    for language in content.languages.values():
        own = [(example, text) for text in language.entries for example in text.examples]
        for found in ask(language, own):
            assert found.text
            first = order.ranked(found.matches)[0].text if found.matches else None
            if first != found.text:
                problems.append(_lost(found.text, found.question, first))
    return problems


def content_problems(folder: Path, languages: Sequence[str] = ("en",)) -> list[ContentProblem]:
    """Everything that `content check` tells: faults of the files, then of the examples."""
    return check(folder, languages) or losing_examples(load(folder, languages))


def _indexed(language: Language) -> list[Entry]:
    return [*language.entries, *everyday(language.code)]


def _lost(text: Entry, example: str, winner: Entry | None) -> ContentProblem:
    name = f"{winner.id} ({winner.path})" if winner else "nothing"
    message = (
        f"asked with the example “{example}”, the engine finds {name}. "
        "Word it more distinctly or move it there."
    )
    return ContentProblem(text.path, example_line(text, example), message)


def _without(text: Entry, part: int) -> Entry:
    kept = (example for at, example in enumerate(text.examples) if at % _PARTS != part)
    return text.model_copy(update={"examples": tuple(kept)})


def _ask(index: Index, question: str, text: Entry | None) -> Rehearsal:
    said = tuple(words(question))
    query = index.query(said, index.hear(said))
    return Rehearsal(question, text, query, tuple(index.matches(query)))


def is_right(rehearsal: Rehearsal, match: Match) -> bool:
    """Whether the match is the text that was asked for; texts are told apart by kind and name."""
    text = rehearsal.text
    return text is not None and (type(text), text.id) == (type(match.text), match.text.id)


def must_decline(rehearsal: Rehearsal) -> bool:
    return rehearsal.text is None or isinstance(rehearsal.text, NotCovered)
