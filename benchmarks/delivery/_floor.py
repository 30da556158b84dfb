"""As little HTTP as can be: what the server takes, if a client costs next to nothing."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import cast
from urllib.parse import urlsplit

from benchmarks.delivery._messages import CALL, TOKEN
from bot.telegram_http import Body


class _Line(asyncio.Protocol):
    answered: asyncio.Future[None]

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)  # uvloop's derives from nothing

    def data_received(self, data: bytes) -> None:
        if data.endswith(b"}") and not self.answered.done():
            self.answered.set_result(None)

    def send(self, request: bytes) -> asyncio.Future[None]:
        self.answered = asyncio.get_running_loop().create_future()
        self._transport.write(request)
        return self.answered

    def close(self) -> None:
        self._transport.close()


@asynccontextmanager
async def floor(url: str) -> AsyncIterator[Callable[[int], Awaitable[None]]]:
    place, loop, body = urlsplit(url), asyncio.get_running_loop(), Body(CALL)
    assert place.hostname
    assert place.port
    host, port = place.hostname, place.port
    lines: list[_Line] = []
    idle: list[_Line] = []

    async def send(chat: int) -> None:
        if not idle:
            _, line = await loop.create_connection(_Line, host, port)
            lines.append(line)
            idle.append(line)
        line = idle.pop()
        written = body.to(chat)
        head = b"POST /bot%b/sendMessage HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n"
        await line.send(head % (TOKEN.encode(), len(written)) + written)
        idle.append(line)

    yield send
    for line in lines:
        line.close()
