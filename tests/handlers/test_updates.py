"""Updates that come twice, late, in pieces, or with nothing in them."""

from typing import Any

import pytest
import sqlalchemy as sa

from bot.store.schema import handled_updates
from tests.conftest import PETITION, Start, Vigil
from tests.conversation import Chat
from tests.handlers.rows import all_rows
from tests.handlers.test_signing import LINK, counted, sign


def last_update(vigil: Vigil) -> int:
    return int(vigil.world.updates.confirmed[-1]["update_id"])


async def to_a_name(chat: Chat) -> None:
    await chat.link(LINK)
    await chat.tap("Add my name")
    await chat.tap("Write another name")


async def act(chat: Chat, *steps: str) -> None:
    for step in steps:
        if step == "sign":
            await sign(chat)
        elif step == "to a name":
            await to_a_name(chat)
        elif step.startswith("["):
            await chat.tap(step.strip("[]"))
        else:
            await chat.say(step)


@pytest.mark.parametrize(
    "steps",
    [
        ("sign",),
        ("sign", "[Take it back]", "[Yes, take it back]"),
        ("to a name",),
        ("to a name", "Leyla"),
        ("to a name", "Leyla", "[Sign as \u2068Leyla\u2069]"),
        ("sign", "/forgetme"),
        ("sign", "/forgetme", "[Erase everything]"),
        ("sign", "/stop"),
        ("sign", "STOP"),
        ("to a name", "/cancel"),
        ("Which bicycle tyres fit my wheels?", "[Pass it to the team]"),
        ("What is torture?",),
    ],
)
async def test_what_is_delivered_twice_changes_nothing_and_says_nothing(
    steps: tuple[str, ...], chat: Chat, vigil: Vigil
) -> None:
    await act(chat, *steps)
    before, shown = await all_rows(vigil.database), list(chat.messages)
    calls = len(vigil.world.calls)

    vigil.world.redeliver(last_update(vigil))
    await vigil.world.settled()

    assert await all_rows(vigil.database) == before
    assert chat.messages == shown
    assert len(vigil.world.calls) == calls


async def test_a_tap_of_last_year_does_not_sign_again_after_an_erasure(
    chat: Chat, vigil: Vigil
) -> None:
    await sign(chat)
    signed = last_update(vigil)
    await chat.say("/forgetme")
    await chat.tap("Erase everything")
    vigil.world.redeliver(signed)
    await vigil.world.settled()
    assert await counted(vigil) == (0, 0)


async def test_ids_that_start_again_lower_are_news(chat: Chat, vigil: Vigil) -> None:
    await chat.link(LINK)
    vigil.world.restart_ids(5)
    await chat.tap("Count me without my name")
    assert "You are number 1" in await chat.tap("Count me")
    assert await chat.say("hello")


async def crash_after(vigil: Vigil) -> None:
    """As after a kill: what was done is in the database, and that it was done is not."""
    async with vigil.database.write() as db:
        last = handled_updates.c.update_id == last_update(vigil)
        await db.execute(sa.delete(handled_updates).where(last))
    vigil.world.redeliver(last_update(vigil))
    await vigil.world.settled()


async def test_a_typed_name_that_comes_again_after_a_crash_is_offered_again(
    start: Start,
) -> None:
    vigil = await start()
    await to_a_name(vigil.chat())
    await vigil.chat().say("Leyla")
    vigil = await start()
    await crash_after(vigil)

    assert "\u2068Leyla\u2069" in vigil.chat().last["text"]
    assert "Nothing is signed yet." in vigil.chat().last["text"]
    await vigil.chat().tap("Sign as \u2068Leyla\u2069")
    assert await counted(vigil) == (1, 1)


async def test_a_signature_that_comes_again_after_a_crash_counts_once(start: Start) -> None:
    vigil = await start()
    await sign(vigil.chat())
    vigil = await start()
    await crash_after(vigil)
    assert "already" in vigil.chat().last["text"]
    assert "Receipt: number 1" in vigil.chat().last["text"]
    assert await counted(vigil) == (1, 1)


async def test_an_erasure_that_comes_again_after_a_crash_ends_the_same(start: Start) -> None:
    vigil = await start()
    await sign(vigil.chat())
    await vigil.chat().say("/forgetme")
    await vigil.chat().tap("Erase everything")
    await crash_after(vigil)
    assert vigil.chat().last["text"].startswith("Everything about you is erased.")
    assert await counted(vigil) == (0, 0)


@pytest.mark.parametrize("letter", ["a ", "word and ", "\U0001f600 x"])
async def test_a_message_that_came_in_pieces_is_asked_for_again(letter: str, chat: Chat) -> None:
    await chat.say((letter * 5_000)[:5_000] + " end")
    assert chat.replies[0].startswith("Your message was so long that it reached me in pieces")
    assert chat.replies[0].endswith("Is this about you, or somebody near you? /support")
    assert len(chat.replies) <= 3


async def test_a_very_long_name_in_pieces_is_no_name(chat: Chat, vigil: Vigil) -> None:
    await to_a_name(chat)
    assert "longer than a name can be" in await chat.say("Leyla " * 1_000)
    assert await counted(vigil) == (0, 0)


@pytest.mark.parametrize("marks", ["😀", "👩‍👩‍👧‍👦🏳️‍🌈", "\u200f\u200e", "؟", "...", "—"])
async def test_no_words_are_answered_as_such(marks: str, chat: Chat) -> None:
    assert await chat.say(marks) == (
        "I can only read words. Write your question as a sentence, please.\n\n"
        "Is this about you, or somebody near you? /support"
    )


@pytest.mark.parametrize(
    ("sign", "word"),
    [("👍🏾", "All right."), ("🙏", "You are welcome."), ("👋", "Hello. I am Vigil.")],
)
async def test_a_sign_gets_a_friendly_word(sign: str, word: str, chat: Chat) -> None:
    assert (await chat.say(sign)).startswith(word)


async def test_updates_that_nobody_handles_are_not_even_asked_for(chat: Chat, vigil: Vigil) -> None:
    await chat.say("hello")
    asked = vigil.world.updates.allowed or ()
    assert sorted(asked) == [
        "callback_query", "edited_message", "inline_query", "message", "my_chat_member",
    ]  # fmt: skip


async def test_a_button_of_a_former_version_says_so(chat: Chat, vigil: Vigil) -> None:
    await chat.say("hello")
    await chat.send_data("alerts:topic:urgent")
    assert chat.popups == ["This button no longer works. Send /help to see what I can do."]


async def test_buttons_do_nothing_in_foreign_groups(vigil: Vigil) -> None:
    person = vigil.chat()
    await person.link(LINK)
    group = Chat(vigil.world, person.user, new_group(vigil, person.user)["chat_id"])
    await vigil.world.settled()
    before = len(group.messages)

    for data in (f"sign:counted:{PETITION}:1", "forget:everything", "go:mysignatures", "nonsense"):
        assert await group.send_data(data) == ""
    assert await counted(vigil) == (0, 0)
    assert len(group.messages) == before
    assert vigil.world.queries == {}
    assert person.popups == []


def new_group(vigil: Vigil, user: int) -> dict[str, Any]:
    return vigil.world.membership(user, None, "add")
