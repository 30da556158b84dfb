"""Where a link leads."""

import re
from urllib.parse import urlsplit

from playground.wire import Json

MENTION = re.compile(r"tg://user/?\?id=(\d+)")
SCHEMES = frozenset({"http", "https", "tg", "ton", "tonsite"})
HOST = re.compile(r"[^\s/?#@.]+(\.[^\s/?#@.]+)+|localhost")


def link(href: str) -> Json | None:
    """The entity fields of a link; None for an address that Telegram drops without a word."""
    mention = MENTION.fullmatch(href)
    if mention:
        return {"type": "text_mention", "user": {"id": int(mention[1])}}
    address = valid_url(href)
    return {"type": "text_link", "url": address} if address else None


def valid_url(text: str) -> str | None:
    """The address in the form in which Telegram hands it on, or None."""
    text = text.strip()
    if "://" not in text:
        text = f"http://{text}"
    try:
        parts = urlsplit(text)
        host = parts.hostname or ""
    except ValueError:
        return None
    if parts.scheme not in SCHEMES or not host:
        return None
    if parts.scheme in {"http", "https"}:
        if not HOST.fullmatch(host):
            return None
        return text if parts.path else parts._replace(path="/").geturl()
    return text
