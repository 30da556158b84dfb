"""The bulk send: the same bytes on the wire and the same exceptions as PTB's own methods."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from aiohttp import web
from markupsafe import Markup
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions
from telegram.constants import ParseMode
from telegram.error import TelegramError

from bot.telegram_http import Body, NeverSent
from tests.telegram_http.conftest import TOKEN, Connect, Open, Serve

PARAMS: dict[str, Any] = {
    "text": Markup("“Free Samira” – حرية"),
    "parse_mode": ParseMode.HTML,
    "link_preview_options": LinkPreviewOptions(is_disabled=True),
    "reply_markup": InlineKeyboardMarkup([[InlineKeyboardButton("Sign", callback_data="s:1")]]),
    "protect_content": None,
}


@pytest.mark.parametrize(
    ("params", "address", "whole"),
    [
        ({"text": "a"}, (5,), {"chat_id": 5, "text": "a"}),
        ({"text": "a"}, (-1001234567890,), {"chat_id": -1001234567890, "text": "a"}),
        ({}, (5,), {"chat_id": 5}),
        ({}, (-5, 7), {"chat_id": -5, "message_id": 7}),
        ({"caption": "%d %b {}"}, (5, 7), {"chat_id": 5, "message_id": 7, "caption": "%d %b {}"}),
        ({"caption": None}, (5,), {"chat_id": 5}),
    ],
)
def test_a_body_is_one_object_that_begins_with_its_address(
    params: dict[str, Any], address: tuple[int, ...], whole: dict[str, Any]
) -> None:
    body = json.loads(Body(params).to(*address))

    assert list(body.items()) == list(whole.items())


@pytest.mark.parametrize("own", ["chat_id", "message_id"])
def test_a_body_takes_no_address_of_its_own(own: str) -> None:
    with pytest.raises(ValueError, match=own):
        Body({own: 5, "text": "to one instead of all"})


@pytest.mark.parametrize("value", [object(), "\ud83d", datetime(2027, 1, 1, tzinfo=UTC), 2**70])
def test_what_cannot_be_encoded_is_refused_and_not_repeated(value: object) -> None:
    with pytest.raises(TelegramError, match="cannot be built") as caught:
        Body({"text": "secret", "x": value})

    assert "secret" not in repr(caught.value)
    assert caught.value.__context__ is None


async def test_the_wire_carries_what_ptb_would_send(
    serve: Serve, connect: Connect, opened: Open
) -> None:
    heard = []

    async def answer(request: web.Request) -> web.Response:
        heard.append((request.path, request.content_type, await request.json()))
        return web.json_response({"ok": True, "result": {"message_id": 77}})

    root = await serve(answer)
    bot = await connect(root)
    sent = await (await opened()).send(f"{root}/bot{TOKEN}/sendMessage", Body(PARAMS).to(-100123))
    with pytest.raises(KeyError):  # our short answer is no message to PTB
        await bot.send_message(-100123, **PARAMS)

    assert sent == 77
    assert heard[0] == heard[1]


@pytest.mark.parametrize(
    ("result", "made"),
    [({"message_id": 5, "text": "x"}, 5), (True, None), ([{"message_id": 5}], None), ({}, None)],
)
async def test_the_message_is_named_where_there_is_one(
    serve: Serve, opened: Open, result: object, made: int | None
) -> None:
    async def answer(request: web.Request) -> web.Response:
        return web.json_response({"ok": True, "result": result})

    root = await serve(answer)

    assert await (await opened()).send(root, Body({}).to(5)) == made


@pytest.mark.parametrize(
    ("status", "answered"),
    [
        *(
            (status, b'{"ok":false,"description":"no"}')
            for status in (302, 400, 401, 403, 404, 409, 413, 429, 500, 502, 504, 599)
        ),
        (400, b'{"ok":false,"description":"moved","parameters":{"migrate_to_chat_id":-100123}}'),
        (429, b'{"ok":false,"description":"wait","parameters":{"retry_after":42}}'),
        (400, b'{"ok":false,"parameters":{"unknown":"42"}}'),
        (502, b"<html>Bad gateway</html>"),
        (404, f"<p>/bot{TOKEN}/sendMessage not found</p>".encode()),
        (200, b"<html>Log in to our Wi-Fi</html>"),
        (200, b"{}"),
    ],
)
async def test_a_refusal_is_raised_as_ptb_raises_it(
    serve: Serve, connect: Connect, opened: Open, status: int, answered: bytes
) -> None:
    async def answer(request: web.Request) -> web.Response:
        return web.Response(status=status, body=answered)

    root = await serve(answer)
    bot = await connect(root)
    with pytest.raises(TelegramError) as usual:
        await bot.send_message(5, "hello")
    with pytest.raises(TelegramError) as bulk:
        await (await opened()).send(f"{root}/bot{TOKEN}/sendMessage", Body({}).to(5))

    assert bulk.value.__reduce__() == usual.value.__reduce__()  # class and all it holds
    assert TOKEN not in repr(bulk.value)


async def test_a_success_without_a_result_is_no_answer_of_telegram(
    serve: Serve, opened: Open
) -> None:
    async def answer(request: web.Request) -> web.Response:
        return web.json_response({"ok": False})

    root = await serve(answer)

    with pytest.raises(TelegramError, match="Invalid server response"):
        await (await opened()).send(root, Body({}).to(5))


async def test_a_bulk_send_that_reached_nobody_says_so(opened: Open) -> None:
    with pytest.raises(NeverSent) as caught:
        await (await opened()).send(f"http://127.0.0.1:9/bot{TOKEN}/sendMessage", b"{}")

    assert TOKEN not in repr(caught.value)
    assert caught.value.__context__ is None
