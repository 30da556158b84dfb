"""A Bot API that answers as the test says, and a bot that speaks to it."""

import asyncio
import traceback
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, suppress
from typing import Any

import pytest
from aiohttp import web
from telegram import Bot

from bot.telegram_http import AiohttpRequest

TOKEN = "123456:A-secret_that-nobody-may-read"

Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]
Wire = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]
Serve = Callable[[Answer], Awaitable[str]]
Listen = Callable[[Wire], Awaitable[str]]
Open = Callable[..., Awaitable[AiohttpRequest]]
Connect = Callable[..., Awaitable[Bot]]


@pytest.fixture
async def running() -> AsyncIterator[AsyncExitStack]:
    async with AsyncExitStack() as stack:
        yield stack


@pytest.fixture
def serve(running: AsyncExitStack) -> Serve:
    """Serve HTTP; gives the root of its addresses."""

    async def start(answer: Answer) -> str:
        app = web.Application(client_max_size=2**26)
        app.router.add_route("*", "/{path:.*}", answer)
        runner = web.AppRunner(app, shutdown_timeout=0)
        await runner.setup()
        running.push_async_callback(runner.cleanup)
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        return f"http://127.0.0.1:{runner.addresses[0][1]}"

    return start


@pytest.fixture
def wire(running: AsyncExitStack) -> Listen:
    """Serve bare TCP, for what no HTTP server would do; gives host and port.

    A connection that the behaviour leaves open stays so until the test ends.
    """
    ended = asyncio.Event()
    lines: set[asyncio.Task[None]] = set()

    async def start(behave: Wire) -> str:
        async def line(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            task = asyncio.current_task()
            assert task
            lines.add(task)
            with suppress(asyncio.IncompleteReadError, ConnectionError):
                await behave(reader, writer)
            await ended.wait()
            writer.transport.abort()

        async def close() -> None:
            server.close()
            ended.set()
            await asyncio.gather(*lines)

        server = await asyncio.start_server(line, "127.0.0.1", 0)
        running.push_async_callback(close)
        return f"127.0.0.1:{server.sockets[0].getsockname()[1]}"

    return start


@pytest.fixture
def opened(running: AsyncExitStack) -> Open:
    """A request that is ready to send."""

    async def start(**options: Any) -> AiohttpRequest:
        request = AiohttpRequest(**options)
        await running.enter_async_context(request)
        return request

    return start


@pytest.fixture
def connect(opened: Open) -> Connect:
    """A bot at that address."""

    async def start(root: str, **options: Any) -> Bot:
        request = await opened(**options)
        # The bot itself is not initialised: that would ask getMe first.
        return Bot(TOKEN, base_url=f"{root}/bot", request=request, get_updates_request=request)

    return start


def all_that_is_told(error: BaseException) -> str:
    """Everything a log could print of an exception, and of those behind it."""
    assert error.__cause__ is None
    assert error.__context__ is None
    return "".join([str(error), repr(error), *traceback.format_exception(error)])
