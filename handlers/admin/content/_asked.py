"""What somebody means by the words behind /content, or by a reply to a file."""

import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from telegram import Message

_MARKS = dict.fromkeys(
    map(ord, "\u200e\u200f\u061c\u2066\u2067\u2068\u2069")
)  # around a copied name
_OURS = re.compile(r"/content (\S+)")


@dataclass(frozen=True, slots=True)
class Asked:
    """A place, or a name with or without its language; `until` is a day that was written."""

    name: str
    language: str | None = None
    until: date | None = None


def asked(words: Sequence[str]) -> Asked:
    """Read `<name> [language] [day]`, in whichever order the last two stand."""
    name, *rest = (word.translate(_MARKS) for word in words)
    days = [day for word in rest if (day := _day(word))]
    languages = [word.lower() for word in rest if not _day(word)]
    return Asked(name, next(iter(languages), None), next(iter(days), None))


def place_of_reply(message: Message) -> str | None:
    """The place that stands below the file of ours which this message answers."""
    answered = message.reply_to_message
    if answered is None or answered.from_user is None:
        return None
    found = _OURS.match(answered.caption or "")
    is_ours = answered.from_user.id == message.get_bot().id
    return found[1].translate(_MARKS) if is_ours and found else None


def _day(word: str) -> date | None:
    with suppress(ValueError):
        return date.fromisoformat(word)
    return None
