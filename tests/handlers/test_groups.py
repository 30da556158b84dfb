"""Groups: the admin group, the one that may become it, and everybody else's."""

from datetime import timedelta

import pytest

import handlers
from handlers.admin import COMMANDS
from playground.world import World
from tests.conftest import NOON, PETITION, Start, Vigil
from tests.conversation import Chat
from tests.handlers.organiser import desk

ALSO_PRIVATE = {command.name for _, command in handlers.OF_STAFF}
ONLY_THERE = "This command works in the admin group only. /id tells a group's number."


async def added(vigil: Vigil, user: int) -> Chat:
    """Let somebody add the bot to a new group."""
    chat = vigil.world.membership(user, None, "add")["chat_id"]
    await vigil.world.settled()
    return Chat(vigil.world, user, chat)


async def test_added_while_there_is_no_admin_group_it_tells_the_number(start: Start) -> None:
    vigil = await start(admin_chat=None)
    group = await added(vigil, vigil.world.admins[0].id)
    assert f"VIGIL_ADMIN_CHAT={group.id}" in group.last["text"]

    vigil = await start(admin_chat=group.id)
    assert (await group.say("/content@vigil_playground_bot")).startswith("Content\n")


async def test_added_to_another_group_it_says_where_it_works(vigil: Vigil) -> None:
    group = await added(vigil, vigil.world.supporters[0].id)
    assert group.last["text"].startswith("I work in private chats.")
    assert (await group.say("/help@vigil_playground_bot")).startswith("I work in private chats.")


async def test_added_to_the_admin_group_it_says_what_it_can_do_there(start: Start) -> None:
    vigil = await start(admin_chat=None)
    group = await added(vigil, vigil.world.admins[0].id)
    vigil.world.membership(group.user, group.id, "remove")
    vigil = await start(admin_chat=group.id)
    vigil.world.membership(group.user, group.id, "add")
    await vigil.world.settled()
    assert group.last["text"].startswith("This is the admin group.")
    for command in COMMANDS:
        assert f"/{command.name} – {command.summary}" in group.last["text"]
    assert (await group.say("/help@vigil_playground_bot")).startswith("This is the admin group.")


@pytest.mark.parametrize("command", [command.name for command in COMMANDS])
async def test_an_admin_command_wants_the_right_person_in_the_right_place(
    command: str, vigil: Vigil
) -> None:
    owner, other = vigil.world.admins[0].id, vigil.world.supporters[0].id
    foreign = await added(vigil, owner)

    if command not in ALSO_PRIVATE:
        assert await Chat(vigil.world, owner).say(f"/{command}") == ONLY_THERE
        assert await Chat(vigil.world, other).say(f"/{command}") == ONLY_THERE
    assert await foreign.say(f"/{command}@vigil_playground_bot") == ONLY_THERE
    assert "Remain anonymous" in await vigil.group().say(f"/{command}", anonymous=True)
    assert "Type it yourself" in await vigil.group().say(f"/{command}", forwarded=True)
    assert ONLY_THERE not in await vigil.group().say(f"/{command}")


async def test_who_writes_as_a_channel_is_asked_to_write_as_herself(vigil: Vigil) -> None:
    world, group = vigil.world, vigil.group()
    channel = {"id": -1001234567890, "type": "channel", "title": "News"}
    sender = {"id": 136817688, "is_bot": True, "first_name": "Channel"}
    command = {"type": "bot_command", "offset": 0, "length": 8}
    said = {"text": "/content", "entities": [command], "sender_chat": channel}
    world.updates.add("message", world.post(world.admin_chat, sender, said))
    await world.settled()
    assert group.last["text"].startswith("I cannot tell who you are.")


async def test_who_is_no_owner_is_told_so(start: Start) -> None:
    vigil = await start()
    vigil = await start(owners=frozenset({vigil.world.admins[0].id}))
    answer = await vigil.group(1).say("/content")
    assert answer.startswith("Only people of our staff can do that.")
    assert "53" not in answer
    assert (await vigil.group(0).say("/content")).startswith("Content\n")


@pytest.mark.parametrize(
    "words", ["/ask What is torture?", "/mysignatures", "/forgetme", "What is torture?", "STOP"]
)
async def test_what_is_meant_for_private_chats_is_not_answered_in_a_group(
    words: str, vigil: Vigil
) -> None:
    assert await vigil.group().say(words) == ""


async def test_the_admin_groups_menu_shows_its_commands(vigil: Vigil) -> None:
    menu = vigil.world.menus.seen_by(vigil.world.admins[0], vigil.world.admin_chat)
    assert [entry["command"] for entry in menu] == [command.name for command in COMMANDS]


async def test_removed_from_a_group_it_goes_quietly(vigil: Vigil) -> None:
    group = await added(vigil, vigil.world.supporters[0].id)
    vigil.world.membership(group.user, group.id, "remove")
    await vigil.world.settled()
    assert await vigil.chat().say("hello")


async def test_asked_in_a_group_it_tells_the_number(vigil: Vigil) -> None:
    group = await added(vigil, vigil.world.admins[0].id)
    answer = await group.say("/id@vigil_playground_bot")
    assert f"VIGIL_ADMIN_CHAT={group.id}" in answer
    assert await vigil.group().say("/id") == "This is the admin group that I know."


@pytest.fixture
async def basic_world() -> World:
    """A playground whose admin group has not become a supergroup yet."""
    return World(now=lambda: NOON, rate=1_000, group_rate=1_000, basic_admin_group=True)


class TestTheAdminGroupBecomesASupergroup:
    """Telegram tells it once, and refuses whatever comes to the old number from then on."""

    @pytest.fixture
    def world(self, basic_world: World) -> World:
        return basic_world

    def move(self, vigil: Vigil, *, told: bool = True) -> Chat:
        """The group as it is afterwards; untold, as if the messages about it had been lost."""
        owner = vigil.world.admins[0].id
        new = vigil.world.migrate(owner, vigil.settings.admin_chat or 0)
        if not told:
            vigil.world.updates.waiting.clear()
        return Chat(vigil.world, owner, new)

    async def works_in(self, group: Chat, vigil: Vigil) -> None:
        assert (await group.say("/content")).startswith("Content\n")
        assert await vigil.services.staff.admin_chat() == group.id

    async def test_it_is_followed_at_once_and_for_good(self, vigil: Vigil, start: Start) -> None:
        group = self.move(vigil)
        await vigil.world.settled()
        told = [one["text"] for one in group.messages if one["from"]["is_bot"]]
        assert told == [
            "This group has a new number at Telegram. I have noted it: nothing is to be done."
        ]
        await self.works_in(group, vigil)
        assert f"whose number is {group.id}" in await group.say("/id")
        await self.works_in(group, await start())  # the settings still name the old number

    async def test_its_commands_are_offered_there(self, vigil: Vigil) -> None:
        group = self.move(vigil)
        await vigil.world.settled()
        menu = vigil.world.menus.seen_by(vigil.world.admins[0], vigil.world.chat(group.id))
        assert [entry["command"] for entry in menu] == [command.name for command in COMMANDS]

    async def test_a_notice_that_was_refused_is_sent_again_to_the_new_number(
        self, vigil: Vigil
    ) -> None:
        vigil.world.clock.jump(timedelta(days=2_000))
        group = self.move(vigil, told=False)
        await handlers.tell_stale(vigil.app.bot, vigil.services)
        assert "long past" in group.last["text"]
        menu = vigil.world.menus.seen_by(vigil.world.admins[0], vigil.world.chat(group.id))
        assert menu
        await self.works_in(group, vigil)

    async def test_an_answer_that_was_refused_tells_the_new_number(
        self, vigil: Vigil, caplog: pytest.LogCaptureFixture
    ) -> None:
        group = self.move(vigil, told=False)
        for _ in range(2):
            vigil.world.say(group.user, "/content", vigil.settings.admin_chat)
            await vigil.world.settled()
        await self.works_in(group, vigil)
        assert "unexpected" not in caplog.text

    async def test_a_test_send_that_was_refused_tells_the_new_number(self, vigil: Vigil) -> None:
        author = Chat(vigil.world, vigil.world.admins[0].id)
        await desk.draft(vigil, author=author)
        group = self.move(vigil, told=False)
        await desk.tap(author, "Test")
        assert "do it once more" in author.last["text"]
        await desk.tap(author, "Test")
        assert any(desk.TEXT in one.get("text", "") for one in group.messages)

    async def test_a_move_while_nobody_was_listening_is_found_at_the_start(
        self, vigil: Vigil, start: Start
    ) -> None:
        group = self.move(vigil, told=False)
        vigil = await start()
        await self.works_in(group, vigil)

    async def test_another_group_in_the_settings_wins_again(
        self, vigil: Vigil, start: Start
    ) -> None:
        old = self.move(vigil)
        await vigil.world.settled()
        third = await added(vigil, old.user)
        vigil = await start(admin_chat=third.id)
        assert (await third.say("/content@vigil_playground_bot")).startswith("Content\n")
        assert await old.say("/content") == ONLY_THERE

        vigil = await start()
        await self.works_in(old, vigil)
        vigil = await start(admin_chat=old.id)  # the operator has written down the new number
        await self.works_in(old, vigil)


async def test_without_an_admin_group_nothing_is_told(start: Start) -> None:
    vigil = await start(admin_chat=None)
    vigil.world.clock.jump(timedelta(days=2_000))
    await handlers.tell_stale(vigil.app.bot, vigil.services)
    assert vigil.group().messages == []


async def test_a_button_of_the_admin_group_works_nowhere_else(vigil: Vigil) -> None:
    owner = vigil.world.admins[0].id
    alone = Chat(vigil.world, owner)
    await alone.say("/staff")
    assert await alone.send_data("admin:staff:list") == ""
    assert alone.popups == ["This button works in the admin group only."]

    foreign = await added(vigil, owner)
    await foreign.say("/id@vigil_playground_bot")
    assert await foreign.send_data("admin:staff:list") == ""


async def test_buttons_do_nothing_in_the_admin_group(vigil: Vigil) -> None:
    group = vigil.group()
    await group.say("/content")
    for data in ("go:mydata", f"sign:counted:{PETITION}:1", "forget:everything"):
        assert await group.send_data(data) == ""
