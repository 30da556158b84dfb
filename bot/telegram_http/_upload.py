"""A limit on how long an upload may stand still."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import UploadTracker


@asynccontextmanager
async def moving(
    tracker: UploadTracker, size: int, connecting: float, still: float
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


async def _extend(limit: asyncio.Timeout, tracker: UploadTracker, size: int, still: float) -> None:
    written = 0
    while written < size:
        await asyncio.sleep(still / 4)
        if tracker.bytes_written > written:
            written = tracker.bytes_written
            limit.reschedule(asyncio.get_running_loop().time() + still)
    limit.reschedule(None)
