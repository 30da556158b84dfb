"""A real client library understands what the server says."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from telegram import (
    Bot,
    BotCommandScopeChat,
    ChatMemberAdministrator,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaPhoto,
    ReplyParameters,
)
from telegram.error import BadRequest, Conflict, Forbidden, RetryAfter

from playground.faults import Fault
from playground.world import World
from tests.playground.wire import PNG, Wire

GO = InlineKeyboardMarkup.from_button(InlineKeyboardButton("Go", callback_data="go"))


@pytest.fixture
async def bot(wire: Wire, world: World, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Bot]:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")  # its own warning would count as an error here
    base, files = f"{wire.url}/bot", f"{wire.url}/file/bot"
    async with Bot(world.token, base_url=base, base_file_url=files) as bot:
        yield bot


async def test_a_conversation(bot: Bot, world: World, amara: int) -> None:
    world.say(amara, "/ask why")
    (update,) = await bot.get_updates()
    assert update.message
    assert update.message.parse_entities(["bot_command"])
    sent = await bot.send_message(
        amara,
        "<b>😀 so</b>",
        parse_mode="HTML",
        reply_markup=GO,
        reply_parameters=ReplyParameters(update.message.message_id),
    )
    assert sent.text_html == "<b>😀 so</b>"
    world.press(amara, "Go")
    (update,) = await bot.get_updates(offset=update.update_id + 1)
    assert update.callback_query
    assert await update.callback_query.answer("Done")
    edited = await update.callback_query.edit_message_text("changed")
    assert getattr(edited, "text", None) == "changed"
    assert await bot.delete_messages(amara, [sent.message_id])
    world.tap(amara, amara, sent.message_id, "go")
    (update,) = await bot.get_updates(offset=-1)
    assert update.callback_query
    assert update.callback_query.message
    assert not update.callback_query.message.is_accessible


async def test_files_commands_and_chats(bot: Bot, world: World, amara: int) -> None:
    photo = await bot.send_photo(amara, PNG, caption="one")
    file = await photo.photo[-1].get_file()
    assert bytes(await file.download_as_bytearray()) == PNG
    changed = await bot.edit_message_media(
        InputMediaPhoto(PNG, "two"), amara, photo.message_id, reply_markup=GO
    )
    assert getattr(changed, "caption", None) == "two"
    album = await bot.send_media_group(amara, [InputMediaPhoto(PNG), InputMediaPhoto(PNG)])
    assert len(album) == 2
    document = await bot.send_document(amara, b"%PDF", filename="a.pdf")
    assert document.document
    assert document.document.file_name == "a.pdf"
    assert await bot.set_my_commands([("help", "Help")], BotCommandScopeChat(amara), "en")
    menu = world.menus.seen_by(world.people[amara], world.chat(amara))
    assert menu == [{"command": "help", "description": "Help"}]
    me = await bot.get_chat_member(world.admin_chat.id, bot.id)
    assert isinstance(me, ChatMemberAdministrator)
    assert me.can_delete_messages
    assert (await bot.get_chat(world.admin_chat.id)).title == "Vigil admins"
    copied = await bot.copy_message(world.admin_chat.id, amara, photo.message_id)
    assert await bot.pin_chat_message(world.admin_chat.id, copied.message_id)


async def test_changes_of_membership(bot: Bot, world: World, amara: int) -> None:
    world.block(amara)
    world.membership(world.admins[0].id, world.admin_chat.id, "remove")
    blocked, removed = await bot.get_updates()
    for update, old in ((blocked, "member"), (removed, "administrator")):
        assert update.my_chat_member
        assert update.my_chat_member.old_chat_member.status == old
        assert update.my_chat_member.new_chat_member.status == "kicked"


async def test_refusals_become_its_exceptions(bot: Bot, world: World, amara: int) -> None:
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.send_message(1, "x")
    world.faults.add(Fault("flood", "sendMessage"))
    with pytest.raises(RetryAfter):
        await bot.send_message(amara, "x")
    world.block(amara)
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await bot.send_message(amara, "x")


async def test_two_pollers_are_a_conflict(bot: Bot, wire: Wire, world: World) -> None:
    first = asyncio.create_task(bot.get_updates(timeout=50))
    await world.updates.polled(1)
    await wire.ok("getUpdates")
    with pytest.raises(Conflict):
        await first
