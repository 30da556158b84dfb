"""Petitions that are not open: not yet, no more, or taken back."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.store.schema import petitions, signatures
from tests.conftest import PETITION, Shelf, Start, Vigil
from tests.conversation import Chat

LINK = f"petition-{PETITION}"
OPEN_FOR = timedelta(days=30)
MOMENT = timedelta(microseconds=1)
CLOSED = "This petition has closed"
WITHDRAWN = "This petition has been withdrawn, or the link is not whole. Nothing was signed."


async def sign(chat: Chat) -> str:
    await chat.link(LINK)
    await chat.tap("Count me without my name")
    return await chat.tap("Count me")


async def count(vigil: Vigil) -> int:
    async with vigil.database.read() as db:
        return int(await db.scalar(select(petitions.c.signatures)) or 0)


async def test_a_petition_takes_signatures_until_its_deadline_and_not_at_it(vigil: Vigil) -> None:
    vigil.world.clock.jump(OPEN_FOR - MOMENT)
    assert "number 1" in await sign(vigil.chat(0))

    late = vigil.chat(1)
    await late.link(LINK)
    await late.tap("Count me without my name")
    vigil.world.clock.jump(MOMENT)
    assert await late.tap("Count me") == (
        "This petition closed on 31 March 2027, 12:00 UTC, so your name was not added."
    )
    assert late.buttons == ["Petitions"]
    assert await count(vigil) == 1


async def test_the_tick_closes_what_is_due_and_says_no_more_than_the_card(vigil: Vigil) -> None:
    vigil.world.clock.jump(OPEN_FOR)
    before = await vigil.chat().link(LINK)
    await vigil.services.housekeeping.tick()
    assert await vigil.chat().link(LINK) == before
    assert CLOSED in before
    assert "signed" not in before
    assert vigil.chat().buttons == ["Read more", "All petitions"]


@pytest.mark.parametrize("label", ["Add my name", "Count me without my name"])
async def test_the_buttons_of_an_old_card_show_that_it_has_closed(
    label: str, chat: Chat, vigil: Vigil
) -> None:
    await chat.link(LINK)
    vigil.world.clock.jump(OPEN_FOR)
    shown = await chat.tap(label)
    assert CLOSED in shown
    assert "What we keep if you sign" not in shown
    assert chat.buttons == ["Read more", "All petitions"]


async def test_a_closed_petition_still_tells_a_signer_her_number(chat: Chat, vigil: Vigil) -> None:
    await sign(chat)
    vigil.world.clock.jump(OPEN_FOR)

    card = await chat.link(LINK)
    assert CLOSED in card
    assert "You signed on 1 March 2027 as number 1." in card
    assert "(closed)" in await chat.say("/mysignatures")
    assert await chat.say("/petitions") == (
        "No petition is open at the moment. Please look in again later."
    )


async def test_a_signature_can_be_taken_back_from_a_closed_petition(
    chat: Chat, vigil: Vigil
) -> None:
    await sign(chat)
    vigil.world.clock.jump(OPEN_FOR)
    await chat.link(LINK)
    await chat.tap("Take my signature back")
    assert "is taken back" in await chat.tap("Yes, take it back")
    assert await count(vigil) == 0


async def test_a_petition_that_nobody_has_opened_yet_says_so(start: Start, shelf: Shelf) -> None:
    shelf["fair-trials"] = shelf[PETITION].model_copy(update={"id": "fair-trials"})
    chat = (await start()).chat()
    for answer in (
        await chat.link("petition-fair-trials"),
        await chat.send_data("petition:fair-trials"),
        await chat.send_data("sign:name:fair-trials:1"),
        await chat.send_data("sign:counted:fair-trials:1"),
    ):
        assert answer == "This petition is not open yet. /petitions shows the open ones."
    await chat.say("/petitions")
    assert len(chat.buttons) == 1


async def test_a_withdrawn_petition_takes_no_signature_and_gives_back_those_it_has(
    start: Start, shelf: Shelf
) -> None:
    vigil = await start()
    chat, other = vigil.chat(0), vigil.chat(1)
    await sign(chat)
    await other.link(LINK)
    del shelf[PETITION]

    assert (await chat.link(LINK)).startswith(WITHDRAWN)
    assert (await other.tap("Count me without my name")).startswith(WITHDRAWN)
    assert (await other.send_data(f"sign:counted:{PETITION}:1")).startswith(WITHDRAWN)
    listed = await chat.say("/mysignatures")
    assert "Cameroon: no torture for the sake of security (withdrawn)" in listed
    await chat.tap("Take it back")
    assert "is taken back" in await chat.tap("Yes, take it back")
    assert await count(vigil) == 0


async def test_a_petition_withdrawn_while_a_name_is_typed_ends_the_question(
    start: Start, shelf: Shelf
) -> None:
    chat = (await start()).chat()
    await chat.link(LINK)
    await chat.tap("Add my name")
    await chat.tap("Write another name")
    del shelf[PETITION]
    assert (await chat.say("Leyla")).startswith(WITHDRAWN)
    assert not (await chat.say("Leyla")).startswith(WITHDRAWN)


async def test_a_changed_text_is_a_new_version_and_old_receipts_stay(
    start: Start, shelf: Shelf
) -> None:
    vigil = await start()
    assert "version 1 of the text" in await sign(vigil.chat(0))
    shelf[PETITION] = shelf[PETITION].model_copy(update={"ask": "Stop torture now."})
    vigil = await start()

    assert "version 2 of the text" in await sign(vigil.chat(1))
    again = await vigil.chat(0).send_data(f"sign:counted:{PETITION}:1")
    assert "version 1 of the text" in again
    async with vigil.database.read() as db:
        rows = await db.execute(select(signatures.c.number, signatures.c.version))
        assert sorted(tuple(row) for row in rows) == [(1, 1), (2, 2)]


async def test_an_unchanged_text_stays_the_same_version(start: Start) -> None:
    await start()
    assert "version 1 of the text" in await sign((await start()).chat())
