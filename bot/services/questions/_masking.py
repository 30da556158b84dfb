"""What is kept of a question: never what would lead to somebody."""

import re
import unicodedata

LONGEST = 600  # characters; a file of questions takes no longer line
HIDDEN = "…"  # stands where something was left out; the same in every language
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")

# Each begins where a word does and gives nothing back, so that a long message costs no more time.
_ADDRESS = r"(?<![^\s@＠])[^\s@＠]*+[@＠]\w\S*"
_LINK = r"(?<!\w)(?:\w++://|www\.)\S*"
_ENDING = r"(?:(?i:com|org|net|info|io|me|app)|[a-z]{2})\b(?!\.\w)|[a-z]{2,24}(?=/)"
_SITE = rf"(?<![\w.-])(?:[\w-]++\.)+(?:{_ENDING})(?:/\S*)?"
_DIGITS = r"\+?[(\[]?\d(?:[\s().\[\]/\u2010-\u2015\u00a0+-]{0,3}\d){6,}"
_TRACE = re.compile(f"{_ADDRESS}|{_LINK}|{_SITE}|{_DIGITS}")


def kept_words(text: str) -> str:
    """The question as it is kept, on one line.

    Left out are links, e-mail addresses, names with @, and numbers of seven digits and more
    (telephones, accounts, papers; digits of any script). Names in plain words cannot be told from
    other words, so people see this before they say yes.
    """
    line = "".join(one if _is_plain(one) else " " for one in text)
    short = " ".join(_TRACE.sub(HIDDEN, line).split())
    return short if len(short) <= LONGEST else f"{short[: LONGEST - 1]}{HIDDEN}"


def _is_plain(one: str) -> bool:
    """No control character, and none that turns the direction of what follows."""
    return one not in _TURNING and unicodedata.category(one) not in {"Cc", "Cs"}
