from datetime import timedelta

from aiohttp import FormData

from playground.world import World
from tests.playground.conftest import NOON
from tests.playground.wire import PNG, Wire

GO = {"inline_keyboard": [[{"text": "Go", "callback_data": "go"}]]}


async def test_a_sent_message_looks_as_telegram_shows_it(
    wire: Wire, world: World, amara: int
) -> None:
    sent = await wire.ok(
        "sendMessage",
        chat_id=amara,
        text="<b>Hello</b> 😀 <a href='https://example.org'>there</a>",
        parse_mode="HTML",
        reply_markup=GO,
        protect_content=True,
        disable_notification=True,
        link_preview_options={"is_disabled": True},
        reply_parameters={"message_id": 1},
    )
    question = world.chat(amara).by_id[1]
    assert sent == {
        "message_id": 2,
        "from": world.bot,
        "chat": {
            "id": amara,
            "first_name": "Amara",
            "last_name": "Okafor",
            "username": "amara_okafor",
            "type": "private",
        },
        "date": int(NOON.timestamp()),
        "text": "Hello 😀 there",
        "entities": [
            {"type": "bold", "offset": 0, "length": 5},
            {"type": "text_link", "offset": 9, "length": 5, "url": "https://example.org/"},
        ],
        "link_preview_options": {"is_disabled": True},
        "reply_to_message": question,
        "has_protected_content": True,
        "reply_markup": GO,
    }
    assert world.chat(amara).last == sent
    assert world.chat(amara).silent == {2}


async def test_a_form_says_the_same_as_json(wire: Wire, world: World, amara: int) -> None:
    form = {
        "chat_id": str(amara),
        "text": "x",
        "protect_content": "true",
        "reply_markup": '{"inline_keyboard": [[{"text": "Go", "callback_data": "go"}]]}',
        "reply_parameters": '{"message_id": 99, "allow_sending_without_reply": true}',
    }
    status, body = await wire.form("sendMessage", form)
    assert (status, body["result"]["reply_markup"]) == (200, GO)
    assert "reply_to_message" not in body["result"]
    query = {"chat_id": str(amara), "text": "by query"}
    async with wire.session.get(f"{wire.url}/bot{world.token}/sendMessage", params=query) as answer:
        assert (await answer.json())["result"]["text"] == "by query"


async def test_a_mention_by_id_names_the_whole_person(wire: Wire, world: World, amara: int) -> None:
    known = f'<a href="tg://user?id={world.supporters[1].id}">Élise</a>'
    stranger = '<a href="tg://user?id=7">who</a>'
    sent = await wire.ok(
        "sendMessage", chat_id=amara, text=f"{known} {stranger}", parse_mode="HTML"
    )
    (entity,) = sent["entities"]
    assert (entity["type"], entity["user"]) == ("text_mention", world.supporters[1].user)


async def test_an_edit_replaces_text_and_keyboard(wire: Wire, world: World, amara: int) -> None:
    sent = await wire.ok("sendMessage", chat_id=amara, text="<b>one</b>", parse_mode="HTML")
    here = {"chat_id": amara, "message_id": sent["message_id"]}
    world.clock.jump(timedelta(seconds=5))
    edited = await wire.ok("editMessageReplyMarkup", **here, reply_markup=GO)
    assert (edited["text"], edited["reply_markup"]) == ("one", GO)
    assert edited["edit_date"] == edited["date"] + 5
    edited = await wire.ok("editMessageText", **here, text="two")
    assert edited["text"] == "two"
    assert not {"entities", "reply_markup"} & edited.keys()


async def test_pictures_and_their_captions(wire: Wire, amara: int) -> None:
    sent = await wire.upload("sendPhoto", "photo", PNG, chat_id=amara, caption="*one*")
    (size,) = sent["photo"]
    assert (size["width"], size["height"], sent["caption"]) == (16, 8, "*one*")
    here = {"chat_id": amara, "message_id": sent["message_id"]}
    edited = await wire.ok("editMessageCaption", **here, caption="two", reply_markup=GO)
    assert (edited["caption"], edited["photo"]) == ("two", sent["photo"])
    edited = await wire.ok("editMessageCaption", **here)
    assert "caption" not in edited
    again = await wire.ok("sendPhoto", chat_id=amara, photo=size["file_id"])
    assert again["photo"] == sent["photo"]


async def test_a_text_becomes_a_picture_by_an_edit(wire: Wire, amara: int) -> None:
    sent = await wire.ok("sendMessage", chat_id=amara, text="one")
    form = FormData({"chat_id": str(amara), "message_id": str(sent["message_id"])})
    form.add_field("media", '{"type": "photo", "media": "attach://pic", "caption": "two"}')
    form.add_field("pic", PNG, filename="a.png", content_type="image/png")
    _, body = await wire.form("editMessageMedia", form)
    assert body["result"]["caption"] == "two"
    assert "text" not in body["result"]
    assert "photo" in body["result"]


async def test_an_album_is_several_messages(wire: Wire, amara: int) -> None:
    media = '[{"type":"document","media":"attach://a"},{"type":"document","media":"attach://b"}]'
    form = FormData({"chat_id": str(amara), "media": media})
    for name in ("a", "b"):
        form.add_field(name, name.encode(), filename=f"{name}.txt", content_type="text/plain")
    _, body = await wire.form("sendMediaGroup", form)
    assert [message["document"]["file_name"] for message in body["result"]] == ["a.txt", "b.txt"]
    assert len({message["media_group_id"] for message in body["result"]}) == 1


async def test_a_file_comes_back_as_it_was_sent(wire: Wire, world: World, amara: int) -> None:
    form = FormData({"user": str(amara), "chat": str(amara), "as": "document"})
    kind = "text/html; charset=utf-8"
    form.add_field("file", b"<html>", filename="proof.html", content_type=kind)
    await wire.session.post(f"{wire.url}/playground/photo", data=form)
    (update,) = await wire.ok("getUpdates")
    document = update["message"]["document"]
    assert (document["file_name"], document["file_size"]) == ("proof.html", 6)
    file = await wire.ok("getFile", file_id=document["file_id"])
    address = f"{wire.url}/file/bot{world.token}/{file['file_path']}"
    for place in (address, f"{wire.url}/playground/file/{document['file_id']}"):
        async with wire.session.get(place) as answer:
            assert await answer.read() == b"<html>"
            assert answer.content_type == "text/html"
            assert answer.headers["Content-Disposition"] == "attachment"
    async with wire.session.get(address.replace(world.token, "1:wrong")) as answer:
        assert answer.status == 401
    for place in (f"{address}x", f"{wire.url}/playground/file/x"):
        async with wire.session.get(place) as answer:
            assert answer.status == 404
    assert await wire.refused("getFile", file_id="x") == (
        "Bad Request: wrong file_id or the file is temporarily unavailable"
    )


async def test_copies_hide_their_origin_and_forwards_name_it(
    wire: Wire, world: World, amara: int
) -> None:
    said = world.say(amara, "my story")
    source = {"from_chat_id": amara, "message_id": said.message_id}
    group = world.admin_chat.id
    copied = await wire.ok("copyMessage", chat_id=group, **source, reply_markup=GO)
    shown = world.admin_chat.by_id[copied["message_id"]]
    assert (shown["text"], shown["reply_markup"]) == ("my story", GO)
    assert "forward_origin" not in shown
    forwarded = await wire.ok("forwardMessage", chat_id=group, **source)
    assert forwarded["forward_origin"]["sender_user"]["id"] == amara
    secret = await wire.ok("sendMessage", chat_id=amara, text="x", protect_content=True)
    source["message_id"] = secret["message_id"]
    assert await wire.refused("forwardMessage", chat_id=group, **source) == (
        "Bad Request: message can't be forwarded"
    )
    source["message_id"] = 99
    assert await wire.refused("copyMessage", chat_id=group, **source) == (
        "Bad Request: message to copy not found"
    )


async def test_pins_are_shown_by_the_chat(wire: Wire, world: World) -> None:
    group = world.admin_chat.id
    sent = await wire.ok("sendMessage", chat_id=group, text="read this")
    await wire.ok("pinChatMessage", chat_id=group, message_id=sent["message_id"])
    assert (await wire.ok("getChat", chat_id=group))["pinned_message"] == sent
    assert world.admin_chat.last["pinned_message"] == sent
    await wire.ok("unpinChatMessage", chat_id=group)
    assert "pinned_message" not in await wire.ok("getChat", chat_id=group)
    assert await wire.refused("unpinChatMessage", chat_id=group) == (
        "Bad Request: message to unpin not found"
    )


async def test_who_is_who_in_the_admin_group(wire: Wire, world: World) -> None:
    group = world.admin_chat.id
    owner, other = (admin.id for admin in world.admins)
    admins = await wire.ok("getChatAdministrators", chat_id=group)
    assert {member["user"]["id"]: member["status"] for member in admins} == {
        owner: "creator",
        other: "administrator",
        world.bot["id"]: "administrator",
    }
    amara = world.supporters[0].id
    outsider = await wire.ok("getChatMember", chat_id=group, user_id=amara)
    assert outsider["status"] == "left"
    assert await wire.ok("getChatMemberCount", chat_id=group) == 3
    assert await wire.refused("getChatMember", chat_id=group, user_id=5) == (
        "Bad Request: user not found"
    )


async def test_typing_ends_with_the_message(wire: Wire, world: World, amara: int) -> None:
    await wire.ok("sendChatAction", chat_id=amara, action="typing")
    assert world.chat(amara).typing == "typing"
    await wire.ok("sendMessage", chat_id=amara, text="x")
    assert world.chat(amara).typing is None
    assert await wire.refused("sendChatAction", chat_id=amara, action="singing") == (
        "Bad Request: wrong parameter action in request"
    )


async def test_inline_queries_are_answered_once(wire: Wire, world: World, amara: int) -> None:
    asked = world.ask_inline(amara, "petition")
    (update,) = await wire.ok("getUpdates")
    assert update["inline_query"]["query"] == "petition"
    result = {
        "type": "article",
        "id": "1",
        "title": "Free them",
        "input_message_content": {"message_text": "<b>Sign</b>", "parse_mode": "HTML"},
        "reply_markup": GO,
    }
    answer = {"inline_query_id": asked["inline_query_id"]}
    assert await wire.refused("answerInlineQuery", **answer, results=[result, result]) == (
        "Bad Request: RESULT_ID_DUPLICATE"
    )
    assert await wire.ok("answerInlineQuery", **answer, results=[result])
    assert world.inline_queries[asked["inline_query_id"]].answer == answer | {"results": [result]}
    assert "query is too old" in await wire.refused("answerInlineQuery", **answer, results=[])
