"""Everything that a question is laid beside: titles, examples, synonyms, and what people asked."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from bot.content import Content, Language, owner

CONTENT = "content"  # the writer of what stands in the texts themselves

Field = Literal["title", "example", "synonym"]


@dataclass(frozen=True, slots=True)
class Row:
    """`owner` is the text that it asks for, or one of the two places for what no text answers."""

    owner: str
    language: str
    field: Field
    writer: str
    words: str


def language_rows(language: Language) -> Iterator[Row]:
    for text in language.entries:
        name = owner(text)
        yield Row(name, language.code, "title", CONTENT, text.title)
        for example in text.examples:
            yield Row(name, language.code, "example", CONTENT, example)
        for synonym in text.synonyms:
            yield Row(name, language.code, "synonym", CONTENT, synonym)
    for asked in language.questions:
        yield Row(asked.owner, language.code, "example", asked.writer, asked.words)


def content_rows(content: Content) -> tuple[Row, ...]:
    found = (row for language in content.languages.values() for row in language_rows(language))
    return tuple(dict.fromkeys(found))
