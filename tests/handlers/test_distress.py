"""Somebody in need is answered first, and nothing of it is kept anywhere."""

import pytest

from bot.content import Content
from playground.wire import Upload
from tests.conftest import PETITION, Vigil
from tests.conversation import Chat
from tests.handlers.rows import written

CRY = "I was tortured by the police in Zanzoria last night"
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)


@pytest.fixture
def card(content: Content) -> str:
    """How the support card begins."""
    return content.language("en").support.title


async def test_a_cry_for_help_gets_the_support_card_and_only_a_person_to_press(
    chat: Chat, card: str
) -> None:
    shown = await chat.say(CRY)
    assert shown.startswith(card)
    assert "help@example.org" in shown
    assert chat.buttons == ["Reach a person"]
    assert len(chat.replies) == 1
    assert "the team" in await chat.tap("Reach a person")


@pytest.mark.parametrize(
    "words",
    [f"/ask {CRY}", f"/help {CRY}", f"/petitions {CRY}", f"/help_me {CRY}", f"/start {CRY}"],
)
async def test_it_is_heard_behind_a_command_too(words: str, chat: Chat, card: str) -> None:
    assert (await chat.say(words)).startswith(card)
    assert len(chat.replies) == 1


async def test_a_stop_is_obeyed_all_the_same(chat: Chat, vigil: Vigil, card: str) -> None:
    await chat.link(f"petition-{PETITION}")
    await chat.tap("Count me without my name")
    await chat.tap("Count me")
    await chat.say(f"/stop {CRY}")

    assert chat.replies[0].startswith(card)
    assert chat.replies[1].startswith("Stopped.")
    assert '"stopped_at": "2027' in await written(vigil.database)


async def test_a_caption_is_heard_too(chat: Chat, card: str) -> None:
    chat.world.photo(chat.user, Upload("wound.png", PNG, "image/png"), caption=CRY)
    await chat.world.settled()
    assert chat.last["text"].startswith(card)


async def test_in_the_middle_of_a_name_it_comes_first_and_ends_the_dialog(
    chat: Chat, vigil: Vigil, card: str
) -> None:
    await chat.link(f"petition-{PETITION}")
    await chat.tap("Add my name")
    await chat.tap("Write another name")

    assert (await chat.say(CRY)).startswith(card)
    after = await chat.say("They came to our house in Wexham")
    assert "Your name will stand" not in after
    assert "Wexham" not in await written(vigil.database)


async def test_nothing_of_it_stands_in_any_table_nor_can_it_be_passed_on(
    chat: Chat, vigil: Vigil
) -> None:
    await chat.say(CRY)
    cry = chat.messages[-2]["message_id"]
    assert chat.messages[-2]["text"] == CRY
    await chat.send_data("ask:pass", cry)
    await chat.send_data("ask:pass")

    everything = await written(vigil.database)
    for word in ("Zanzoria", "tortured by", "last night"):
        assert word not in everything
    assert "Zanzoria" not in await vigil.group().say("/unanswered")


async def test_a_question_that_quotes_a_cry_is_not_kept_when_passed_on(
    chat: Chat, vigil: Vigil
) -> None:
    """A forged tap under a message of ours that answers a cry keeps nothing."""
    await chat.say(CRY)
    chat.world.say(chat.user, "hello", reply_to=chat.last["message_id"])
    await chat.world.settled()
    await chat.send_data("ask:pass")
    assert "Zanzoria" not in await written(vigil.database)
