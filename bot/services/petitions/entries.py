"""Words that are typed into a petition, checked as those of a content file are."""

import re
import unicodedata
from datetime import date
from pathlib import Path

from pydantic import ValidationError

from bot.content import Petition
from bot.content.texts import utf16_units
from bot.errors import EntryRefused

MOST = {"title": 80, "addressee": 300, "ask": 300, "body": 900, "source": 300, "as_of": 60}
MOST_SAID = 300
HIGHEST_GOAL = 100_000_000
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_JOINERS = frozenset("\u200c\u200d\u200e\u200f\u061c")  # keyboards make them; they turn nothing
_KEPT = frozenset("\n") | _JOINERS
_DIGITS = 12  # more are no goal, and not worth turning into a number
# Groups of three, or as in India of two before the last three; one mark, the same throughout.
_WHOLE = re.compile(r"\d+|\d{1,3}([ .,'’\u00a0\u202f٬])(?:\d{2,3}\1)*\d{3}")
_SAMPLE = {
    "path": Path("sample.md"), "id": "sample", "title": "-", "addressee": "-", "ask": "-",
    "body": "-", "source": "-", "as_of": "2000", "review": "pending", "review_by": date.max,
}  # fmt: skip


def clean_entry(field: str, typed: str) -> str:
    """One field of a petition's text.

    Raises:
        EntryRefused: It is empty, too long, or not what stands in this field.
    """
    text = clean_words(typed, MOST[field], is_long=field == "body")
    try:
        Petition.model_validate({**_SAMPLE, field: text})
    except ValidationError:
        reason = EntryRefused.NO_YEAR if field == "as_of" else EntryRefused.BRACES
        raise EntryRefused(reason) from None
    return text


def clean_words(typed: str, most: int = MOST_SAID, *, is_long: bool = False) -> str:
    """Words without what cannot be seen; one line, unless `is_long`.

    Raises:
        EntryRefused: Nothing is left, it is too long, or it holds what turns other words round.
    """
    text = unicodedata.normalize("NFC", typed).strip()
    if any(one in _TURNING for one in text):
        raise EntryRefused(EntryRefused.INVISIBLE)
    text = "".join(one for one in text if one in _KEPT or unicodedata.category(one) != "Cc")
    text = text.strip() if is_long else " ".join(text.split())
    if not any(unicodedata.category(one)[0] in "LNS" for one in text):
        raise EntryRefused(EntryRefused.EMPTY)
    length = utf16_units(text)  # as Telegram counts: an emoji is two
    if length > most:
        raise EntryRefused(EntryRefused.TOO_LONG, length, most)
    return text


def read_goal(typed: str) -> int:
    """A number of signatures, in any digits and with any marks between thousands.

    Raises:
        EntryRefused: It is none, or zero, or more than there can be, or "1.5", where the mark
            stands for something else.
    """
    digits = re.sub(r"\D", "", typed) if _WHOLE.fullmatch(typed.strip()) else ""
    goal = int(digits) if 0 < len(digits) <= _DIGITS else 0
    if not 1 <= goal <= HIGHEST_GOAL:
        raise EntryRefused(EntryRefused.NO_NUMBER, most=HIGHEST_GOAL)
    return goal


def slug_of(title: str) -> str:
    """A name for links, from what is Latin in the title; 32 characters at most."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    words = "".join(one if one.isalnum() else " " for one in plain).split()
    name = ""
    for word in words:
        longer = f"{name}-{word}".lstrip("-")
        if len(longer) > _LONGEST_SLUG:
            break
        name = longer
    return name or "petition"


_LONGEST_SLUG = 32
