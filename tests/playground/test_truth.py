"""What the server says of people, groups and pictures that people sent."""

from typing import Any

import pytest

from playground.wire import Upload
from playground.world import World
from tests.playground.wire import PNG, Wire

GO = {"inline_keyboard": [[{"text": "Go", "callback_data": "go"}]]}
BOLD = {"type": "bold", "offset": 0, "length": 2}


async def test_a_private_chat_is_known_from_the_first_word(wire: Wire, world: World) -> None:
    ravi = world.organiser.id
    for method in ("getChat", "getChatMemberCount"):
        assert await wire.refused(method, chat_id=ravi) == "Bad Request: chat not found"
    world.say(ravi, "hello")
    shown = await wire.ok("getChat", chat_id=ravi)
    assert (shown["type"], shown["first_name"]) == ("private", "Ravi")
    assert shown["active_usernames"] == ["ravi_sandoval"]
    world.block(ravi)
    assert await wire.ok("getChat", chat_id=ravi) == shown


async def test_the_group_knows_its_members(wire: Wire, world: World) -> None:
    group, made = world.admin_chat.id, world.membership(world.organiser.id, None, "add")["chat_id"]
    shown = await wire.ok("getChat", chat_id=group)
    assert (shown["type"], shown["title"]) == ("supergroup", "Vigil admins")
    own = {"user_id": world.bot["id"]}
    assert (await wire.ok("getChatMember", chat_id=group, **own))["status"] == "administrator"
    assert (await wire.ok("getChatMember", chat_id=made, **own))["status"] == "member"
    ravi = {"user_id": world.organiser.id}
    assert (await wire.ok("getChatMember", chat_id=group, **ravi))["status"] == "left"
    assert (await wire.ok("getChatMember", chat_id=made, **ravi))["status"] == "creator"
    (owner,) = await wire.ok("getChatAdministrators", chat_id=made)
    assert owner["user"]["id"] == world.organiser.id


async def test_a_picture_that_a_person_sent_goes_on_by_its_id(
    wire: Wire, world: World, amara: int
) -> None:
    ravi = world.organiser.id
    world.photo(ravi, Upload("a.png", PNG, "image/png"))
    (update,) = await wire.ok("getUpdates")
    photo = update["message"]["photo"]
    alert: dict[str, Any] = {
        "chat_id": amara,
        "photo": photo[-1]["file_id"],
        "caption": "😀 Urgent",
        "caption_entities": [BOLD],
        "has_spoiler": True,
        "disable_notification": True,
        "reply_markup": GO,
    }
    sent = await wire.ok("sendPhoto", **alert)
    assert (sent["photo"], sent["caption_entities"]) == (photo, [BOLD])
    assert sent["has_media_spoiler"] is True
    assert world.chat(amara).silent == {sent["message_id"]}
    here = {"chat_id": amara, "message_id": sent["message_id"]}
    edited = await wire.ok(
        "editMessageCaption", **here, caption="<b>It</b> is over", parse_mode="HTML"
    )
    assert (edited["caption"], edited["caption_entities"]) == ("It is over", [BOLD])
    assert (edited["has_media_spoiler"], edited.get("reply_markup")) == (True, None)


@pytest.mark.parametrize(
    ("caption", "description"),
    [
        ("x" * 1025, "message caption is too long"),
        ("", "message is not modified: "),
    ],
)
async def test_a_caption_edit_is_refused(
    wire: Wire, amara: int, caption: str, description: str
) -> None:
    sent = await wire.upload("sendPhoto", "photo", PNG, chat_id=amara)
    here = {"chat_id": amara, "message_id": sent["message_id"]}
    refused = await wire.refused("editMessageCaption", **here, caption=caption)
    assert refused.startswith(f"Bad Request: {description}")
    plain = await wire.ok("sendMessage", chat_id=amara, text="x")
    here["message_id"] = plain["message_id"]
    assert await wire.refused("editMessageCaption", **here, caption="x") == (
        "Bad Request: there is no caption in the message to edit"
    )
