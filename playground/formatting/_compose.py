"""From a parameter to text and entities that can stand in a message."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from playground.formatting._detection import detect
from playground.formatting._html import HtmlReader
from playground.formatting._units import cut, units
from playground.wire import Json, bad_request

MOST_ENTITIES = 100
CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\u202a-\u202e]")
GIVEN = frozenset(
    {
        "mention",
        "hashtag",
        "cashtag",
        "bot_command",
        "url",
        "email",
        "phone_number",
        "bold",
        "italic",
        "underline",
        "strikethrough",
        "spoiler",
        "blockquote",
        "expandable_blockquote",
        "code",
        "pre",
        "text_link",
        "text_mention",
        "custom_emoji",
        "date_time",
    }
)


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
        plain, entities = text.replace("\r", ""), [_checked(entity) for entity in given or ()]
    return _finished(CONTROL.sub(" ", plain), entities)


def person_text(text: str) -> Formatted:
    """What a person typed; a client sends it trimmed and without mark-up."""
    return read_formatted(text, "", None)


def _finished(plain: str, entities: list[Json]) -> Formatted:
    text, entities = _trimmed(plain, entities)
    every = entities + detect(text, entities)
    every.sort(key=lambda entity: (entity["offset"], -entity["length"]))
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


def _checked(entity: Json) -> Json:
    kind = str(entity.get("type")) if isinstance(entity, dict) else ""
    if kind not in GIVEN:
        raise bad_request("can't parse MessageEntity: Unsupported type specified")
    try:
        numbers = {name: int(entity[name]) for name in ("offset", "length")}
    except (KeyError, TypeError, ValueError) as error:
        raise bad_request("can't parse MessageEntity: Can't find field \"offset\"") from error
    if numbers["offset"] < 0 or numbers["length"] < 0:
        raise bad_request("entity has a negative offset or length")
    return entity | numbers
