"""Bodies of requests, and answers, as bytes."""

import asyncio
import io
import json
from typing import Any

import aiohttp
import orjson
from telegram.request import RequestData

JSON_HEADERS = {"Content-Type": "application/json"}


async def form(data: RequestData) -> aiohttp.FormData:
    """A multipart form, fresh for each attempt: aiohttp uses up and closes what it sends."""
    # Telegram shows a file's name as it is sent; quoting would show people "%C3%A9.pdf".
    fields = aiohttp.FormData(quote_fields=False, default_to_multipart=True)
    for name, value in data.json_parameters.items():
        fields.add_field(name, value)
    for name, (filename, content, mimetype) in data.multipart_data.items():
        held = content if isinstance(content, bytes) else await asyncio.to_thread(_whole, content)
        # As a stream, since aiohttp would write a large `bytes` in one piece and block the loop.
        fields.add_field(name, io.BytesIO(held), filename=filename, content_type=mimetype)
    return fields


def _whole(handle: Any) -> bytes:
    """All of an open file, from its start, for a retry meets it at its end."""
    handle.seek(0)
    content: bytes = handle.read()
    return content


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
