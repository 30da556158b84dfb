"""/start, /help, /cancel, /contact, /id, and what is no words or no command."""

import pytest

from handlers import COMMANDS
from playground.wire import Upload
from tests.conftest import PETITION, Start, Vigil
from tests.conversation import Chat
from tests.handlers.test_distress import PNG

NEAR = "Is this about you, or somebody near you? /support"
UNKNOWN_LINK = "I do not know this link. It may be incomplete or out of date."


async def test_start_says_what_this_is(chat: Chat) -> None:
    welcome = await chat.say("/start")
    assert welcome.startswith("Welcome to Vigil\n\nThis is the bot of Example Rights.")
    assert chat.buttons == ["Ask", "Petitions"]
    assert "choose a subject" in await chat.tap("Ask")


@pytest.mark.parametrize(
    "payload",
    [
        "foo",
        "petition-",
        "PETITION-CAMEROON-TORTURE",
        "petition_cameroon",
        "s-abcdefgh",
        "petition-" + "a" * 200,
        "a" * 200,
        "petition-ليلى",
        "petition-%00",
        "<b>petition</b>",
        "petition-cameroon-torture extra",
        "-1",
        "ask-../../etc",
    ],
)
async def test_a_forged_link_says_so_and_welcomes_all_the_same(payload: str, chat: Chat) -> None:
    await chat.say(f"/start {payload}")
    assert chat.replies[0] == UNKNOWN_LINK
    assert chat.replies[1].startswith("Welcome to Vigil")
    assert len(chat.replies) == 2


@pytest.mark.parametrize(
    ("payload", "answer"),
    [
        ("petition-no-such", "This petition has been withdrawn, or the link is not whole."),
        ("case-no-such", "There is no such case"),
        ("ask-no-such", "There is no such text"),
    ],
)
async def test_a_link_to_something_that_is_not_there_says_where_to_go(
    payload: str, answer: str, chat: Chat
) -> None:
    assert (await chat.link(payload)).startswith(answer)
    assert len(chat.replies) == 1


async def test_a_link_works_for_old_friends_too(chat: Chat) -> None:
    await chat.say("/start")
    assert "Add my name" not in chat.buttons
    await chat.link(f"petition-{PETITION}")
    assert "Add my name" in chat.buttons


async def test_help_lists_what_exists_and_only_that(chat: Chat) -> None:
    shown = await chat.say("/help")
    listed = [line.split(" – ")[0] for line in shown.split("\n") if line.startswith("/")]
    assert listed == [f"/{command.name}" for command in COMMANDS if command.summary]
    assert listed == [
        "/help", "/ask", "/petitions", "/mysignatures", "/cases", "/alerts", "/settings",
        "/contact", "/privacy", "/mydata", "/forgetme", "/stop", "/cancel",
    ]  # fmt: skip
    for command in listed:
        assert await chat.say(command) != "I do not know that command. /help shows what I can do."


async def test_the_menu_offers_what_help_lists(chat: Chat, vigil: Vigil) -> None:
    menu = vigil.world.menus.get(("all_private_chats", 0, 0), "en")
    assert menu is not None
    shown = await chat.say("/help")
    for entry in menu:
        assert f"/{entry['command']} – {entry['description']}" in shown


async def test_cancel_leaves_a_dialog_and_says_so_where_there_is_none(chat: Chat) -> None:
    assert await chat.say("/cancel") == "There is nothing to cancel. /help shows what I can do."
    await chat.link(f"petition-{PETITION}")
    await chat.tap("Add my name")
    await chat.tap("Write another name")
    assert await chat.say("/cancel") == "Cancelled. What you had begun was not kept."
    assert "Your name will stand" not in await chat.say("Leyla")


async def test_contact_names_the_organisation_and_the_way(chat: Chat) -> None:
    shown = await chat.say("/contact")
    assert "Example Rights" in shown
    assert "help@example.org" in shown


async def test_an_unknown_command_leads_to_help(chat: Chat) -> None:
    for words in ("/unknown", "/HELPME", "/start_", "/sign cameroon"):
        assert await chat.say(words) == "I do not know that command. /help shows what I can do."


async def test_a_picture_without_words_is_not_opened(chat: Chat) -> None:
    for as_document in (False, True):
        chat.world.photo(chat.user, Upload("a.png", PNG, "image/png"), as_document=as_document)
        await chat.world.settled()
        assert chat.last["text"].startswith("I can only read text, so I did not open this.")
        assert chat.last["text"].endswith(NEAR)
    assert not [call for call in chat.world.calls if call.method == "getFile"]


async def test_a_picture_with_words_is_answered_by_its_words(chat: Chat) -> None:
    chat.world.photo(chat.user, Upload("a.png", PNG, "image/png"), caption="hello")
    await chat.world.settled()
    assert chat.last["text"].startswith("Hello. I am Vigil.")


@pytest.mark.parametrize(
    "kind", [{"sticker": {}}, {"voice": {}}, {"location": {"latitude": 1.5, "longitude": 2.5}}]
)
async def test_what_is_no_text_at_all_is_not_opened(kind: dict[str, object], chat: Chat) -> None:
    files = {"file_id": "f", "file_unique_id": "u", "duration": 1, "width": 1, "height": 1}
    sticker = {"type": "regular", "is_animated": False, "is_video": False}
    name, fields = next(iter(kind.items()))
    content = {name: fields or files | (sticker if name == "sticker" else {})}
    chat.world._speak(chat.user, chat.world.chat(chat.id), content)
    await chat.world.settled()
    assert chat.last["text"].startswith("I can only read text, so I did not open this.")
    assert chat.last["text"].endswith(NEAR)


async def test_id_tells_an_owner_to_be_how_to_become_one_only_while_there_is_none(
    start: Start,
) -> None:
    chat = (await start()).chat()
    assert await chat.say("/id") == f"Your number at Telegram is {chat.user}."
    chat = (await start(owners=frozenset())).chat()
    assert f"VIGIL_OWNERS={chat.user}" in await chat.say("/id")


async def test_cases_tell_who_and_what_became_of_them(chat: Chat) -> None:
    await chat.say("/cases")
    story = await chat.tap("Ángel Colón: free after almost six years")
    assert "Released" in story
    assert "As of: late 2014" in story
    assert chat.buttons == ["Follow this case", "Share", "All cases", "Petitions"]
    assert await chat.tap("All cases") == "The people whose cases we tell of:"
