"""An alert as its recipients will see it: the exact parameters of one Bot API call."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from bot.i18n import Catalogues, Translator
from bot.models import Alert, AlertKind, Words
from bot.models.preferences import zone_of

TEXT_DIFFERS = "text differs"
"""Why an alert is held that would go out otherwise than it was approved."""
LONGEST_TEXT = 4096
LONGEST_CAPTION = 1024
NOTE_ROOM = 80  # what the note below a corrected text may take, in any language
MOST_ENTITIES = 100  # Telegram drops those beyond without a word

Parameters = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Rendered:
    """`method` is sendMessage or sendPhoto; `params` are plain JSON, without a chat."""

    method: str
    params: Parameters


class Flaw(StrEnum):
    """Why Telegram would refuse a text, or change it."""

    EMPTY = "empty"
    TOO_LONG = "too long"
    TOO_MANY_ENTITIES = "too many entities"


@dataclass(frozen=True, slots=True)
class Problem:
    """`size` and `limit` are in UTF-16 code units for a text that is too long."""

    language: str
    flaw: Flaw
    size: int
    limit: int


def render(alert: Alert, language: str, catalogues: Catalogues) -> Rendered:
    """What somebody with this language gets: in it, or as it was first written."""
    language = catalogues.released(language)
    words = _said(alert, language, catalogues[language])
    entities = [dict(entity) for entity in words.entities]
    common = {
        "reply_markup": {"inline_keyboard": list(_buttons(alert, catalogues[language]))},
        "disable_notification": alert.kind is not AlertKind.URGENT,
    }
    if alert.picture is not None:
        caption = {"caption": words.text, "caption_entities": entities}
        return Rendered("sendPhoto", {"photo": alert.picture, **caption, **common})
    text = {"text": words.text, "entities": entities, "link_preview_options": {"is_disabled": True}}
    return Rendered("sendMessage", {**text, **common})


def _said(alert: Alert, language: str, t: Translator) -> Words:
    """The words as they stand in the message."""
    words = words_in(alert, language)
    match alert.kind:
        case AlertKind.CORRECTION:
            return Words(f"{words.text}\n\n{note(alert, t)}", words.entities)
        case AlertKind.RECALL:
            return Words(t("This message was withdrawn.").unescape())
    return words


def note(alert: Alert, t: Translator) -> str:
    """What stands below corrected words: when they were."""
    day = t.day(alert.made_at, zone_of(alert.zone))
    return t("Corrected on {day}", day=day).unescape()


def words_in(alert: Alert, language: str) -> Words:
    """In this language, or as it was first written."""
    return alert.words.get(language) or next(iter(alert.words.values()), Words(""))


def previews(alert: Alert, catalogues: Catalogues) -> Iterator[Rendered]:
    """One for each of the texts that somebody gets, in the first language of those who get it.

    Not one for each that is written: a text of a language that is released no longer may stand in
    for others.
    """
    shown: list[Words | None] = []
    for language in catalogues:
        words = alert.words.get(language) or next(iter(alert.words.values()), None)
        if words not in shown:
            shown.append(words)
            yield render(alert, language, catalogues)


def digest(alert: Alert, catalogues: Catalogues) -> str:
    """Of all that was approved: what is sent in each language, to whom, and when."""
    audience = alert.audience
    approved: dict[str, Any] = {
        "kind": alert.kind,
        "choices": sorted([topic, about] for topic, about in audience.choices),
        "languages": sorted(audience.languages),
        "without_signers_of": audience.without_signers_of,
        "send_at": _written(alert.send_at),
        "expires_at": _written(alert.expires_at),
        "messages": {code: _plain(render(alert, code, catalogues)) for code in catalogues},
    }
    if alert.amends is not None:
        approved["amends"] = alert.amends
    return hashlib.sha256(json.dumps(approved, sort_keys=True).encode()).hexdigest()


def problems(alert: Alert) -> Iterator[Problem]:
    """What is wrong with the texts as they stand, in the order of writing."""
    longest = longest_text(alert)
    for language, words in alert.words.items():
        size, entities = units(words.text), len(words.entities)
        if not words.text.strip():
            yield Problem(language, Flaw.EMPTY, 0, longest)
        if size > longest:
            yield Problem(language, Flaw.TOO_LONG, size, longest)
        if entities > MOST_ENTITIES:
            yield Problem(language, Flaw.TOO_MANY_ENTITIES, entities, MOST_ENTITIES)


def longest_text(alert: Alert) -> int:
    """How much fits, in UTF-16 code units: a picture leaves room for a caption only."""
    return LONGEST_TEXT - _reserved(alert) if alert.picture is None else longest_caption(alert)


def longest_caption(alert: Alert) -> int:
    """How much fits under a picture, should it get one."""
    return LONGEST_CAPTION - _reserved(alert)


def _reserved(alert: Alert) -> int:
    return NOTE_ROOM if alert.kind is AlertKind.CORRECTION else 0


def units(text: str) -> int:
    """Telegram counts UTF-16 code units; an emoji is two."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _buttons(alert: Alert, t: Translator) -> Iterator[list[dict[str, str]]]:
    if alert.kind is AlertKind.RECALL:
        return
    if alert.kind is AlertKind.FAMILY:  # there is nothing more to read
        yield last_row(t)
        return
    kind, _, slug = (alert.about or "").partition(":")
    if kind == "petition":
        is_over = alert.kind is AlertKind.OUTCOME
        label = t("Read more") if is_over else t("Read and sign")
        yield [button(label, f"alert:petition:{slug}")]
    elif kind == "case":
        yield [button(t("Read the story"), f"alert:case:{slug}")]
    yield last_row(t)


def last_row(t: Translator) -> list[dict[str, str]]:
    """Stands under everything that is sent unasked."""
    return [button(t("Choose what I get"), "alert:choose"), button(t("Stop"), "alert:stop")]


def button(label: str, data: str) -> dict[str, str]:
    return {"text": str(label), "callback_data": data}


def _plain(rendered: Rendered) -> dict[str, Any]:
    return {"method": rendered.method, "params": dict(rendered.params)}


def _written(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()
