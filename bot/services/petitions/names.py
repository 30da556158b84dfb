"""Names that people put under a petition: any script, and nothing that is not a name."""

import re
import unicodedata

from bot.errors import NameRefused

MAX_NAME = 100
_DOMAINS = "com|org|net|info|io|me|xyz|link|site|online|app|gg|ly"  # Telegram makes links of them
_LINK = re.compile(rf"https?:|www\.|://|@|\w\.({_DOMAINS})\b", re.IGNORECASE)
_INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn"}
_FILLERS = {"\u115f", "\u1160", "\u3164", "\uffa0"}  # letters to Unicode, nothing to the eye
_JOINERS = {"\u200c", "\u200d"}  # they shape letters in Persian and in scripts of India
_MARKS = dict.fromkeys(map(ord, "\u200e\u200f\u061c\ufeff"))
_ISOLATES = "\u2066\u2067\u2068\u2069"  # around a name that was copied from a message of ours


def clean_name(typed: str) -> str:
    """The name as it will stand under the petition.

    Raises:
        NameRefused: It is empty, longer than `MAX_NAME` characters, holds a link or control
            characters. Direction marks come from keyboards and are dropped; overrides, which
            turn the words around them, are refused.
    """
    normal = unicodedata.normalize("NFC", typed).translate(_MARKS)
    name = " ".join(normal.strip(_ISOLATES + " \n\t").split())
    if not any(unicodedata.category(character)[0] == "L" for character in name):
        raise NameRefused(NameRefused.EMPTY)
    if len(name) > MAX_NAME:
        raise NameRefused(NameRefused.TOO_LONG)
    if "?" in name or "؟" in name:
        raise NameRefused(NameRefused.QUESTION)
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


def _is_control(character: str) -> bool:
    if character in _FILLERS:
        return True
    return unicodedata.category(character) in _INVISIBLE and character not in _JOINERS
