"""One spelling for what people write in many: case, accents, apostrophes, Arabic letters."""

import unicodedata

_ARABIC = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه", "ـ": None})
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l", "đ": "d"})
_APOSTROPHES = str.maketrans(dict.fromkeys("'’‘ʼ`´′＇"))
_DROPPED = {"Mn", "Me", "Cf"}  # accents, Arabic vowel marks, direction marks, zero-width joiners


def fold(text: str) -> str:
    """Lower case without accents, apostrophes (don't → dont) or marks; spaces and points stay."""
    decomposed = unicodedata.normalize("NFKD", text.translate(_APOSTROPHES))
    kept = (_plain(char) for char in decomposed if unicodedata.category(char) not in _DROPPED)
    return "".join(kept).lower().translate(_LIGATURES).translate(_ARABIC)


def _plain(char: str) -> str:
    return str(unicodedata.digit(char)) if char.isdigit() and not char.isascii() else char
