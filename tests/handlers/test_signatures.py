"""What one signed, and taking it back in two taps."""

import asyncio

from sqlalchemy import select

from bot.models import PetitionState
from bot.store import petitions as store
from bot.store.schema import petitions
from tests.conftest import NOON, PETITION, Vigil
from tests.conversation import Chat
from tests.handlers.rows import all_rows, rows_about
from tests.handlers.test_signing import LINK, counted, sign


async def test_who_signed_nothing_is_shown_the_way_to_it(chat: Chat) -> None:
    assert await chat.say("/mysignatures") == (
        "You have signed nothing here. /petitions shows what you can sign."
    )


async def test_the_list_says_what_when_as_whom_and_how_it_stands(chat: Chat) -> None:
    await sign(chat)
    assert await chat.say("/mysignatures") == (
        "What you signed\n\n"
        "Cameroon: no torture for the sake of security (open)\n"
        "You signed on 1 March 2027 as number 1.\n"
        "Without your name\n"
        "You are not told what becomes of it."
    )
    assert chat.buttons == [
        "Cameroon: no torture for the sake of security", "Take it back", "Tell me what happens",
    ]  # fmt: skip
    assert "You signed on 1 March 2027" in await chat.tap(chat.buttons[0])


async def test_two_taps_take_a_signature_back(chat: Chat, vigil: Vigil) -> None:
    await sign(chat)
    await chat.say("/mysignatures")
    assert "“Cameroon: no torture for the sake of security”" in await chat.tap("Take it back")
    assert await counted(vigil) == (1, 1)
    assert await chat.tap("Yes, take it back") == (
        "Your signature is taken back, and what we kept of it is erased."
    )
    assert await counted(vigil) == (0, 0)


async def test_with_the_last_signature_everything_else_goes(chat: Chat, vigil: Vigil) -> None:
    await sign(chat)
    await chat.tap("Take it back")
    await chat.tap("Yes, take it back")
    assert not any((await rows_about(vigil.database, chat.user)).values())
    assert (await chat.say("/mydata")).startswith("We hold nothing about you.")


async def test_one_can_think_again(chat: Chat, vigil: Vigil) -> None:
    await sign(chat)
    await chat.tap("Take it back")
    assert (await chat.tap("Keep it")).startswith("What you signed")
    assert await counted(vigil) == (1, 1)


async def test_a_number_is_never_given_twice(vigil: Vigil) -> None:
    chat = vigil.chat()
    await sign(chat)
    await chat.tap("Take it back")
    await chat.tap("Yes, take it back")
    assert "You are number 2 " in await sign(chat)
    assert "1 Telegram account has signed." in chat.last["text"]
    assert "You are number 3 " in await sign(vigil.chat(1))


async def test_taking_back_twice_counts_down_once(chat: Chat, vigil: Vigil) -> None:
    await sign(vigil.chat(1))
    await sign(chat)
    await chat.tap("Take it back")
    await asyncio.gather(*(chat.send_data(f"withdraw:do:{PETITION}") for _ in range(5)))

    assert "no signature of yours" in chat.last["text"]
    assert await counted(vigil) == (1, 1)
    assert chat.popups == []


async def test_what_was_handed_over_just_before_is_not_said_to_be_taken_back(
    chat: Chat, vigil: Vigil
) -> None:
    """The list went out between the tap and the withdrawal, which had to wait for that."""
    await sign(chat)
    await chat.tap("Take it back")
    async with vigil.database.write() as db:
        tap = asyncio.create_task(chat.tap("Yes, take it back"))
        while not vigil.database._writing._waiters:  # noqa: ASYNC110 - till the tap waits for us
            await asyncio.sleep(0)
        given = {"state": PetitionState.DELIVERED, "delivered_at": NOON, "delivered": 1}
        await store.change(db, PETITION, **given)

    assert await tap == (
        "Our copy of your signature is erased. What was handed over stays as it was."
    )


async def test_there_is_nothing_to_take_back_where_nothing_was_signed(
    chat: Chat, vigil: Vigil
) -> None:
    await sign(vigil.chat(1))
    for data in (f"withdraw:ask:{PETITION}", "withdraw:ask:no-such", "withdraw:do:no-such"):
        await chat.link(LINK)
        assert "no signature of yours" in await chat.send_data(data)
    assert await counted(vigil) == (1, 1)


async def test_counts_never_drift_from_rows(vigil: Vigil) -> None:
    for person in (0, 1, 2, 3):
        await sign(vigil.chat(person))
    await vigil.chat(2).send_data(f"withdraw:do:{PETITION}")
    await vigil.chat(0).send_data("forget:everything")

    assert await counted(vigil) == (2, 2)
    numbers = [row["number"] for row in (await all_rows(vigil.database))["signatures"]]
    assert sorted(numbers) == [2, 4]
    async with vigil.database.read() as db:
        assert await db.scalar(select(petitions.c.last_number)) == 4
