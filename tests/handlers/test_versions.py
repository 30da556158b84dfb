"""People sign the text that they read, whatever happens to it meanwhile."""

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import select

from bot.content import Content
from bot.services.petitions import Petitions
from bot.store.schema import signatures
from tests.conftest import NOON, PETITION, Shelf, Start, Vigil, wishes_of

LINK = f"petition-{PETITION}"


def beside(vigil: Vigil, content: Content, shelf: Shelf) -> Petitions:
    """`petition open` in another process, on the content folder as it has become."""
    edited = shelf[PETITION].model_copy(update={"ask": "A wholly different demand."})
    english = replace(content.language("en"), petitions={PETITION: edited})
    other = replace(content, languages={"en": english})
    clock = vigil.world.clock.now
    return Petitions(vigil.database, lambda: other, wishes_of(vigil.database, clock), clock)


async def test_a_signature_names_the_text_that_the_running_bot_shows(
    start: Start, content: Content, shelf: Shelf
) -> None:
    vigil = await start()
    chat = vigil.chat()
    await chat.link(LINK)
    await chat.tap("Count me without my name")
    await beside(vigil, content, shelf).open(PETITION)

    assert "version 1 of the text" in await chat.tap("Count me")
    async with vigil.database.read() as db:
        assert (await db.scalars(select(signatures.c.version))).all() == [1]


async def test_a_button_from_before_a_change_signs_nothing(start: Start, shelf: Shelf) -> None:
    chat = (await start()).chat()
    await chat.link(LINK)
    await chat.tap("Count me without my name")
    shelf[PETITION] = shelf[PETITION].model_copy(update={"ask": "Stop torture now."})
    chat = (await start()).chat()

    assert (await chat.tap("Count me")).startswith("The text of this petition has been changed")
    assert "Stop torture now." in await chat.link(LINK)
    await chat.tap("Count me without my name")
    assert "version 2 of the text" in await chat.tap("Count me")


async def test_a_name_typed_before_a_change_signs_nothing_by_any_of_its_buttons(
    start: Start, shelf: Shelf
) -> None:
    chat = (await start()).chat()
    await chat.link(LINK)
    await chat.tap("Add my name")
    await chat.tap("Write another name")
    await chat.say("Leyla")
    first = chat.last
    await chat.say("Leyla Kaya")
    shelf[PETITION] = shelf[PETITION].model_copy(update={"ask": "Stop torture now."})
    chat = (await start()).chat()

    for _ in range(2):  # the older button offers the later name, and that one is to be signed
        shown = chat.world.chat(chat.id).by_id[first["message_id"]]
        data = shown["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
        answer = await chat.send_data(data, first["message_id"])
    assert answer.startswith("The text of this petition has been changed")
    another = shown["reply_markup"]["inline_keyboard"][1][0]["callback_data"]
    answer = await chat.send_data(another, first["message_id"])
    assert answer.startswith("The text of this petition has been changed")


async def test_a_text_that_comes_back_has_its_old_number(start: Start, shelf: Shelf) -> None:
    first = shelf[PETITION]
    await start()
    shelf[PETITION] = first.model_copy(update={"ask": "Stop torture now."})
    await start()
    shelf[PETITION] = first
    chat = (await start()).chat()
    await chat.link(LINK)
    await chat.tap("Count me without my name")
    assert "version 1 of the text" in await chat.tap("Count me")


async def test_new_terms_leave_what_they_do_not_name(vigil: Vigil) -> None:
    before = await vigil.services.petitions.open(PETITION, goal=2_000)
    assert (before.closes_at, before.goal) == (NOON + timedelta(days=30), 2_000)
    after = await vigil.services.petitions.open(PETITION, NOON + timedelta(days=60))
    assert (after.closes_at, after.goal) == (NOON + timedelta(days=60), 2_000)
