"""Starting and stopping, once and again."""

import pytest
from aiohttp import web
from telegram.error import NetworkError

from bot.telegram_http import AiohttpRequest
from tests.telegram_http.conftest import Serve


@pytest.fixture
async def root(serve: Serve) -> str:
    async def answer(request: web.Request) -> web.Response:
        return web.Response(body=b"here")

    return await serve(answer)


async def test_a_stopped_request_can_be_started_again(root: str) -> None:
    request = AiohttpRequest()
    for _ in range(2):
        async with request:
            assert await request.retrieve(root) == b"here"


async def test_starting_and_stopping_twice_is_no_fault(root: str) -> None:
    request = AiohttpRequest()
    await request.initialize()
    await request.initialize()
    assert await request.retrieve(root) == b"here"
    await request.shutdown()
    await request.shutdown()  # and no session is left open, which would warn


async def test_nothing_is_sent_before_the_start_or_after_the_end(root: str) -> None:
    request = AiohttpRequest()
    for sending in (request.do_request(root, "GET"), request.send(root, b"{}")):
        with pytest.raises(RuntimeError, match="not initialized"):
            await sending
    async with request:
        pass
    with pytest.raises(NetworkError, match="not initialized"):
        await request.retrieve(root)


async def test_a_failed_start_is_cleaned_up(root: str) -> None:
    class Failing(AiohttpRequest):
        async def initialize(self) -> None:
            await super().initialize()
            raise RuntimeError("the start failed")

    request = Failing()
    with pytest.raises(RuntimeError, match="the start failed"):
        async with request:
            pass
    with pytest.raises(RuntimeError, match="not initialized"):
        await request.do_request(root, "GET")


@pytest.mark.parametrize("seconds", [None, 1, 2.5])
def test_the_read_timeout_is_known_to_the_bot(seconds: float | None) -> None:
    assert AiohttpRequest(read_timeout=seconds).read_timeout == seconds
