"""Turns what pydantic found into a sentence an editor understands."""

import difflib
from collections.abc import Iterable
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from bot.content.texts import Text, without_given

_SAMPLES = {
    "title": "What counts as torture",
    "source": "Amnesty International, Stop Torture",
    "as_of": "late 2014",
    "review": "pending",
    "review_by": "2027-06-30",
    "addressee": "The President of Cameroon",
    "ask": "Stop torture in the name of security.",
    "subject": "cameroon",
    "person": "Ángel Colón",
    "country": "Mexico",
    "outcome": "open",
    "outcome_text": "Released in October 2014.",
    "consent": "Public statement of the person",
    "about": "Ask that Ada Example may see a lawyer.",
    "addressees": "and below it one entry for each, which begins with - name: …",
    "tone": "Polite, short, in your own words.",
    "deadline": "2027-06-30",
    "name": "The Minister of Justice",
    "office": "Ministry of Justice",
    "send": "by post",
}


def sentences(
    model: type[Text], error: ValidationError
) -> Iterable[tuple[tuple[str | int, ...], str]]:
    """Each fault as the place of its field and a sentence; `body` is a place of its own."""
    for detail in error.errors():
        yield detail["loc"], _sentence(model, detail)


def unknown_field(model: type[Text], name: str) -> str:
    known = list(without_given(model))
    close = difflib.get_close_matches(name, known, n=1, cutoff=0.6)
    if close:
        return f"{name} is not a field here. Did you mean {close[0]}?"
    return f"{name} is not a field here. The fields are: {', '.join(known)}."


def _sentence(model: type[Text], detail: ErrorDetails) -> str:
    context: dict[str, Any] = detail.get("ctx", {})
    field, value = _name(detail["loc"]), detail["input"]
    match detail["type"]:
        case "missing":
            return _missing(field, detail["loc"])
        case "extra_forbidden" | "model_type" as fault:
            return _OF_ENTRIES[fault].format(field=field)
        case "string_too_long":
            return _too_long(model, detail["loc"], field, str(value), context["max_length"])
        case "string_too_short" | "string_type" if value is None or value == "":
            return _empty(field)
        case "too_long" | "too_short":
            return _wrong_number(model, detail["loc"], field, context)
        case "literal_error":
            return f"{field} is “{value}”. It must be one of these: {context['expected']}."
        case "string_pattern_mismatch":
            return _BAD_NAME.format(value=value)
        case "string_type":
            return _not_text(field, value)
        case "tuple_type" | "list_type":
            return f"{field} must be a list: one entry a line, each beginning with a hyphen."
        case "bool_parsing" | "bool_type":
            return f"{field} is “{value}”. It must be yes or no."
        case "value_error":
            return str(context["error"])
    if detail["type"].startswith("date"):
        return _not_a_date(field, value)
    return f"{field}: {detail['msg']}."


_OF_ENTRIES = {
    "extra_forbidden": "{field} is not known here. Take it out, or look whether it is misspelt.",
    "model_type": "{field} needs fields of its own, one a line. It begins with - name: …",
}
_BAD_NAME = (
    "the file is called “{value}”. Use small letters a to z, digits and hyphens, "
    "at most 40, since the name travels inside buttons and links."
)


def _name(place: tuple[str | int, ...]) -> str:
    field = str(place[0]) if place else "header"
    entry = f"entry {int(place[1]) + 1} of {field}" if len(place) > 1 else field
    return f"{place[2]} of {entry}" if len(place) > 2 else entry


def _missing(field: str, place: tuple[str | int, ...] = ()) -> str:
    if field == "body":
        return "the text is empty. Write it below the second line of three hyphens."
    if field in {"examples", "synonyms"}:
        return f"{field} is missing. Write {field}: and below it one entry a line, with a hyphen."
    name = place[-1] if place else field
    return f"{field} is missing. Write for example: {name}: {_SAMPLES.get(str(name), '…')}"


def _empty(field: str) -> str:
    if field == "body" or field.startswith("entry"):
        return (
            _missing("body") if field == "body" else f"{field} is empty. Fill it in or delete it."
        )
    return f"{field} is empty. Write for example: {field}: {_SAMPLES.get(field, '…')}"


def _reason(model: type[Text], place: tuple[str | int, ...]) -> str:
    info = model.model_fields.get(str(place[0]))
    return f", because {info.description}" if info and info.description and len(place) == 1 else ""


def _too_long(
    model: type[Text], place: tuple[str | int, ...], field: str, value: str, most: int
) -> str:
    name = "the text" if field == "body" else field
    return (
        f"{name} is {len(value)} characters long; {most} are allowed{_reason(model, place)}. "
        f"Take out {len(value) - most}."
    )


def _wrong_number(
    model: type[Text], place: tuple[str | int, ...], field: str, context: dict[str, Any]
) -> str:
    number, reason = context["actual_length"], _reason(model, place)
    if (least := context.get("min_length")) is not None:
        return f"{field} has only {number}; at least {least} are needed{reason}."
    most = context["max_length"]
    return f"{field} has {number}; {most} are allowed{reason}. Take out {number - most}."


def _not_text(field: str, value: object) -> str:
    if isinstance(value, dict):
        return f"{field} holds a colon, which splits it in two. Put the whole entry in quotes."
    return f"{field} is read as “{value}”, not as text. Put it in quotes."


def _not_a_date(field: str, value: object) -> str:
    return (
        f"{field} is not a day I can read: “{value}”. Write year-month-day, for example: 2027-06-30"
    )
