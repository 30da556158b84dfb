"""Character references such as `&lt;` in Telegram's HTML."""

import re

REFERENCE = re.compile(r"&(?:#(?P<decimal>\d{1,8})|#x(?P<hex>[0-9a-fA-F]{1,7})|(?P<name>[a-z]+));?")
NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}


def decoded(found: re.Match[str]) -> str | None:
    """The character, or None when Telegram leaves the reference as it stands."""
    if found["name"]:
        return NAMED.get(found["name"])
    code = int(found["decimal"]) if found["decimal"] else int(found["hex"], 16)
    is_character = 0 < code < 0x10FFFF and not 0xD800 <= code <= 0xDFFF
    return chr(code) if is_character else None
