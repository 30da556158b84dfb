"""Two taps from a link to a signature, with a name or without one."""

import asyncio

from sqlalchemy import select

from bot.store.schema import petitions, signatures
from tests.conftest import PETITION, Start, Vigil
from tests.conversation import Chat

LINK = f"petition-{PETITION}"


async def test_two_taps_sign_with_the_name_of_the_profile(chat: Chat) -> None:
    card = await chat.link(LINK)
    assert "To: The authorities of Cameroon" in card
    assert "What we keep if you sign" in card

    shown = await chat.tap("Add my name")
    assert "Amara" in shown
    thanks = await chat.tap(chat.buttons[0])

    assert "You are number 1" in thanks
    assert "Receipt: number 1, 1 March 2027, 12:00 UTC, version 1" in thanks


async def test_two_taps_count_without_a_name(chat: Chat, vigil: Vigil) -> None:
    await chat.link(LINK)
    await chat.tap("Count me without my name")
    thanks = await chat.tap("Count me")

    assert thanks.startswith("Thank you. You are number 1")
    async with vigil.database.read() as db:
        assert (await db.execute(select(signatures.c.name))).scalars().all() == [None]


async def test_fifty_taps_at_once_make_one_row_and_one_count(chat: Chat, vigil: Vigil) -> None:
    await chat.link(LINK)
    await chat.tap("Count me without my name")
    await asyncio.gather(*(chat.send_data(f"sign:counted:{PETITION}") for _ in range(50)))

    async with vigil.database.read() as db:
        assert len((await db.execute(select(signatures))).all()) == 1
        assert await db.scalar(select(petitions.c.signatures)) == 1
    assert "already" in chat.messages[-1]["text"]


async def test_a_number_is_never_given_twice(start: Start) -> None:
    vigil = await start()
    for label in ("Count me without my name", "Count me", "Take it back", "Yes, take it back"):
        if label == "Count me without my name":
            await vigil.chat().link(LINK)
        await vigil.chat().tap(label)
    await vigil.chat().link(LINK)
    await vigil.chat().tap("Count me without my name")

    assert "You are number 2" in await vigil.chat().tap("Count me")
