"""From a parameter to text and entities that can stand in a message."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from playground.formatting._detection import detect
from playground.formatting._given import given_entities, order, within, without_returns
from playground.formatting._html import HtmlReader
from playground.formatting._units import cut, units
from playground.wire import Json, bad_request

LONGEST_MESSAGE = 4096  # UTF-16 code units
LONGEST_CAPTION = 1024
MOST_ENTITIES = 100
CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\u202a-\u202e]")


@dataclass(frozen=True)
class Formatted:
    text: str = ""
    entities: list[Json] = field(default_factory=list)

    @property
    def length(self) -> int:
        """In UTF-16 code units."""
        return units(self.text)

    def fields(self, text: str = "text", entities: str = "entities") -> Json:
        """As fields of a message; neither stands there when it is empty."""
        shown: Json = {text: self.text} if self.text else {}
        return shown | ({entities: self.entities} if self.entities else {})


def read_formatted(text: str, parse_mode: str, given: Sequence[Json] | None) -> Formatted:
    """Parse, clean and trim a text as Telegram does, and mark what it marks by itself.

    Raises:
        ApiError: The mark-up is wrong, or the mode is one that the playground does not read.
    """
    mode = parse_mode.lower()
    if mode in {"markdown", "markdownv2"}:
        raise bad_request(f"the playground reads HTML and entities, but not {parse_mode}")
    if mode not in {"", "html"}:
        raise bad_request("unsupported parse_mode")
    if mode == "html":
        plain, entities = HtmlReader(text.replace("\r", "")).read()
    else:
        plain, entities = without_returns(text, given_entities(text, given or ()))
    return _finished(CONTROL.sub(" ", plain), entities)


def person_texts(text: str, given: Sequence[Json] = ()) -> list[Formatted]:
    """What a person typed and marked, as the messages that clients make of it.

    Nothing but white space makes none, and more than 4096 makes several.

    Raises:
        ApiError: An entity is malformed, or does not lie within the text.
    """
    entities, start, found = given_entities(text, given), 0, []
    for part in _parts(text):
        end = start + units(part)
        found.append(read_formatted(part, "", within(entities, start, end)))
        start = end
    return [words for words in found if words.text]


def _parts(text: str) -> Iterator[str]:
    """Pieces that each fit into one message."""
    part: list[str] = []
    length = 0
    for character in text:
        if length + units(character) > LONGEST_MESSAGE:
            yield "".join(part)
            part, length = [], 0
        part.append(character)
        length += units(character)
    yield "".join(part)


def _finished(plain: str, entities: list[Json]) -> Formatted:
    text, entities = _trimmed(plain, entities)
    every = entities + detect(text, entities)
    every.sort(key=order)
    return Formatted(text, every[:MOST_ENTITIES])


def _trimmed(plain: str, entities: list[Json]) -> tuple[str, list[Json]]:
    """Without white space at the end, and at the start as far as no entity covers it."""
    text = plain.rstrip()
    first = min((entity["offset"] for entity in entities), default=units(text))
    covered = units(text) - first
    head = cut(text, 0, first).lstrip()
    shift = units(text) - units(head) - covered
    text = head + cut(text, first, units(text))
    end = units(text)
    kept = []
    for entity in entities:
        offset = entity["offset"] - shift
        length = min(entity["length"], end - offset)
        if length > 0:
            kept.append(entity | {"offset": offset, "length": length})
    return text, kept
