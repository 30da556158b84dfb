"""Files on their way up: a form, and a limit on how long it may stand still."""

import asyncio
import io
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from typing import Any

import aiohttp
from telegram.request import RequestData

from bot.telegram_http._timeouts import Timeouts


async def upload(
    data: RequestData, timeouts: Timeouts
) -> tuple[dict[str, Any], AbstractAsyncContextManager[None]]:
    """What aiohttp is to send, fresh for each attempt, and the watch to keep around it."""
    form = (await _form(data))()
    tracker = aiohttp.UploadTracker()
    options = {"data": form, "upload_tracker": tracker}
    if timeouts.write is None or timeouts.connecting is None or form.size is None:
        return options, nullcontext()
    return options, _moving(tracker, form.size, timeouts.connecting, timeouts.write)


async def _form(data: RequestData) -> aiohttp.FormData:
    """A multipart form; aiohttp uses up and closes what it sends."""
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


@asynccontextmanager
async def _moving(
    tracker: aiohttp.UploadTracker, size: int, connecting: float, still: float
) -> AsyncIterator[None]:
    """End the block with TimeoutError once no byte has left for `still` seconds.

    aiohttp has no write timeout, and a limit on the whole upload would fail slow lines that get
    on. Until the first byte `connecting` seconds are allowed on top; after the last of `size`
    bytes there is no limit, for then the read timeout runs.
    """
    async with asyncio.timeout(connecting + still) as limit:
        watch = asyncio.create_task(_extend(limit, tracker, size, still))
        try:
            yield
        finally:
            watch.cancel()


async def _extend(
    limit: asyncio.Timeout, tracker: aiohttp.UploadTracker, size: int, still: float
) -> None:
    written = 0
    while written < size:
        await asyncio.sleep(still / 4)
        if tracker.bytes_written > written:
            written = tracker.bytes_written
            limit.reschedule(asyncio.get_running_loop().time() + still)
    limit.reschedule(None)
