"""PTB 22.8's tests of its own request classes, as a list of cases that ours passes over HTTP.

Here: what each answer raises or gives (`test_chat_migrated`, `test_retry_after`,
`test_unknown_request_params`, `test_error_description`, `test_special_errors`,
`test_replaced_unprintable_char`, `test_illegal_json_response`, `test_retrieve`), what `do_request`
passes on (`…_params_no_data`, `…_params_with_data`, `…_return_value`), and all of
`test_requestparameter.py` and `test_requestdata.py` that reaches the wire.

In the modules beside this one: time-outs of each kind, given at the start and by the call, a full
pool, lost connections (test_faults); initialising, shutting down, a start that fails, use after the
end, `read_timeout` (test_lifecycle); files read late (test_bodies); an answer that is not to be
parsed, which PTB logs and quotes and we do neither (`test_error_parsing_payload`, in test_answers).

Of HTTPX alone, and left out: HTTP/2 and `http_version`, `httpx_kwargs`, `socket_options`, SOCKS,
`__slots__`, `media_write_timeout` (ours limits standing still, at any length), URL-encoded
parameters (no request class uses them), media without an attachment's name ("will never happen").
"""

import json
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from telegram import (
    InputFile,
    InputMediaPhoto,
    InputMediaVideo,
    InputProfilePhotoAnimated,
    InputProfilePhotoStatic,
    InputSticker,
    InputStoryContentPhoto,
    InputStoryContentVideo,
    MessageEntity,
)
from telegram.constants import ChatType
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from tests.telegram_http.conftest import Connect, Open, Serve

NO = b'{"ok":false}'
DESCRIBED = b'{"ok":false,"description":"Test Message"}'
BY_STATUS: dict[int, type[TelegramError]] = {
    400: BadRequest,
    401: InvalidToken,
    403: Forbidden,
    404: InvalidToken,
    409: Conflict,
    413: NetworkError,
    429: NetworkError,
    500: NetworkError,
    502: NetworkError,
    503: NetworkError,
    504: NetworkError,
    599: NetworkError,
}


def phrase(status: int) -> str:
    known = status in {one.value for one in HTTPStatus}
    return HTTPStatus(status).phrase if known else "Unknown HTTPError"


REFUSALS: list[tuple[int, bytes, type[TelegramError], str]] = [
    *(
        (status, NO, kind, rf"^{phrase(status)} \({status}\)$")
        for status, kind in BY_STATUS.items()
    ),
    *((status, DESCRIBED, kind, "^Test Message$") for status, kind in BY_STATUS.items()),
    (400, b'{"ok":"False","parameters":{"migrate_to_chat_id":123}}', ChatMigrated, "id: 123$"),
    (400, b'{"ok":"False","parameters":{"retry_after":42}}', RetryAfter, "^Flood.* Retry in"),
    (429, b'{"ok":false,"parameters":{"retry_after":42}}', RetryAfter, "^Flood.* Retry in"),
    (400, b'{"ok":"False","parameters":{"unknown":"42"}}', BadRequest, "{'unknown': '42'}"),
    (200, b'{result: "test_string"}', TelegramError, "^Invalid server response$"),
]


@pytest.mark.parametrize(("status", "body", "kind", "match"), REFUSALS)
async def test_an_answer_raises_what_ptb_says(
    serve: Serve, opened: Open, status: int, body: bytes, kind: type[TelegramError], match: str
) -> None:
    async def answer(request: web.Request) -> web.Response:
        return web.Response(status=status, body=body)

    request, root = await opened(), await serve(answer)

    with pytest.raises(kind, match=match) as caught:
        await request.post(root)

    assert type(caught.value) is kind  # above all, no NeverSent
    if isinstance(caught.value, ChatMigrated):
        assert caught.value.new_chat_id == 123
    if isinstance(caught.value, RetryAfter):
        assert caught.value.retry_after == timedelta(seconds=42)


async def test_bytes_that_are_no_text_are_replaced_unless_it_is_a_file(
    serve: Serve, opened: Open
) -> None:
    odd = b'{"result":"test_string\x80"}'

    async def answer(request: web.Request) -> web.Response:
        return web.Response(body=odd)

    request, root = await opened(), await serve(answer)

    for parsed in ({"result": await request.post(root)}, request.parse_json_payload(odd)):
        assert parsed == {"result": "test_string\ufffd"}
    assert await request.retrieve(root) == odd


async def test_a_request_passes_on_method_and_address_and_gives_status_and_content(
    serve: Serve, opened: Open
) -> None:
    async def answer(request: web.Request) -> web.Response:
        assert await request.read() == b""
        return web.Response(status=218, text=f"{request.method} {request.raw_path}")

    request, root = await opened(), await serve(answer)

    assert await request.do_request(f"{root}/a%20b?c=1", "PUT") == (218, b"PUT /a%20b?c=1")


class Custom(Sequence[str]):
    def __getitem__(self, index: Any) -> Any:
        return ["item1", "item2"][index]

    def __len__(self) -> int:
        return 2


ENTITY = MessageEntity("type", 1, 1)
WHEN = datetime(2019, 11, 11, 0, 26, 16, 10**5, UTC)
VALUES: dict[str, tuple[object, object]] = {  # as given, and as Telegram reads it
    "integer": (1, 1),
    "string": ("one", "one"),
    "truth": (True, True),
    "list": ([1, "1"], [1, "1"]),
    "tuple": ((1,), [1]),
    "sequence": (Custom(), ["item1", "item2"]),
    "truth_as_key": ({True: None}, {"true": None}),
    "number_as_key": ({1: 1.0}, {"1": 1.0}),
    "enumeration": (ChatType.PRIVATE, "private"),
    "tg_object": (ENTITY, {"type": "type", "offset": 1, "length": 1}),
    "time": (WHEN, 1573431976),
    "span": (timedelta(days=42), 42 * 24 * 60 * 60),
    "split_second": (timedelta(milliseconds=1), 0.001),
    "mixed": (
        [True, "str", ENTITY, ChatType.PRIVATE, WHEN],
        [True, "str", {"type": "type", "offset": 1, "length": 1}, "private", 1573431976],
    ),
}


@pytest.fixture
async def heard(serve: Serve, connect: Connect) -> tuple[Callable[..., Any], list[Any]]:
    """A call with any parameters, and the list of what the server understood of it."""
    bodies: list[Any] = []

    async def answer(request: web.Request) -> web.Response:
        if request.content_type != "multipart/form-data":
            bodies.append(await request.json())
        else:
            fields = await request.post()
            bodies.append(
                {
                    name: field.file.read() if isinstance(field, web.FileField) else field
                    for name, field in fields.items()
                }
            )
        return web.json_response({"ok": True, "result": {}})

    bot = await connect(await serve(answer))

    async def call(**params: object) -> Any:
        await bot.do_api_request("send_it", api_kwargs=params)
        return bodies[-1]

    return call, bodies


async def test_each_kind_of_value_arrives_with_and_without_files(
    heard: tuple[Callable[..., Any], list[Any]],
) -> None:
    call, _ = heard
    given = {name: value for name, (value, _) in VALUES.items()}
    read = {name: value for name, (_, value) in VALUES.items()}

    assert await call(**given, nothing=None) == read
    with_files = await call(**given, nothing=None, file=InputFile(b"data"))

    assert with_files.pop("file") == b"data"
    assert {name: _unquoted(value) for name, value in with_files.items()} == read


def _unquoted(field: str) -> object:
    """A field of a form: JSON, but for a string, which stands as it is."""
    try:
        return json.loads(field)
    except ValueError:
        return field


async def test_bytes_are_no_value(heard: tuple[Callable[..., Any], list[Any]]) -> None:
    call, bodies = heard

    for beside in ({}, {"file": InputFile(b"data")}):
        with pytest.raises(TelegramError, match="cannot be built"):
            await call(input=b"test_input", **beside)
    assert not bodies


PHOTO, VIDEO, THUMB = b"photo", b"video", b"thumb"
FILES: list[tuple[Callable[[], object], list[bytes]]] = [
    (lambda: InputFile(PHOTO, attach=True), [PHOTO]),
    (lambda: [InputFile(PHOTO, attach=True), InputFile(VIDEO, attach=True)], [PHOTO, VIDEO]),
    (lambda: InputMediaPhoto(PHOTO), [PHOTO]),
    (lambda: InputMediaVideo(VIDEO, thumbnail=THUMB), [VIDEO, THUMB]),
    (
        lambda: [InputMediaVideo(VIDEO, thumbnail=THUMB), InputMediaPhoto(PHOTO)],
        [VIDEO, THUMB, PHOTO],
    ),
    (lambda: InputProfilePhotoStatic(PHOTO), [PHOTO]),
    (lambda: InputProfilePhotoAnimated(VIDEO, timedelta(seconds=42)), [VIDEO]),
    (lambda: InputSticker(PHOTO, ["emoji"], "static"), [PHOTO]),
    (lambda: InputStoryContentPhoto(PHOTO), [PHOTO]),
    (lambda: InputStoryContentVideo(VIDEO), [VIDEO]),
]


@pytest.mark.parametrize(("made", "contents"), FILES)
async def test_files_within_a_value_are_attached_by_name(
    heard: tuple[Callable[..., Any], list[Any]], made: Callable[[], object], contents: list[bytes]
) -> None:
    call, _ = heard
    fields = await call(it=made())

    value = fields.pop("it")
    assert list(fields.values()) == contents
    assert all(f"attach://{name}" in value for name in fields)


@pytest.mark.parametrize(
    "kind", [InputProfilePhotoStatic, InputStoryContentPhoto, InputStoryContentVideo]
)
async def test_a_path_is_named_and_not_read(
    heard: tuple[Callable[..., Any], list[Any]], tmp_path: Path, kind: Callable[[Path], Any]
) -> None:
    call, _ = heard
    file = tmp_path / "a.jpg"
    file.write_bytes(PHOTO)

    assert file.as_uri() in (await call(it=kind(file)))["it"].values()
