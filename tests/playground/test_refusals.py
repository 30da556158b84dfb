from datetime import timedelta
from typing import Any

import pytest
from aiohttp import ClientSession
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from playground.methods import METHODS
from playground.server import serve
from playground.world import World
from tests.playground.wire import PNG, Wire

LABEL = {"text": "Go"}
WRONG_BUTTON = "can't parse inline keyboard button"


def keyboard(*buttons: Any) -> Any:
    return {"inline_keyboard": [list(buttons)]}


async def test_unknown_methods_and_wrong_tokens(wire: Wire) -> None:
    assert await wire.call("sendPigeon") == (
        404,
        {"ok": False, "error_code": 404, "description": "Not Found"},
    )
    async with wire.session.post(f"{wire.url}/bot1:wrong/getMe") as answer:
        assert answer.status == 401
        assert await answer.json() == {
            "ok": False,
            "error_code": 401,
            "description": "Unauthorized",
        }


async def test_method_names_have_no_letter_case(wire: Wire) -> None:
    assert (await wire.ok("GETME"))["username"] == "vigil_playground_bot"


@pytest.mark.parametrize(
    ("params", "description"),
    [
        ({}, "Bad Request: message text is empty"),
        ({"text": " \n "}, "Bad Request: message text is empty"),
        ({"text": "<b> </b>", "parse_mode": "HTML"}, "Bad Request: message text is empty"),
        ({"text": "x" * 4097}, "Bad Request: message is too long"),
        ({"text": "😀" * 2049}, "Bad Request: message is too long"),
        ({"text": "x", "parse_mode": "Word"}, "Bad Request: unsupported parse_mode"),
        (
            {"text": "x", "parse_mode": "MarkdownV2"},
            "Bad Request: the playground reads HTML and entities, but not MarkdownV2",
        ),
        (
            {"text": "x", "entities": [{"type": "huge", "offset": 0, "length": 1}]},
            "Bad Request: can't parse MessageEntity: Unsupported type specified",
        ),
        (
            {"text": "x", "reply_parameters": {"message_id": 999}},
            "Bad Request: message to be replied not found",
        ),
        ({"text": "x", "chat_id": ""}, "Bad Request: chat_id is empty"),
        ({"text": "x", "chat_id": 12345}, "Bad Request: chat not found"),
        ({"text": "x", "chat_id": "@nobody"}, "Bad Request: chat not found"),
        ({"text": "x", "reply_markup": "{"}, "Bad Request: can't parse reply_markup JSON object"),
        ({"text": "x", "reply_markup": [1]}, "Bad Request: object expected as reply markup"),
    ],
)
async def test_a_message_is_refused(
    wire: Wire, amara: int, params: dict[str, Any], description: str
) -> None:
    assert await wire.refused("sendMessage", **({"chat_id": amara} | params)) == description
    assert len(wire.world.chat(amara).messages) == 1


@pytest.mark.parametrize(
    ("button", "description"),
    [
        (LABEL | {"callback_data": "x" * 65}, "BUTTON_DATA_INVALID"),
        (LABEL | {"callback_data": "é" * 33}, "BUTTON_DATA_INVALID"),
        (LABEL | {"url": "no address"}, "BUTTON_URL_INVALID"),
        (LABEL | {"copy_text": {"text": "x" * 257}}, "BUTTON_COPY_TEXT_INVALID"),
        ({"text": " ", "callback_data": "x"}, "BUTTON_TEXT_INVALID"),
        ({"text": "x" * 257, "callback_data": "x"}, "BUTTON_TEXT_INVALID"),
        (
            LABEL,
            f"{WRONG_BUTTON}: Text buttons are unallowed in the inline keyboard",
        ),
        (
            LABEL | {"callback_data": "x", "url": "example.org"},
            f"{WRONG_BUTTON}: Exactly one action is allowed, found url, callback_data",
        ),
        (
            {"callback_data": "x"},
            f'{WRONG_BUTTON}: Field "text" must be of type String',
        ),
    ],
)
async def test_a_button_is_refused(
    wire: Wire, amara: int, button: dict[str, Any], description: str
) -> None:
    refused = await wire.refused(
        "sendMessage", chat_id=amara, text="x", reply_markup=keyboard(button)
    )
    assert refused == f"Bad Request: {description}"


async def test_the_longest_that_still_fits(wire: Wire, amara: int) -> None:
    button = {"text": "x" * 256, "callback_data": "é" * 32}
    sent = await wire.ok(
        "sendMessage", chat_id=amara, text="😀" * 2048, reply_markup=keyboard(button)
    )
    assert sent["reply_markup"] == keyboard(button)
    too_many = {"inline_keyboard": [[LABEL | {"callback_data": "x"}]] * 101}
    refused = await wire.refused("sendMessage", chat_id=amara, text="x", reply_markup=too_many)
    assert refused == "Bad Request: reply markup is too long"


async def test_length_counts_after_parsing(wire: Wire, amara: int) -> None:
    text = "<b>" + "x" * 4096 + "</b>"
    sent = await wire.ok("sendMessage", chat_id=amara, text=text, parse_mode="HTML")
    assert len(sent["text"]) == 4096


async def test_nobody_is_written_to_who_did_not_press_start_or_has_blocked(
    wire: Wire, world: World
) -> None:
    user = world.supporters[1].id
    assert await wire.refused("sendMessage", chat_id=user, text="x") == (
        "Forbidden: bot can't initiate conversation with a user"
    )
    world.say(user, "/start")
    await wire.ok("sendMessage", chat_id=user, text="x")
    world.block(user)
    assert await wire.refused("sendChatAction", chat_id=user, action="typing") == (
        "Forbidden: bot was blocked by the user"
    )
    world.block(user, blocked=False)
    await wire.ok("sendMessage", chat_id=user, text="x")


async def test_a_group_the_bot_has_left_or_was_removed_from(wire: Wire, world: World) -> None:
    admin = world.admins[0].id
    made = world.membership(admin, None, "add", "Friends")["chat_id"]
    await wire.ok("sendMessage", chat_id=made, text="x")
    await wire.ok("leaveChat", chat_id=made)
    assert await wire.refused("sendMessage", chat_id=made, text="x") == (
        "Forbidden: bot is not a member of the supergroup chat"
    )
    world.membership(admin, made, "add")
    world.membership(admin, made, "remove")
    assert await wire.refused("sendMessage", chat_id=made, text="x") == (
        "Forbidden: bot was kicked from the supergroup chat"
    )


async def test_edits_that_are_refused(wire: Wire, world: World, amara: int) -> None:
    sent = await wire.ok("sendMessage", chat_id=amara, text="<b>x</b> y", parse_mode="HTML")
    photo = await wire.upload("sendPhoto", "photo", PNG, chat_id=amara)
    here = {"chat_id": amara, "message_id": sent["message_id"]}
    same = {"text": "x y", "entities": [{"type": "bold", "offset": 0, "length": 1}]}
    not_modified = (
        "Bad Request: message is not modified: specified new message content and reply markup are "
        "exactly the same as a current content and reply markup of the message"
    )
    assert await wire.refused("editMessageText", **here, **same) == not_modified
    assert await wire.refused("editMessageReplyMarkup", **here) == not_modified
    assert await wire.refused("editMessageText", chat_id=amara, message_id=99, text="x") == (
        "Bad Request: message to edit not found"
    )
    assert await wire.refused("editMessageText", chat_id=amara, text="x") == (
        "Bad Request: message identifier is not specified"
    )
    assert await wire.refused("editMessageText", chat_id=amara, message_id=1, text="x") == (
        "Bad Request: message can't be edited"
    )
    assert await wire.refused("editMessageCaption", **here, caption="x") == (
        "Bad Request: there is no caption in the message to edit"
    )
    there = {"chat_id": amara, "message_id": photo["message_id"]}
    assert await wire.refused("editMessageText", **there, text="x") == (
        "Bad Request: there is no text in the message to edit"
    )
    assert await wire.refused("editMessageCaption", **there, caption="x" * 1025) == (
        "Bad Request: message caption is too long"
    )
    assert world.chat(amara).by_id[sent["message_id"]] == sent


async def test_deletions_that_are_refused(wire: Wire, world: World, amara: int) -> None:
    old = await wire.ok("sendMessage", chat_id=amara, text="x")
    world.clock.jump(timedelta(hours=48))
    new = await wire.ok("sendMessage", chat_id=amara, text="x")
    too_old = "Bad Request: message can't be deleted for everyone"
    ids = [old["message_id"], new["message_id"]]
    assert await wire.refused("deleteMessage", chat_id=amara, message_id=ids[0]) == too_old
    assert await wire.refused("deleteMessages", chat_id=amara, message_ids=ids) == too_old
    assert await wire.refused("deleteMessage", chat_id=amara, message_id=99) == (
        "Bad Request: message to delete not found"
    )
    assert await wire.refused("deleteMessages", chat_id=amara, message_ids=[]) == (
        "Bad Request: message identifiers are not specified"
    )
    assert await wire.ok("deleteMessages", chat_id=amara, message_ids=[99, ids[1]])
    assert [message["message_id"] for message in world.chat(amara).messages] == [1, ids[0]]


async def test_a_mere_member_deletes_only_its_own_messages(wire: Wire, world: World) -> None:
    admin = world.admins[0].id
    chat = world.membership(admin, None, "add")["chat_id"]
    said = world.say(admin, "hello", chat)
    own = await wire.ok("sendMessage", chat_id=chat, text="x")
    assert await wire.refused("deleteMessage", chat_id=chat, message_id=said.message_id) == (
        "Bad Request: message can't be deleted"
    )
    assert await wire.ok("deleteMessage", chat_id=chat, message_id=own["message_id"])


async def test_taps_are_answered_once_and_in_time(wire: Wire, world: World, amara: int) -> None:
    sent = await wire.ok("sendMessage", chat_id=amara, text="x")
    first, late = (world.tap(amara, amara, sent["message_id"], "go") for _ in range(2))
    query = {"callback_query_id": first["callback_query_id"]}
    expired = "Bad Request: query is too old and response timeout expired or query ID is invalid"
    assert await wire.refused("answerCallbackQuery", **query, text="x" * 201) == (
        "Bad Request: MESSAGE_TOO_LONG"
    )
    assert await wire.ok("answerCallbackQuery", **query, text="Done", show_alert=True)
    assert await wire.refused("answerCallbackQuery", **query) == expired
    assert await wire.refused("answerCallbackQuery", callback_query_id="1") == expired
    world.clock.jump(timedelta(seconds=61))
    query = {"callback_query_id": late["callback_query_id"]}
    assert await wire.refused("answerCallbackQuery", **query) == expired
    assert [(popup["text"], popup["show_alert"]) for popup in world.popups] == [("Done", True)]


async def test_uploads_that_are_refused(wire: Wire, amara: int) -> None:
    big = PNG + bytes(10 * 1024 * 1024)
    assert await wire.upload("sendPhoto", "photo", big, chat_id=amara) == (
        f"Bad Request: file of size {len(big)} bytes is too big for a photo; "
        "the maximum size is 10485760 bytes"
    )
    assert await wire.upload("sendPhoto", "photo", b"words", chat_id=amara) == (
        "Bad Request: IMAGE_PROCESS_FAILED"
    )
    assert await wire.upload("sendDocument", "document", b"", chat_id=amara) == (
        "Bad Request: file must be non-empty"
    )
    huge = bytes(50 * 1024 * 1024 + 1)
    assert await wire.upload("sendDocument", "document", huge, chat_id=amara) == (
        "Request Entity Too Large"
    )
    assert await wire.refused("sendPhoto", chat_id=amara) == (
        "Bad Request: there is no photo in the request"
    )
    assert await wire.refused("sendPhoto", chat_id=amara, photo="AgACnothing") == (
        "Bad Request: wrong file identifier/HTTP URL specified"
    )
    assert await wire.refused("sendPhoto", chat_id=amara, photo="https://example.org/a.png") == (
        "Bad Request: failed to get HTTP URL content"
    )
    sent = await wire.upload("sendPhoto", "photo", PNG, chat_id=amara)
    photo = sent["photo"][-1]["file_id"]
    assert await wire.refused("sendDocument", chat_id=amara, document=photo) == (
        "Bad Request: type of file mismatch"
    )


PARAMS = st.sampled_from(
    [
        "chat_id",
        "from_chat_id",
        "message_id",
        "message_ids",
        "user_id",
        "user",
        "id",
        "text",
        "caption",
        "parse_mode",
        "entities",
        "type",
        "offset",
        "length",
        "photo",
        "media",
        "file_id",
        "scope",
        "commands",
        "reply_parameters",
        "reply_markup",
        "inline_keyboard",
        "url",
        "callback_data",
        "results",
        "input_message_content",
        "message_text",
        "action",
    ]
)
PLAIN = st.none() | st.booleans() | st.integers() | st.text(max_size=5)
JSON = st.recursive(
    PLAIN | st.sampled_from([510000001, 1, "bold", "HTML", "chat", "photo"]),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(PARAMS, inner, max_size=3),
    max_leaves=6,
)


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(sorted(METHODS)), st.dictionaries(PARAMS, JSON, max_size=6))
async def test_no_request_is_so_odd_that_the_server_fails(
    wire: Wire, amara: int, method: str, params: dict[str, Any]
) -> None:
    status, _ = await wire.call(method, **params)
    assert status in {200, 400, 403}


async def test_a_basic_group_that_became_a_supergroup_names_its_new_id() -> None:
    world = World(basic_admin_group=True)
    old = world.admin_chat.id
    async with serve(world) as url, ClientSession() as session:
        wire = Wire(session, world, url)
        await wire.ok("sendMessage", chat_id=old, text="x")
        new = world.migrate(world.admins[0].id, old)
        status, body = await wire.call("sendMessage", chat_id=old, text="x")
        await wire.ok("sendMessage", chat_id=new, text="x")
    assert (status, body["parameters"]) == (400, {"migrate_to_chat_id": new})
    messages = [entry.update["message"] for entry in world.updates.waiting]
    assert messages[0]["migrate_to_chat_id"] == new
    assert messages[1]["migrate_from_chat_id"] == old
