"""Requests and answers as bytes."""

import json
from collections.abc import Mapping
from typing import Any

import orjson

JSON_HEADERS = {"Content-Type": "application/json"}


def dumps(parameters: Mapping[str, Any]) -> bytes:
    """Encode what PTB hands over; numbers and truths may be keys in it, as in the standard's json.

    Raises:
        TypeError: Something in it is nothing JSON knows. The message may quote it.
    """
    return orjson.dumps(parameters, option=orjson.OPT_NON_STR_KEYS)


def loads(payload: bytes) -> Any:
    """Parse JSON as leniently as PTB: bad bytes are replaced, lone surrogates let through.

    Raises:
        ValueError: It is not JSON.
    """
    try:
        return orjson.loads(payload)
    except orjson.JSONDecodeError:
        return json.loads(payload.decode(errors="replace"))


def without_token(payload: bytes, url: str) -> bytes:
    """An error's body, fit to stand in an exception.

    PTB quotes a body that is no JSON, and a proxy's error page quotes the path, token and all.
    """
    try:
        parsed = loads(payload)
    except ValueError:
        parsed = None
    if not isinstance(parsed, dict):
        return b'{"ok":false}'
    token = url.partition("/bot")[2].partition("/")[0]
    return payload.replace(token.encode(), b"<token>") if token else payload
