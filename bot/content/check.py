"""What `content check` finds beyond what keeps the bot from starting."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from bot.content._reader import line_of
from bot.content.conversation import SmallTalk
from bot.content.folding import fold
from bot.content.languages import missing_texts
from bot.content.library import Content, Language, read
from bot.content.problems import ContentProblem
from bot.content.texts import ROOM, TELEGRAM_LIMIT, Entry, Text, utf16_units


def check(folder: Path, languages: Sequence[str] = ("en",)) -> list[ContentProblem]:
    """All faults in the order of files and lines; an empty list when there are none."""
    content, problems = read(folder, languages)
    if content:
        problems += missing_texts(folder, content)
        for language in content.languages.values():
            problems += _shared_examples(language)
            problems += _empty_subjects(folder, language)
            problems += (problem for text in language.texts if (problem := _too_long(text)))
    return sorted(set(problems))


def without_synonyms(content: Content) -> list[ContentProblem]:
    """Texts that are found by their own words only; not a fault. Small talk needs no more."""
    message = "it has no synonyms. Add words by which people may look for it."
    texts = (text for language in content.languages.values() for text in language.entries)
    return sorted(
        ContentProblem(text.path, 0, message)
        for text in texts
        if not (text.synonyms or isinstance(text, SmallTalk))
    )


def example_line(text: Entry, example: str) -> int:
    """The line on which the text's file has this example."""
    return line_of(text.path, example)


def _shared_examples(language: Language) -> Iterator[ContentProblem]:
    holders: dict[str, list[tuple[Entry, str]]] = defaultdict(list)
    for text in language.entries:
        for example in text.examples:
            holders[fold(example).strip(" ?!.")].append((text, example))
    for found in holders.values():
        (first, _), *others = found
        for other, example in others:
            message = (
                f"the example “{example}” also stands in {first.path}. Keep it in one of them."
            )
            yield ContentProblem(other.path, example_line(other, example), message)


def _empty_subjects(folder: Path, language: Language) -> Iterator[ContentProblem]:
    path = folder / language.code / "subjects.yaml"
    for subject in language.subjects:
        if not subject.passages:
            message = f"{subject.slug} has no passage. Write one or take the subject out."
            yield ContentProblem(path, line_of(path, f"{subject.slug}:"), message)


def _too_long(text: Text) -> ContentProblem | None:
    units = utf16_units(text.shown())
    if units <= TELEGRAM_LIMIT - ROOM:
        return None
    message = (
        f"shown with title and source this takes {units} of a message's {TELEGRAM_LIMIT} units, "
        f"of which {ROOM} are kept for warnings. Take out {units + ROOM - TELEGRAM_LIMIT}."
    )
    return ContentProblem(text.path, 0, message)
