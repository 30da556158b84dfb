"""Two taps from a link to a signature, with a name or without one."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.store.schema import petitions, signatures
from tests.conftest import PETITION, Start, Vigil
from tests.conversation import Chat

LINK = f"petition-{PETITION}"


async def sign(chat: Chat) -> str:
    await chat.link(LINK)
    await chat.tap("Count me without my name")
    return await chat.tap("Count me")


async def counted(vigil: Vigil) -> tuple[int, int]:
    """What the petition counts, and how many rows there are."""
    async with vigil.database.read() as db:
        rows = (await db.execute(select(signatures))).all()
        return int(await db.scalar(select(petitions.c.signatures)) or 0), len(rows)


async def test_the_card_says_all_that_must_be_known_before_signing(chat: Chat) -> None:
    card = await chat.link(LINK)
    for fact in (
        "To: The authorities of Cameroon",
        "We call on you to stop torture in Cameroon.",
        "Source: Amnesty International",
        "As of: late 2014",
        "Nobody has signed yet. The next goal is 25, on the way to 1,000.",
        "You can sign until 31 March 2027, 12:00 UTC.",
        "What we keep if you sign",
        "The addressee sees it when the list is handed over.",
        "the addressee sees only that one more has signed",
        "The team of Example Rights can see both.",
    ):
        assert fact in card
    assert chat.buttons[:2] == ["Add my name", "Count me without my name"]


async def test_two_taps_sign_with_the_name_of_the_profile(chat: Chat) -> None:
    await chat.link(LINK)
    shown = await chat.tap("Add my name")
    assert "Amara" in shown
    thanks = await chat.tap(chat.buttons[0])

    assert "You are number 1" in thanks
    assert "number 1, signed on 1 March 2027, 12:00 UTC, version 1 of the text, with your" in thanks
    assert "1 Telegram account has signed." in thanks


async def test_two_taps_count_without_a_name(chat: Chat, vigil: Vigil) -> None:
    thanks = await sign(chat)

    assert thanks.startswith("Thank you. You are number 1")
    assert "without your name" in thanks
    async with vigil.database.read() as db:
        assert (await db.execute(select(signatures.c.name))).scalars().all() == [None]


async def test_fifty_taps_at_once_make_one_row_and_one_count(chat: Chat, vigil: Vigil) -> None:
    await chat.link(LINK)
    await chat.tap("Count me without my name")
    await asyncio.gather(*(chat.send_data(f"sign:counted:{PETITION}:1") for _ in range(50)))

    assert await counted(vigil) == (1, 1)
    assert "already, on 1 March 2027 as number 1. Nothing changed." in chat.last["text"]
    assert "Receipt: number 1" in chat.last["text"]
    assert chat.popups == []


@pytest.mark.parametrize("label", ["Add my name", "Count me without my name"])
async def test_signing_again_is_told_with_number_and_day(
    label: str, chat: Chat, vigil: Vigil
) -> None:
    await chat.link(LINK)
    card = chat.last["message_id"]
    await sign(chat)
    vigil.world.clock.jump(timedelta(days=3))

    assert "You signed on 1 March 2027 as number 1." in await chat.link(LINK)
    assert label not in chat.buttons
    kind = "name" if label == "Add my name" else "nameless"
    again = await chat.send_data(f"sign:{kind}:{PETITION}:1", card)
    assert "already, on 1 March 2027 as number 1." in again
    assert await counted(vigil) == (1, 1)


async def test_two_equal_taps_on_a_typed_name_keep_the_receipt_in_view(
    chat: Chat, vigil: Vigil
) -> None:
    await chat.link(LINK)
    await chat.tap("Add my name")
    await chat.tap("Write another name")
    await chat.say("Leyla")
    button = chat.last["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    await asyncio.gather(*(chat.send_data(button) for _ in range(2)))

    assert "Receipt: number 1" in chat.last["text"]
    assert "with your name" in chat.last["text"]
    assert await counted(vigil) == (1, 1)


async def test_two_people_get_two_numbers_and_do_not_see_each_other(vigil: Vigil) -> None:
    assert "You are number 1 " in await sign(vigil.chat(0))
    thanks = await sign(vigil.chat(1))
    assert "You are number 2 " in thanks
    assert "2 Telegram accounts have signed." in thanks
    assert "number 2" not in await vigil.chat(0).say("/mysignatures")
    assert "Amara" not in await vigil.chat(1).say("/mysignatures")


async def test_a_restart_between_the_two_taps_loses_nothing(start: Start) -> None:
    chat = (await start()).chat()
    await chat.link(LINK)
    await chat.tap("Add my name")
    vigil = await start()
    assert "You are number 1" in await vigil.chat().tap("Sign as \u2068Amara Okafor\u2069")


async def test_a_tap_that_waited_too_long_for_an_answer_counts_all_the_same(start: Start) -> None:
    vigil = await start()
    chat = vigil.chat()
    await chat.link(LINK)
    await chat.tap("Count me without my name")
    await vigil.intake.stop()
    vigil.world.press(chat.user, "Count me")
    vigil.world.clock.jump(timedelta(hours=2))
    vigil = await start()
    await vigil.world.settled()

    assert vigil.chat().last["text"].startswith("Thank you. You are number 1")
    assert await counted(vigil) == (1, 1)


async def test_a_tap_under_a_deleted_message_is_answered_with_a_new_one(
    chat: Chat, vigil: Vigil
) -> None:
    await chat.link(LINK)
    card = chat.last["message_id"]
    vigil.world.chat(chat.id).remove([card])

    assert "Nothing is signed yet." in await chat.send_data(f"sign:nameless:{PETITION}:1", card)
    assert "You are number 1" in await chat.send_data(f"sign:counted:{PETITION}:1", card)


@pytest.mark.parametrize(
    "data",
    [
        "sign:name:no-such-petition:1",
        "sign:nameless:no-such-petition:1",
        "sign:counted:no-such-petition:1",
        "sign:other:no-such-petition:1",
        "petition:no-such-petition",
        "sign:named:no-such-petition:1f2e3d:1",
        "sign:typed:no-such-petition:1f2e3d:1",
        "petition:" + "a" * 55,
    ],
)
async def test_a_button_to_an_unknown_petition_signs_nothing(
    data: str, chat: Chat, vigil: Vigil
) -> None:
    await chat.say("/petitions")
    assert "Nothing was signed." in await chat.send_data(data)
    assert await counted(vigil) == (0, 0)


@pytest.mark.parametrize(
    "data",
    [
        "sign:counted:Cameroon-Torture",
        "sign:counted:../../etc",
        f"sign:counted:{PETITION}:x",
        f"sign:everybody:{PETITION}",
        f"sign:named:{PETITION}",
        "'; drop table signatures; --",
        "\u202e",
        "go:nowhere",
        "go:id",
        "x" * 64,
    ],
)
async def test_a_forged_button_does_nothing_and_says_so(
    data: str, chat: Chat, vigil: Vigil
) -> None:
    await chat.link(LINK)
    assert await chat.send_data(data) == ""
    assert chat.popups == ["This button no longer works. Send /help to see what I can do."]
    assert await counted(vigil) == (0, 0)


async def test_a_name_in_a_forged_button_is_not_signed(chat: Chat, vigil: Vigil) -> None:
    await chat.link(LINK)
    shown = await chat.send_data(f"sign:named:{PETITION}:000000:1")
    assert "Nothing is signed yet." in shown
    assert await counted(vigil) == (0, 0)
