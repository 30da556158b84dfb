from datetime import timedelta
from typing import Any

import pytest
from aiohttp import ClientSession

from playground.server import serve
from playground.world import World
from tests.playground.wire import PNG, Wire

TOO_MANY = "too many message identifiers specified"


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


@pytest.mark.parametrize(
    ("method", "params", "description"),
    [
        (
            "setWebhook",
            {"url": "https://example.org"},
            "bad webhook: the playground calls nobody; use getUpdates",
        ),
        ("leaveChat", {}, "chat member status can't be changed in private chats"),
        ("getChatAdministrators", {}, "there are no administrators in the private chat"),
        ("deleteMessages", {"message_ids": [*range(1, 102)]}, TOO_MANY),
        ("deleteMessages", {"message_ids": ["one"]}, "message identifier is not specified"),
        ("deleteMessage", {}, "message identifier is not specified"),
        ("editMessageText", {"inline_message_id": "x", "text": "y"}, "MESSAGE_ID_INVALID"),
        ("sendMediaGroup", {"media": []}, "media group must include 1-10 items"),
        (
            "sendMediaGroup",
            {"media": [{"type": "video", "media": "x"}]},
            "can't parse InputMedia: the playground knows photo and document",
        ),
        ("getFile", {}, "file_id not specified"),
        ("pinChatMessage", {"message_id": 99}, "message to pin not found"),
        ("setMessageReaction", {"message_id": 99}, "message to react not found"),
        ("copyMessage", {"message_id": 1}, "from_chat_id is empty"),
    ],
)
async def test_other_methods_refuse_too(
    wire: Wire, amara: int, method: str, params: dict[str, Any], description: str
) -> None:
    refused = await wire.refused(method, **({"chat_id": amara} | params))
    assert refused == f"Bad Request: {description}"


async def test_a_mere_member_may_not_pin(wire: Wire, world: World) -> None:
    chat = world.membership(world.admins[0].id, None, "add")["chat_id"]
    sent = await wire.ok("sendMessage", chat_id=chat, text="x")
    assert await wire.refused("pinChatMessage", chat_id=chat, message_id=sent["message_id"]) == (
        "Bad Request: not enough rights to manage pinned messages in the chat"
    )


async def test_there_is_no_webhook(wire: Wire, world: World, amara: int) -> None:
    world.say(amara, "hello")
    assert await wire.ok("deleteWebhook", drop_pending_updates=False)
    info = await wire.ok("getWebhookInfo")
    assert (info["url"], info["pending_update_count"]) == ("", 1)
    assert await wire.ok("deleteWebhook", drop_pending_updates=True)
    assert await wire.ok("getUpdates") == []


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
