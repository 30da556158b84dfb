"""The name under a petition: from the profile, or typed; shown just as it will stand."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.store.schema import signatures
from tests.conftest import PETITION, Start, Vigil
from tests.conversation import Chat
from tests.handlers.rows import all_rows, written

LINK = f"petition-{PETITION}"
REFUSED = {
    "x" * 500: "That is longer than a name can be",
    "\u00a0\u2003.": "I found no letters in that",
    "see www.example.org": "A name cannot hold a link",
    "@amara_okafor": "A name cannot hold a link",
    "Ama\u2067ra Okafor": "There are invisible characters",
    "Ama\u200bra": "There are invisible characters",
    "😀👍": "I found no letters in that",
    "\u200f\u200e": "I found no letters in that",
}


async def type_name(chat: Chat, name: str = "") -> str:
    """Go as far as the question for a name, and answer it."""
    await chat.link(LINK)
    await chat.tap("Add my name")
    asked = await chat.tap("Write another name")
    return await chat.say(name) if name else asked


async def names(vigil: Vigil) -> list[str | None]:
    async with vigil.database.read() as db:
        return list((await db.execute(select(signatures.c.name))).scalars())


async def test_another_name_than_the_profiles_can_be_typed(chat: Chat, vigil: Vigil) -> None:
    assert (await type_name(chat)).startswith("Write the name that shall stand under")
    shown = await chat.say("  Leyla   K. ")
    assert "\u2068Leyla K.\u2069" in shown
    assert "Nothing is signed yet." in shown
    thanks = await chat.tap("Sign as \u2068Leyla K.\u2069")

    assert thanks.startswith("\u2068Leyla\u2069, thank you. You are number 1 under")
    assert await names(vigil) == ["Leyla K."]
    assert (await all_rows(vigil.database))["dialogs"] == []


@pytest.mark.parametrize(
    ("name", "greeted"),
    [
        ("Amara Okafor", "Amara"),
        ("Anne-Marie Dubois", "Anne-Marie"),
        ("Leyla", "Leyla"),
        ("陳大文", "陳大文"),
        ("राम् सीता", "राम्"),
        ("J. R. R. Tolkien", "J. R. R. Tolkien"),
        ("Dr. Amara", "Dr. Amara"),
        ("عبد الرحمن حداد", "عبد الرحمن حداد"),
        ("x" * 99, "x" * 99),
    ],
)
async def test_the_thanks_are_said_to_the_first_name(name: str, greeted: str, chat: Chat) -> None:
    await type_name(chat, name)
    thanks = await chat.tap(chat.buttons[0])
    assert thanks.startswith(f"\u2068{greeted}\u2069, thank you. You are number 1 under")


@pytest.mark.parametrize(("typed", "reason"), REFUSED.items())
async def test_what_is_no_name_is_refused_and_asked_for_again(
    typed: str, reason: str, chat: Chat, vigil: Vigil
) -> None:
    assert reason in await type_name(chat, typed)
    assert "Leyla" in await chat.say("Leyla")
    await chat.tap("Sign as \u2068Leyla\u2069")
    assert await names(vigil) == ["Leyla"]


async def test_the_last_name_typed_is_the_one_that_counts(chat: Chat, vigil: Vigil) -> None:
    await type_name(chat, "Leyla")
    first = chat.last["message_id"]
    data = chat.last["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    await chat.say("Leyla Kaya")

    shown = await chat.send_data(data, first)
    assert "\u2068Leyla Kaya\u2069" in shown
    assert await names(vigil) == []
    await chat.tap("Sign as \u2068Leyla Kaya\u2069")
    assert await names(vigil) == ["Leyla Kaya"]


@pytest.mark.parametrize(
    "name", ["Tom <b>&</b> *x* _y_", "</b><a href='x'>", "&lt;b&gt;", "`A`", "=SUM(A1)"]
)
async def test_markup_in_a_name_is_shown_as_it_was_typed(
    name: str, chat: Chat, vigil: Vigil
) -> None:
    assert name in await type_name(chat, name)
    thanks = await chat.tap(f"Sign as \u2068{name}\u2069")
    greeted = "Tom" if name.startswith("Tom") else name  # a sign alone greets nobody
    assert thanks.startswith(f"\u2068{greeted}\u2069, thank you")
    assert f"Name: \u2068{name}\u2069" in await chat.say("/mysignatures")
    assert await names(vigil) == [name]


async def test_markup_in_the_profiles_name_is_shown_as_it_is(vigil: Vigil) -> None:
    chat = vigil.chat(3)
    await chat.link(LINK)
    shown = await chat.tap("Add my name")
    assert "\u2068Tom <b>&</b> _O*Neil_ [x](y)\u2069" in shown
    await chat.tap(chat.buttons[0])
    assert await names(vigil) == ["Tom <b>&</b> _O*Neil_ [x](y)"]


async def test_an_arabic_name_keeps_to_itself_in_an_english_sentence(vigil: Vigil) -> None:
    chat = vigil.chat(2)
    await chat.link(LINK)
    assert "\u2068ليلى حداد\u2069" in await chat.tap("Add my name")
    assert (await chat.tap(chat.buttons[0])).startswith("\u2068ليلى\u2069, thank you.")
    assert await names(vigil) == ["ليلى حداد"]


async def test_a_name_changed_at_telegram_between_the_taps_is_shown_before_it_is_signed(
    chat: Chat, vigil: Vigil
) -> None:
    await chat.link(LINK)
    await chat.tap("Add my name")
    vigil.world.people[chat.user].user["first_name"] = "Amarachi"

    shown = await chat.tap("Sign as \u2068Amara Okafor\u2069")
    assert "\u2068Amarachi Okafor\u2069" in shown
    assert await names(vigil) == []
    await chat.tap("Sign as \u2068Amarachi Okafor\u2069")
    assert await names(vigil) == ["Amarachi Okafor"]


async def test_a_profile_without_a_usable_name_is_asked_for_one(chat: Chat, vigil: Vigil) -> None:
    vigil.world.people[chat.user].user.update(first_name="🌻", last_name="")
    await chat.link(LINK)
    assert (await chat.tap("Add my name")).startswith("Write the name that shall stand")
    await chat.say("Amara")
    await chat.tap("Sign as \u2068Amara\u2069")
    assert await names(vigil) == ["Amara"]


@pytest.mark.parametrize(
    "way", ["Back", "/petitions", "/ask", "/mysignatures", "/start", "/cancel"]
)
async def test_who_goes_another_way_is_not_asked_for_a_name_any_more(
    way: str, chat: Chat, vigil: Vigil
) -> None:
    await type_name(chat)
    await (chat.say(way) if way.startswith("/") else chat.tap(way))

    assert "Your name will stand" not in await chat.say("How many people are tortured?")
    assert (await all_rows(vigil.database))["dialogs"] == []


@pytest.mark.parametrize("look", ["/help", "/privacy", "/mydata", "/id"])
async def test_who_only_looks_something_up_can_go_on(look: str, chat: Chat) -> None:
    await type_name(chat)
    await chat.say(look)
    assert "\u2068Leyla\u2069" in await chat.say("Leyla")


async def test_signing_without_a_name_after_all_ends_the_question_for_one(chat: Chat) -> None:
    await type_name(chat)
    await chat.tap("Back")
    await chat.tap("Count me without my name")
    await chat.tap("Count me")
    assert "Your name will stand" not in await chat.say("Leyla")


async def test_an_unfinished_name_is_forgotten_after_a_day(chat: Chat, vigil: Vigil) -> None:
    await type_name(chat, "Leyla Kaya")
    assert "Leyla Kaya" in await written(vigil.database)
    vigil.world.clock.jump(timedelta(hours=24))

    assert "Your name will stand" not in await chat.say("Leyla")
    assert "Write the name" not in await chat.tap("Sign as \u2068Leyla Kaya\u2069")
    await vigil.services.housekeeping.tick()
    assert "Leyla" not in await written(vigil.database)


async def test_a_name_half_given_survives_a_restart(start: Start) -> None:
    vigil = await start()
    await type_name(vigil.chat())
    vigil = await start()
    await vigil.chat().say("Leyla")
    vigil = await start()
    await vigil.chat().tap("Sign as \u2068Leyla\u2069")
    assert await names(vigil) == ["Leyla"]


async def test_a_name_typed_after_the_deadline_is_met_with_the_closed_petition(
    chat: Chat, vigil: Vigil
) -> None:
    vigil.world.clock.jump(timedelta(days=29, hours=23))
    await type_name(chat)
    vigil.world.clock.jump(timedelta(hours=1))

    assert "This petition has closed" in await chat.say("Leyla")
    assert (await all_rows(vigil.database))["dialogs"] == []
