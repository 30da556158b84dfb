"""Entities that somebody gave beside a text, checked as Telegram checks them."""

from bisect import insort
from collections.abc import Sequence
from typing import Any

from playground.formatting._links import valid_url
from playground.formatting._units import units
from playground.wire import ApiError, Json, bad_request

# What each kind carries besides its place; the kinds in DETECTED are found anew in every text.
CARRIED: dict[str, tuple[str, ...]] = {
    "bold": (),
    "italic": (),
    "underline": (),
    "strikethrough": (),
    "spoiler": (),
    "blockquote": (),
    "expandable_blockquote": (),
    "code": (),
    "pre": ("language",),
    "text_link": ("url",),
    "text_mention": ("user",),
    "custom_emoji": ("custom_emoji_id",),
    "date_time": ("unix_time", "date_time_format"),
}
DETECTED = frozenset(
    {"mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number"}
)
OPTIONAL = frozenset({"language", "date_time_format"})
WRONG = "can't parse MessageEntity: "


def given_entities(text: str, given: Sequence[Any]) -> list[Json]:
    """Those that Telegram keeps, outer ones first and none across the end of another.

    Links that lead nowhere and empty entities are dropped without a word.

    Raises:
        ApiError: One is malformed, or does not lie within the text.
    """
    read = [_read(entity) for entity in given]
    kept = [entity for entity in read if entity and entity["length"] > 0]
    encoded = text.encode("utf-16-le", "surrogatepass")
    for entity in kept:
        _check_place(encoded, entity)
    return _nested([entity for entity in kept if entity.get("url") != ""])


def _read(entity: Any) -> Json | None:
    if not isinstance(entity, dict):
        raise bad_request(f"{WRONG}expected an Object")
    kind = str(entity.get("type"))
    if kind not in CARRIED and kind not in DETECTED:
        raise bad_request(f"{WRONG}Unsupported type specified")
    place = {name: _number(entity, name) for name in ("offset", "length")}
    if min(place.values()) < 0:
        raise bad_request("entity has a negative offset or length")
    if kind in DETECTED:
        return None
    for name in CARRIED[kind]:
        if name not in OPTIONAL and not entity.get(name):
            raise bad_request(f'{WRONG}Can\'t find field "{name}"')
    carried = {name: entity[name] for name in CARRIED[kind] if entity.get(name)}
    if "url" in carried:
        carried["url"] = valid_url(str(carried["url"])) or ""
    return {"type": kind} | place | carried


def _number(entity: Json, name: str) -> int:
    try:
        return int(entity[name])
    except (KeyError, TypeError, ValueError, OverflowError) as error:
        raise bad_request(f'{WRONG}Can\'t find field "{name}"') from error


def _check_place(encoded: bytes, entity: Json) -> None:
    size = len(encoded) // 2
    if entity["offset"] >= size:
        raise _misplaced(entity, f"begins after the end of the text at UTF-16 offset {size}")
    if _is_inside_a_character(encoded, entity["offset"]):
        raise _misplaced(entity, "begins in a middle of a UTF-16 symbol")
    if _end(entity) > size:
        raise _misplaced(entity, f"ends after the end of the text at UTF-16 offset {size}")
    if _is_inside_a_character(encoded, _end(entity)):
        raise _misplaced(entity, "ends in a middle of a UTF-16 symbol")


def _is_inside_a_character(encoded: bytes, offset: int) -> bool:
    unit = int.from_bytes(encoded[offset * 2 : offset * 2 + 2], "little")
    return 0xDC00 <= unit <= 0xDFFF


def _misplaced(entity: Json, how: str) -> ApiError:
    kind = entity["type"].title().replace("_", "")
    place = f"offset = {entity['offset']}, length = {entity['length']}"
    return bad_request(f"entity [{kind}, {place}] {how}")


def _nested(entities: list[Json]) -> list[Json]:
    """An entity that reaches over the end of one around it becomes two."""
    waiting = sorted(entities, key=order)
    kept: list[Json] = []
    while waiting:
        entity = waiting.pop(0)
        begin, end = entity["offset"], _end(entity)
        around = [_end(outer) for outer in kept if outer["offset"] <= begin < _end(outer)]
        cut = min([*around, end])
        kept.append(entity | {"length": cut - begin})
        if cut < end:
            insort(waiting, entity | {"offset": cut, "length": end - cut}, key=order)
    return kept


def order(entity: Json) -> tuple[int, int]:
    return entity["offset"], -entity["length"]


def without_returns(text: str, entities: list[Json]) -> tuple[str, list[Json]]:
    """The text without carriage returns, and the entities where they stand then."""
    if "\r" not in text:
        return text, entities
    encoded = text.encode("utf-16-le", "surrogatepass")

    def moved(offset: int) -> int:
        head = encoded[: offset * 2].decode("utf-16-le", "surrogatepass")
        return units(head.replace("\r", ""))

    return text.replace("\r", ""), [
        entity
        | {
            "offset": moved(entity["offset"]),
            "length": moved(_end(entity)) - moved(entity["offset"]),
        }
        for entity in entities
    ]


def within(entities: Sequence[Json], start: int, end: int) -> list[Json]:
    """The parts of the entities between two offsets, counted from the first."""
    clipped = [
        entity
        | {
            "offset": max(entity["offset"], start) - start,
            "length": min(_end(entity), end) - max(entity["offset"], start),
        }
        for entity in entities
    ]
    return [entity for entity in clipped if entity["length"] > 0]


def _end(entity: Json) -> int:
    return int(entity["offset"] + entity["length"])
