"""One spelling for what people write in many: case, accents, apostrophes, Arabic letters."""

import unicodedata

_ARABIC = {"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه", "ـ": ""}
_LIGATURES = {"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l", "đ": "d"}
_APOSTROPHES = str.maketrans(dict.fromkeys("'’‘ʼ`´′＇"))
_DROPPED = {"Mn", "Me", "Cf"}  # accents, Arabic vowel marks, direction marks, zero-width joiners
_REMEMBERED = 4_000  # characters; nobody writes in more


class _Folding(dict[int, str]):
    """Each character is folded once, then looked up."""

    def __missing__(self, code: int) -> str:
        folded = _fold(chr(code))
        if len(self) < _REMEMBERED:
            self[code] = folded
        return folded


_FOLDED = _Folding()


def fold(text: str) -> str:
    """Lower case without accents, apostrophes (don't → dont) or marks; spaces and points stay."""
    return unicodedata.normalize("NFKD", text.translate(_APOSTROPHES)).translate(_FOLDED)


def _fold(char: str) -> str:
    if unicodedata.category(char) in _DROPPED:
        return ""
    if char.isdigit() and not char.isascii():
        return str(unicodedata.digit(char))
    lowered = char.lower()
    return "".join(_LIGATURES.get(part, _ARABIC.get(part, part)) for part in lowered)
