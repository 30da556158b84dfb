"""Which edits and deletions Telegram refuses."""

from datetime import timedelta

from playground.world import World
from tests.playground.wire import PNG, Wire


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
