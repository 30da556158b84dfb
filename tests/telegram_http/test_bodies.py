"""What goes over the wire: JSON without files, a form with them."""

import io
from typing import Any

import pytest
from aiohttp import web
from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputFile,
    InputMediaDocument,
    InputMediaPhoto,
    LinkPreviewOptions,
)

from tests.telegram_http.conftest import Connect, Serve

MESSAGE = {"message_id": 1, "date": 0, "chat": {"id": 5, "type": "private"}}


Heard = tuple[Bot, list[tuple[web.Request, Any]]]


@pytest.fixture
async def heard(serve: Serve, connect: Connect) -> Heard:
    """A bot, and the list of what the server heard: (request, its body)."""
    requests: list[tuple[web.Request, Any]] = []

    async def answer(request: web.Request) -> web.Response:
        if request.content_type == "multipart/form-data":
            fields = await request.post()
            body: object = {
                name: (field.filename, field.content_type, field.file.read())
                if isinstance(field, web.FileField)
                else field
                for name, field in fields.items()
            }
        else:
            body = await request.json()
        requests.append((request, body))
        album = request.path.endswith("/sendMediaGroup")
        return web.json_response({"ok": True, "result": [MESSAGE, MESSAGE] if album else MESSAGE})

    return await connect(await serve(answer)), requests


async def test_a_request_without_files_is_one_json_object(heard: Heard) -> None:
    bot, requests = heard

    await bot.send_message(
        5,
        "“Free Samira” – حرية",
        link_preview_options=LinkPreviewOptions(is_disabled=True),
        reply_markup=InlineKeyboardMarkup([[InlineKeyboardButton("Sign", callback_data="s:1")]]),
        disable_notification=False,
    )

    request, body = requests[0]
    assert request.method == "POST"
    assert request.path.endswith("/sendMessage")
    assert request.headers["Content-Type"] == "application/json"
    assert "python-telegram-bot" in request.headers["User-Agent"]
    assert body == {
        "chat_id": 5,
        "text": "“Free Samira” – حرية",
        "link_preview_options": {"is_disabled": True},
        "reply_markup": {"inline_keyboard": [[{"text": "Sign", "callback_data": "s:1"}]]},
        "disable_notification": False,
    }


async def test_a_request_without_parameters_is_an_empty_object(
    serve: Serve, connect: Connect
) -> None:
    bodies = []

    async def answer(request: web.Request) -> web.Response:
        bodies.append(await request.json())
        return web.json_response({"ok": True, "result": True})

    bot = await connect(await serve(answer))

    assert await bot.log_out()
    assert bodies == [{}]


@pytest.mark.parametrize("name", ["report.pdf", 'the "list".pdf', "رسالة.pdf"])
async def test_a_file_goes_as_a_form_beside_its_parameters(heard: Heard, name: str) -> None:
    bot, requests = heard

    await bot.send_document(5, b"%PDF", filename=name, caption="é", protect_content=True)

    request, body = requests[0]
    assert request.content_type == "multipart/form-data"
    assert body == {
        "chat_id": "5",
        "caption": "é",
        "protect_content": "true",
        "document": (name, "application/pdf", b"%PDF"),
    }


async def test_files_inside_an_album_are_attached_by_name(heard: Heard) -> None:
    bot, requests = heard

    await bot.send_media_group(
        5, [InputMediaPhoto(b"one"), InputMediaDocument(b"two", filename="b.txt")]
    )

    _, body = requests[0]
    assert isinstance(body, dict)
    files = {name: value for name, value in body.items() if isinstance(value, tuple)}
    assert sorted(content for _, _, content in files.values()) == [b"one", b"two"]
    assert all(f"attach://{name}" in body["media"] for name in files)


async def test_a_large_file_arrives_whole(heard: Heard) -> None:
    bot, requests = heard
    content = bytes(range(256)) * 4096 * 12  # 12 MB

    await bot.send_document(5, content, filename="backup.bin")

    assert requests[0][1]["document"][2] == content


async def test_an_open_file_is_sent_again_from_its_start(heard: Heard) -> None:
    bot, requests = heard
    file = io.BytesIO(b"picture")

    for _ in range(2):
        await bot.send_photo(5, InputFile(file, read_file_handle=False, filename="p.jpg"))

    assert [body["photo"][2] for _, body in requests] == [b"picture", b"picture"]
    assert not file.closed
