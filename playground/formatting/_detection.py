"""What Telegram marks by itself: commands, mentions, hashtags, addresses."""

import re

from playground.formatting._units import units
from playground.wire import Json

PATTERNS = {
    "url": re.compile(
        r"(?<![\w@./])(?:https?://[^\s<>\"«»]+|(?:[a-z0-9-]+\.)+(?:com|org|net|int|info|me|io|eu|"
        r"fr|es|de|uk|cm)\b(?:[/?#][^\s<>\"«»]*)?)",
        re.IGNORECASE,
    ),
    "email": re.compile(r"(?<![\w.+-])[\w.+-]+@(?:[a-z0-9-]+\.)+[a-z]{2,}\b", re.IGNORECASE),
    "mention": re.compile(r"(?<![\w@])@[A-Za-z][A-Za-z0-9_]{3,31}\b"),
    "bot_command": re.compile(r"(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/])"),
    "hashtag": re.compile(r"(?<![\w#])#(?=\w*[^\W\d])\w{1,256}"),
}
TRAILING = ".,:;!?'\")]}…"
UNTOUCHABLE = frozenset({"code", "pre", "text_link", "text_mention", "custom_emoji"})


def detect(text: str, entities: list[Json]) -> list[Json]:
    """Entities to add to those given; never inside code and links, never over one another."""
    taken = [_span(entity) for entity in entities if entity["type"] in UNTOUCHABLE]
    found: list[Json] = []
    for kind, pattern in PATTERNS.items():
        for match in pattern.finditer(text):
            content = match[0].rstrip(TRAILING) if kind == "url" else match[0]
            start = units(text[: match.start()])
            span = (start, start + units(content))
            if not any(span[0] < end and begin < span[1] for begin, end in taken):
                taken.append(span)
                found.append({"type": kind, "offset": start, "length": span[1] - start})
    return found


def _span(entity: Json) -> tuple[int, int]:
    return entity["offset"], entity["offset"] + entity["length"]
