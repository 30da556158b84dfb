"""Keyboards in the place of a person's own, and the people who are chosen with them."""

from typing import Any

import pytest
from telegram import KeyboardButton, KeyboardButtonRequestUsers, ReplyKeyboardMarkup, Update

from playground.control_error import ControlError
from playground.world import World
from tests.playground.wire import Wire


def asking(**wanted: Any) -> dict[str, Any]:
    """A keyboard as a client library writes it."""
    request = KeyboardButtonRequestUsers(1, **wanted)
    choose = KeyboardButton("Choose a person", request_users=request)
    rows = [[choose], [KeyboardButton("Not now")]]
    return ReplyKeyboardMarkup(rows, resize_keyboard=True, one_time_keyboard=True).to_dict()


@pytest.fixture
def hanna(world: World) -> int:
    user = world.admins[0].id
    world.link(user, "")
    world.updates.confirm(world.updates.next_id)
    return user


async def test_somebody_chooses_a_person(wire: Wire, world: World, hanna: int) -> None:
    markup = asking(user_is_bot=False)
    sent = await wire.ok("sendMessage", chat_id=hanna, text="Who?", reply_markup=markup)
    assert "reply_markup" not in sent
    assert world.chat(hanna).keyboard == markup
    chosen = world.supporters[1].id
    said = world.share_users(hanna, 1, [chosen])
    (update,) = await wire.ok("getUpdates")
    assert said.update_ids == [update["update_id"]]
    shared = {"request_id": 1, "users": [{"user_id": chosen}]}
    assert update["message"]["users_shared"] == shared
    read = Update.de_json(update)
    assert read.message
    assert read.message.users_shared
    assert read.message.users_shared.users[0].user_id == chosen
    assert world.chat(hanna).keyboard is None
    with pytest.raises(ControlError, match="No button in this chat asks for people"):
        world.share_users(hanna, 1, [chosen])


async def test_names_go_along_when_they_are_asked_for(wire: Wire, world: World, hanna: int) -> None:
    markup = asking(max_quantity=2, request_name=True, request_username=True)
    await wire.ok("sendMessage", chat_id=hanna, text="Who?", reply_markup=markup)
    people = [world.supporters[place].id for place in (0, 2)]
    with pytest.raises(ControlError, match="takes 1 to 2 people"):
        world.share_users(hanna, 1, [*people, hanna])
    with pytest.raises(ControlError, match="Nobody here has the id 5"):
        world.share_users(hanna, 1, [5])
    world.share_users(hanna, 1, people)
    (update,) = await wire.ok("getUpdates")
    assert update["message"]["users_shared"]["users"] == [
        {
            "user_id": people[0],
            "first_name": "Amara",
            "last_name": "Okafor",
            "username": "amara_okafor",
        },
        {"user_id": people[1], "first_name": "ليلى", "last_name": "حداد"},
    ]


async def test_a_keyboard_stays_until_it_is_used_or_removed(
    wire: Wire, world: World, hanna: int
) -> None:
    chat, here = world.chat(hanna), {"chat_id": hanna, "text": "x"}
    await wire.ok("sendMessage", **here, reply_markup=asking())
    await wire.ok("sendMessage", **here)
    world.say(hanna, "hello")
    assert chat.keyboard
    world.say(hanna, "Not now")
    assert chat.keyboard is None
    lasting = {"keyboard": [["Yes", {"text": "No"}]], "is_persistent": True}
    await wire.ok("sendMessage", **here, reply_markup=lasting)
    world.say(hanna, "Yes")
    assert chat.keyboard
    assert chat.keyboard["keyboard"] == [[{"text": "Yes"}, {"text": "No"}]]
    await wire.ok("sendMessage", **here, reply_markup={"remove_keyboard": True})
    assert chat.keyboard is None


async def test_people_are_asked_for_in_private_chats_only(wire: Wire, world: World) -> None:
    group = {"chat_id": world.admin_chat.id, "text": "Who?"}
    assert await wire.refused("sendMessage", **group, reply_markup=asking()) == (
        "Bad Request: users can be requested in private chats only"
    )
    assert world.admin_chat.messages == []
    await wire.ok("sendMessage", **group, reply_markup={"keyboard": [["Yes"]]})
    assert world.admin_chat.keyboard


@pytest.mark.parametrize(
    ("keyboard", "description"),
    [
        ("Yes", 'field "keyboard" of the ReplyKeyboardMarkup should be an Array'),
        (["Yes"], 'field "keyboard" of the ReplyKeyboardMarkup should be an Array'),
        ([[7]], "can't parse keyboard button: expected an Object"),
        ([[{}]], 'can\'t parse keyboard button: Field "text" must be of type String'),
        (
            [[{"text": "x", "request_users": 1}]],
            "can't parse keyboard button: expected an Object",
        ),
        (
            [[{"text": "x", "request_users": {"max_quantity": 2}}]],
            "can't parse keyboard button: Can't find field \"request_id\"",
        ),
        (
            [[{"text": "x", "request_users": {"request_id": 1, "max_quantity": 11}}]],
            "can't parse keyboard button: between 1 and 10 users can be requested",
        ),
        (
            [[{"text": "x", "request_users": {"request_id": 1}}] * 2],
            "duplicate request_id in the keyboard",
        ),
    ],
)
async def test_a_wrong_keyboard_is_refused(
    wire: Wire, hanna: int, keyboard: Any, description: str
) -> None:
    markup = {"keyboard": keyboard}
    refused = await wire.refused("sendMessage", chat_id=hanna, text="x", reply_markup=markup)
    assert refused == f"Bad Request: {description}"


async def test_the_page_shares_people_and_hears_of_keyboards(
    wire: Wire, world: World, hanna: int
) -> None:
    await wire.ok("sendMessage", chat_id=hanna, text="Who?", reply_markup=asking())
    _, state = await wire.control("GET", "state")
    (chat,) = [one for one in state["chats"] if one["chat"]["id"] == hanna]
    assert chat["keyboard"]["keyboard"][1] == [{"text": "Not now"}]
    body = {"user": hanna, "request_id": 1, "users": [world.organiser.id]}
    status, refusal = await wire.control("POST", "share_users", body | {"users": "all"})
    assert refusal == {"error": "The field users must be a list of whole numbers."}
    status, said = await wire.control("POST", "share_users", body)
    assert (status, said["message_id"]) == (200, world.chat(hanna).last["message_id"])
