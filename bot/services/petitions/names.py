"""Names that people put under a petition: any script, and nothing that is not a name."""

import re
import unicodedata

from bot.errors import NameRefused

MAX_NAME = 100
_LINK = re.compile(r"https?:|www\.|t\.me/|://|@\w{4}", re.IGNORECASE)
_INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn"}
_JOINERS = {"\u200c", "\u200d"}  # they shape letters in Persian and in scripts of India


def clean_name(typed: str) -> str:
    """The name as it will stand under the petition.

    Raises:
        NameRefused: It is empty, longer than `MAX_NAME` characters, holds a link or control
            characters. Direction marks at the ends come from keyboards and are dropped.
    """
    name = " ".join(_without_marks(unicodedata.normalize("NFC", typed)).split())
    if not any(unicodedata.category(character)[0] == "L" for character in name):
        raise NameRefused(NameRefused.EMPTY)
    if len(name) > MAX_NAME:
        raise NameRefused(NameRefused.TOO_LONG)
    if _LINK.search(name):
        raise NameRefused(NameRefused.LINK)
    if any(_is_control(character) for character in name):
        raise NameRefused(NameRefused.CONTROL)
    return name


def profile_name(full_name: str) -> str | None:
    """The name of a Telegram profile, when it can stand under a petition."""
    try:
        return clean_name(full_name)
    except NameRefused:
        return None


def _without_marks(text: str) -> str:
    return text.strip("\u200e\u200f\u061c\ufeff\u2066\u2067\u2068\u2069 \n\t")


def _is_control(character: str) -> bool:
    return unicodedata.category(character) in _INVISIBLE and character not in _JOINERS
