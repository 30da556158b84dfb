"""What we do otherwise than PTB with an answer; the rest is in test_ptb_cases."""

import logging
from collections.abc import Awaitable, Callable

import pytest
from aiohttp import web
from telegram import Bot
from telegram.error import (
    InvalidToken,
    NetworkError,
    TelegramError,
)

from bot.telegram_http import AiohttpRequest, NeverSent
from tests.telegram_http.conftest import TOKEN, Connect, Serve

Answering = Callable[..., Awaitable[Bot]]


@pytest.fixture
def answering(serve: Serve, connect: Connect) -> Answering:
    """A bot whose every request gets this status and body."""

    async def start(status: int, body: bytes, **headers: str) -> Bot:
        async def answer(request: web.Request) -> web.Response:
            return web.Response(status=status, body=body, headers=headers)

        return await connect(await serve(answer))

    return start


@pytest.mark.parametrize(
    ("body", "name"),
    [
        ('{"ok":true,"result":{"name":"Vigil ✓"}}'.encode(), "Vigil ✓"),
        (b'{"ok":true,"result":{"name":"a\x80b"}}', "a\ufffdb"),  # any client may send such bytes
        (b'{"ok":true,"result":{"name":"\\ud83d"}}', "\ud83d"),
        (b'{"result":{"name":"short"}}', "short"),
    ],
)
async def test_an_answer_is_read_even_when_its_text_is_odd(
    answering: Answering, body: bytes, name: str
) -> None:
    bot = await answering(200, body)

    assert (await bot.get_my_name()).name == name
    assert AiohttpRequest.parse_json_payload(body)["result"]["name"] == name


@pytest.mark.parametrize(
    "body", [b"", b"<html>Log in to our Wi-Fi</html>", b"[1]", b"{}", b'{"ok":true}', b'{"a":1}']
)
async def test_an_answer_that_is_not_telegrams_is_refused_and_not_logged(
    answering: Answering, body: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    bot = await answering(200, body)

    with caplog.at_level(logging.WARNING), pytest.raises(TelegramError, match="Invalid server"):
        await bot.send_message(5, "hello")

    assert not caplog.records


@pytest.mark.parametrize("body", [b"<html>Bad gateway</html>", b"[]", b"nothing", b""])
async def test_an_error_page_is_told_by_its_status(answering: Answering, body: bytes) -> None:
    bot = await answering(502, body)

    with pytest.raises(NetworkError, match=r"^Bad Gateway \(502\)$") as caught:
        await bot.send_message(5, "hello")

    assert not isinstance(caught.value, NeverSent)  # who knows what the server behind it did


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("text/html", f"<p>/bot{TOKEN}/sendMessage not found</p>"),
        ("application/json", f'{{"ok":false,"description":"/bot{TOKEN}/sendMessage not found"}}'),
    ],
)
async def test_an_error_that_quotes_the_path_does_not_show_the_token(
    answering: Answering, kind: str, body: str
) -> None:
    bot = await answering(404, body.encode(), **{"Content-Type": kind})

    with pytest.raises(InvalidToken) as caught:
        await bot.send_message(5, "hello")

    assert TOKEN not in str(caught.value)


async def test_a_redirect_is_not_followed(serve: Serve, connect: Connect) -> None:
    async def elsewhere(request: web.Request) -> web.Response:
        raise AssertionError("the token went elsewhere")

    target = await serve(elsewhere)

    async def answer(request: web.Request) -> web.Response:
        raise web.HTTPTemporaryRedirect(target + request.path)

    bot = await connect(await serve(answer))

    with pytest.raises(NetworkError, match="307"):
        await bot.send_message(5, "hello")


async def test_a_file_is_fetched_as_it_is(serve: Serve, connect: Connect) -> None:
    async def answer(request: web.Request) -> web.Response:
        assert request.method == "GET"
        return web.Response(body=b'{"not": "parsed\x80')

    root = await serve(answer)
    bot = await connect(root)

    assert await bot.request.retrieve(f"{root}/file/bot{TOKEN}/a.pdf") == b'{"not": "parsed\x80'


async def test_the_bare_exchange_gives_status_and_body(serve: Serve, connect: Connect) -> None:
    async def answer(request: web.Request) -> web.Response:
        return web.Response(status=218, body=b"content")

    root = await serve(answer)
    bot = await connect(root)

    assert await bot.request.do_request(root, "GET") == (218, b"content")
