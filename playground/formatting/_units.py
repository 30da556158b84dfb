"""Lengths as Telegram counts them."""


def units(text: str) -> int:
    """UTF-16 code units: an emoji outside the basic plane counts two."""
    return len(text) + sum(character > "\uffff" for character in text)


def cut(text: str, start: int, end: int) -> str:
    """The part between two offsets in UTF-16 code units."""
    return text.encode("utf-16-le")[start * 2 : end * 2].decode("utf-16-le", "ignore")
