"""What people do, and what of it the bot gets to see."""

import json
from typing import Any

import pytest

from playground.control_error import ControlError
from playground.wire import Upload
from playground.world import World
from tests.playground.wire import PNG, Wire


def received(world: World) -> list[Any]:
    return [entry.update for entry in world.updates.waiting]


def test_the_cast() -> None:
    world = World()
    languages = [person.language for person in world.supporters]
    assert {"ar", "fr", "en", "es", ""} == set(languages)
    assert any("<b>" in person.user["first_name"] for person in world.supporters)
    assert len({person.id for person in world.people.values()}) == len(world.people) == 9
    assert world.admin_chat.bot_status == "administrator"


def test_a_command_is_marked_and_a_long_text_is_split() -> None:
    world = World()
    amara = world.supporters[0].id
    said = world.say(amara, "/ask " + "😀" * 2500)
    assert len(said.update_ids) == 2
    first, second = (update["message"] for update in received(world))
    assert first["entities"] == [{"type": "bot_command", "offset": 0, "length": 4}]
    assert first["text"] + second["text"] == "/ask " + "😀" * 2500


def test_a_link_presses_start() -> None:
    world = World()
    amara = world.supporters[0].id
    world.link(amara, "petition-free-them")
    assert received(world)[0]["message"]["text"] == "/start petition-free-them"
    with pytest.raises(ControlError, match="up to 64"):
        world.link(amara, "no spaces")


async def test_a_tap_brings_the_message_with_what_it_replied_to(
    wire: Wire, world: World, amara: int
) -> None:
    keyboard = {"inline_keyboard": [[{"text": "Go", "callback_data": "go"}]]}
    sent = await wire.ok(
        "sendMessage",
        chat_id=amara,
        text="x",
        reply_markup=keyboard,
        reply_parameters={"message_id": 1},
    )
    world.press(amara, "Go")
    await wire.ok("deleteMessage", chat_id=amara, message_id=sent["message_id"])
    world.tap(amara, amara, sent["message_id"], "forged")
    shown, gone = (update["callback_query"] for update in received(world))
    assert (shown["data"], shown["message"], shown["from"]["id"]) == ("go", sent, amara)
    assert shown["message"]["reply_to_message"]["text"] == "/start"
    assert gone["message"] == {
        "chat": sent["chat"],
        "message_id": sent["message_id"],
        "date": 0,
    }
    assert shown["chat_instance"] == gone["chat_instance"]


def test_an_anonymous_admin_speaks_as_the_group_and_taps_as_a_person() -> None:
    world = World()
    admin, group = world.admins[0].id, world.admin_chat.id
    said = world.say(admin, "/stats", group, anonymous=True)
    world.tap(admin, group, said.message_id, "x")
    message, tap = received(world)
    assert message["message"]["from"]["id"] == 1087968824
    assert message["message"]["sender_chat"]["id"] == group
    assert tap["callback_query"]["from"]["id"] == admin


async def test_admins_press_buttons_in_their_group(wire: Wire, world: World) -> None:
    group, keyboard = (
        world.admin_chat.id,
        {"inline_keyboard": [[{"text": "Go", "callback_data": "go"}]]},
    )
    sent = await wire.ok("sendMessage", chat_id=group, text="x", reply_markup=keyboard)
    for admin in world.admins:
        world.press(admin.id, "Go", group)
    first, second = (update["callback_query"] for update in received(world))
    assert [tap["from"]["id"] for tap in (first, second)] == [admin.id for admin in world.admins]
    assert first["message"] == second["message"] == sent
    assert first["message"]["chat"]["type"] == "supergroup"
    with pytest.raises(ControlError, match="Amara is not a member of this chat"):
        world.press(world.supporters[0].id, "Go", group)


def test_forwarded_and_replying_messages_say_so() -> None:
    world = World()
    amara = world.supporters[0].id
    first = world.say(amara, "one")
    world.say(amara, "two", reply_to=first.message_id, forwarded=True)
    message = received(world)[1]["message"]
    assert message["reply_to_message"]["text"] == "one"
    assert message["forward_origin"]["type"] == "hidden_user"


def test_in_a_group_a_mere_member_sees_only_what_is_meant_for_it() -> None:
    world = World()
    admin = world.admins[0].id
    made = world.membership(admin, None, "add", "Friends")
    assert world.say(admin, "just chatting", made["chat_id"]).update_ids == []
    assert world.say(admin, "/help", made["chat_id"]).update_ids != []
    added, service, command = received(world)
    change = added["my_chat_member"]
    assert added["update_id"] == made["update_id"]
    assert (change["old_chat_member"]["status"], change["new_chat_member"]["status"]) == (
        "left",
        "member",
    )
    assert service["message"]["new_chat_members"] == [world.bot]
    assert command["message"]["chat"]["title"] == "Friends"
    assert world.say(admin, "seen by an administrator", world.admin_chat.id).update_ids != []


def test_removing_the_bot_is_told_and_ends_what_it_sees() -> None:
    world = World()
    admin, group = world.admins[0].id, world.admin_chat.id
    removed = world.membership(admin, group, "remove")
    assert world.say(admin, "/stats", group).update_ids == []
    (update,) = received(world)
    change = update["my_chat_member"]
    assert update["update_id"] == removed["update_id"]
    assert (change["old_chat_member"]["status"], change["new_chat_member"]["status"]) == (
        "administrator",
        "kicked",
    )


def test_blocking_is_told_once() -> None:
    world = World()
    amara = world.supporters[0].id
    assert world.block(amara) is not None
    assert world.block(amara) is None
    (update,) = received(world)
    assert update["my_chat_member"]["new_chat_member"]["status"] == "kicked"
    with pytest.raises(ControlError, match="has blocked the bot"):
        world.say(amara, "hello")


def test_a_photo_shows_its_size() -> None:
    world = World()
    amara = world.supporters[0].id
    world.photo(amara, Upload("a.png", PNG, "image/png"), caption="see /help")
    message = received(world)[0]["message"]
    assert message["photo"][0]["width"] == 16
    assert message["caption_entities"][0]["type"] == "bot_command"
    with pytest.raises(ControlError, match="cannot be sent as a photo"):
        world.photo(amara, Upload("a.txt", b"words", "text/plain"))


@pytest.mark.parametrize(
    ("act", "sentence"),
    [
        (lambda world: world.say(1, "x"), "Nobody here has the id 1."),
        (lambda world: world.say(510000001, " "), "An empty message cannot be sent."),
        (lambda world: world.say(510000001, "x", 5), "There is no chat 5."),
        (
            lambda world: world.say(510000001, "x", world.admin_chat.id),
            "Amara is not a member of this chat.",
        ),
        (
            lambda world: world.say(510000001, "x", anonymous=True),
            "Only an administrator of a group can be anonymous in it.",
        ),
        (
            lambda world: world.say(510000001, "x", reply_to=9),
            "The message to reply to is not there.",
        ),
        (
            lambda world: world.tap(510000001, 510000001, 9, "x"),
            "There was never a message 9 in this chat.",
        ),
        (lambda world: world.press(510000001, "Go"), "No button in this chat says “Go”."),
        (
            lambda world: world.membership(510000001, 510000001, "add"),
            "The bot can only be added to groups.",
        ),
        (
            lambda world: world.membership(530000001, None, "remove"),
            "The bot can only be removed from a group that exists.",
        ),
        (
            lambda world: world.membership(530000001, world.admin_chat.id, "add"),
            "Nothing would change: the bot is where it should be.",
        ),
        (
            lambda world: world.migrate(530000001, world.admin_chat.id),
            "Only a basic group can become a supergroup.",
        ),
    ],
)
def test_what_cannot_be_done_is_refused_in_a_sentence(act: Any, sentence: str) -> None:
    world = World()
    with pytest.raises(ControlError) as refusal:
        act(world)
    assert str(refusal.value) == sentence
    assert received(world) == []


def test_an_album_is_several_messages_with_one_caption() -> None:
    world = World()
    ravi = world.organiser.id
    files = [Upload(f"{name}.png", PNG, "image/png") for name in "abc"]
    said = world.album(ravi, files, "Look: example.org")
    messages = [update["message"] for update in received(world)]
    assert said.update_ids == [update["update_id"] for update in received(world)]
    assert len({message["media_group_id"] for message in messages}) == 1
    assert [message.get("caption") for message in messages] == ["Look: example.org", None, None]
    assert len({message["photo"][0]["file_id"] for message in messages}) == 3
    world.album(ravi, files)
    other = received(world)[-1]["message"]
    assert other["media_group_id"] != messages[0]["media_group_id"]
    with pytest.raises(ControlError, match="2 to 10 pictures"):
        world.album(ravi, files[:1])


def test_pictures_too_can_be_forwarded() -> None:
    world = World()
    ravi, file = world.organiser.id, Upload("a.png", PNG, "image/png")
    world.photo(ravi, file, forwarded=True)
    world.album(ravi, [file, file], forwarded=True)
    origins = [update["message"]["forward_origin"]["type"] for update in received(world)]
    assert origins == ["hidden_user"] * 3


async def test_what_stands_in_a_chat_is_forwarded_whole(
    wire: Wire, world: World, amara: int
) -> None:
    markup = {"inline_keyboard": [[{"text": "Go", "callback_data": "go"}]]}
    words = {"caption": "<b>Look</b>", "parse_mode": "HTML", "reply_markup": json.dumps(markup)}
    sent = await wire.upload("sendPhoto", "photo", PNG, chat_id=amara, **words)
    world.forward(amara, sent["message_id"])
    message = received(world)[0]["message"]
    assert message["forward_origin"]["sender_user_name"] == "Somebody"
    for field in ("photo", "caption", "caption_entities"):
        assert message[field] == sent[field]
    assert "reply_markup" not in message
    secret = await wire.ok("sendMessage", chat_id=amara, text="x", protect_content=True)
    here = {"user": amara, "message_id": secret["message_id"]}
    status, refusal = await wire.control("POST", "forward", here)
    assert (status, refusal) == (400, {"error": "This message cannot be forwarded."})


async def test_a_picture_sent_as_a_file_stays_what_it_is(wire: Wire, world: World) -> None:
    ravi, sizes = world.organiser.id, (11 * 1024 * 1024, 21 * 1024 * 1024)
    for size in sizes:
        file = Upload("poster.png", PNG.ljust(size, b"\0"), "image/png")
        world.photo(ravi, file, as_document=True)
        with pytest.raises(ControlError, match="cannot be sent as a photo"):
            world.photo(ravi, file)
    fits, too_big = (update["message"]["document"] for update in received(world))
    assert (fits["mime_type"], fits["file_size"]) == ("image/png", sizes[0])
    file = await wire.ok("getFile", file_id=fits["file_id"])
    assert file["file_size"] == sizes[0]
    refused = await wire.refused("getFile", file_id=too_big["file_id"])
    assert refused == "Bad Request: file is too big"
    assert await wire.refused("sendPhoto", chat_id=ravi, photo=fits["file_id"]) == (
        "Bad Request: type of file mismatch"
    )
