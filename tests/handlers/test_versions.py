"""People sign the text that they read, whatever happens to it meanwhile."""

import hashlib
import json
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from bot.content import Content
from bot.services.petitions import Petitions
from bot.store.schema import petition_texts, signatures
from tests.conftest import NOON, PETITION, Shelf, Start, Vigil, wishes_of
from tests.conversation import Chat
from tests.handlers.test_petition_life import SLUG, opened

LINK = f"petition-{PETITION}"
CHANGED = "The text of this petition has been changed"


async def ready_to_sign(chat: Chat, slug: str = PETITION) -> None:
    await chat.link(f"petition-{slug}")
    await chat.tap("Count me without my name")


async def as_recorded_before(vigil: Vigil) -> None:
    """All texts as an earlier Vigil kept them: without source and date, which it left out."""
    fields = ("title", "addressee", "ask", "body")
    async with vigil.database.write() as db:
        for row in (await db.execute(select(petition_texts))).all():
            text = {field: row.text[field] for field in fields}
            written = json.dumps(text, ensure_ascii=False, sort_keys=True)
            digest = hashlib.sha256(written.encode()).hexdigest()
            this = (petition_texts.c.petition == row.petition) & (
                petition_texts.c.version == row.version
            )
            await db.execute(update(petition_texts).where(this).values(text=text, digest=digest))


async def versions(vigil: Vigil, slug: str = PETITION) -> list[tuple[int, str | None]]:
    """Of each version its number and its source, if that is on record."""
    kept = select(petition_texts.c.version, petition_texts.c.text)
    kept = kept.where(petition_texts.c.petition == slug).order_by(petition_texts.c.version)
    async with vigil.database.read() as db:
        return [(version, text.get("source")) for version, text in await db.execute(kept)]


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


@pytest.mark.parametrize("field", ["title", "addressee", "ask", "body", "source", "as_of"])
async def test_whatever_changes_on_the_card_is_another_version(
    field: str, start: Start, shelf: Shelf
) -> None:
    await ready_to_sign((await start()).chat())
    shelf[PETITION] = shelf[PETITION].model_copy(update={field: "Another one, June 2026"})
    vigil = await start()

    assert (await vigil.chat().tap("Count me")).startswith(CHANGED)
    await ready_to_sign(vigil.chat())
    assert "version 2 of the text" in await vigil.chat().tap("Count me")
    assert [number for number, _ in await versions(vigil)] == [1, 2]


async def test_an_update_of_the_program_changes_no_version(start: Start, shelf: Shelf) -> None:
    """A button from before signs; after that another source is another text."""
    vigil = await start()
    await ready_to_sign(vigil.chat())
    await ready_to_sign(vigil.chat(1))
    await as_recorded_before(vigil)
    assert await versions(vigil) == [(1, None)]
    assert "version 1 of the text" in await vigil.chat().tap("Count me")  # recorded by nobody yet

    vigil = await start()
    first = shelf[PETITION]
    assert await versions(vigil) == [(1, first.source)]
    assert "version 1 of the text" in await vigil.chat(1).tap("Count me")
    await ready_to_sign(vigil.chat(2))

    shelf[PETITION] = first.model_copy(update={"source": "Another source"})
    vigil = await start()
    assert (await vigil.chat(2).tap("Count me")).startswith(CHANGED)
    assert await versions(vigil) == [(1, first.source), (2, "Another source")]


async def test_a_text_from_before_an_update_is_found_when_it_comes_back(
    start: Start, shelf: Shelf
) -> None:
    first = shelf[PETITION]
    await start()
    shelf[PETITION] = first.model_copy(update={"ask": "Stop torture now."})
    await as_recorded_before(await start())
    vigil = await start()
    assert await versions(vigil) == [(1, None), (2, first.source)]

    shelf[PETITION] = first
    vigil = await start()
    await ready_to_sign(vigil.chat())
    assert "version 1 of the text" in await vigil.chat().tap("Count me")


async def test_another_source_is_another_version_of_a_text_made_in_the_chat(start: Start) -> None:
    """Also of one that an earlier Vigil put on record."""
    vigil = await start()
    await opened(vigil)
    await ready_to_sign(vigil.chat(), SLUG)
    await ready_to_sign(vigil.chat(1), SLUG)
    await as_recorded_before(vigil)
    vigil = await start()
    ada, bo = vigil.group(0), vigil.group(1)
    assert "version 1 of the text" in await vigil.chat().tap("Count me")

    await ada.say(f"/petition {SLUG}")
    await ada.tap("Text: English")
    await ada.tap("Source")
    await ada.say("Her lawyer, in a letter")
    await bo.say(f"/petition {SLUG}")
    await bo.tap("Accept the correction")

    assert (await vigil.chat(1).tap("Count me")).startswith(CHANGED)
    await ready_to_sign(vigil.chat(1), SLUG)
    assert "Source: Her lawyer, in a letter" in await vigil.chat(2).link(f"petition-{SLUG}")
    assert "version 2 of the text" in await vigil.chat(1).tap("Count me")
    assert await versions(vigil, SLUG) == [
        (1, "Example Rights, interview with her sister"),
        (2, "Her lawyer, in a letter"),
    ]


async def test_new_terms_leave_what_they_do_not_name(vigil: Vigil) -> None:
    before = await vigil.services.petitions.open(PETITION, goal=2_000)
    assert (before.closes_at, before.goal) == (NOON + timedelta(days=30), 2_000)
    after = await vigil.services.petitions.open(PETITION, NOON + timedelta(days=60))
    assert (after.closes_at, after.goal) == (NOON + timedelta(days=60), 2_000)
