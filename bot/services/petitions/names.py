"""Names that people put under a petition: any script, and nothing that is not a name."""

import re
import unicodedata

from bot.errors import NameRefused

MAX_NAME = 100
# After one letter and a dot comes the rest of a name, unless it is one of these, as in t.me.
_ENDINGS = "com|org|net|info|io|me|co|xyz|link|site|online|app|gg|ly"
_LINK = re.compile(
    r"\b(https?|ftp|mailto|tel|tg):|://|@|\bwww\."
    r"|\w{2}[.。][^\W\d_]{2}|\w[.。][^\W\d_]{2,}/|\d[.。][^\W\d_]{2}|\d(\.\d+){3}"
    rf"|\w[.。]({_ENDINGS})\b",
    re.IGNORECASE,
)
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
    if _LINK.search(_letters(name)):
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


def _letters(name: str) -> str:
    """The name without what letters are combined with, wide letters and dots as plain ones.

    So an address is found in any script, and however its dots are written.
    """
    plain = unicodedata.normalize("NFKC", name)
    return "".join(one for one in plain if unicodedata.category(one)[0] not in "MC")


def _is_control(character: str) -> bool:
    if character in _FILLERS:
        return True
    return unicodedata.category(character) in _INVISIBLE and character not in _JOINERS
