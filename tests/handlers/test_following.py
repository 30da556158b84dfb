"""Following a case, and being told what becomes of a petition: each by a yes of its own."""

import pytest
from sqlalchemy import update

from bot.models import Topic
from bot.store.schema import choices
from handlers.supporter.subjects import Subject
from tests.conftest import PETITION, Shelf, Start, Vigil
from tests.conversation import Chat
from tests.handlers.rows import all_rows, rows_about
from tests.handlers.test_choosing import YES, choose, chosen, data_of, outdate
from tests.handlers.test_signing import counted, sign

CASE = "angel-colon"
TITLE = "Ángel Colón: free after almost six years"
NEWS = "Tell me what happens"


async def follow(chat: Chat) -> str:
    await chat.link(f"case-{CASE}")
    await chat.tap("Follow this case")
    return await chat.tap(YES)


async def test_a_case_is_followed_from_its_card_after_the_words(chat: Chat, vigil: Vigil) -> None:
    await chat.link(f"case-{CASE}")
    assert chat.buttons == ["Follow this case", "Share", "All cases", "Petitions"]
    words = await chat.tap("Follow this case")
    assert f"whenever there is something new about the case “{TITLE}”." in words
    assert await chosen(vigil) == []
    assert (await chat.tap(YES)).startswith(f"{TITLE}\n\nYou said yes on 1 March 2027.")

    (row,) = await chosen(vigil)
    assert (row["topic"], row["about"]) == ("cases", CASE)
    assert f"“{TITLE}”" in row["wording"]
    await chat.link(f"case-{CASE}")
    assert chat.buttons == [
        "Stop following", "What I agreed to", "Share", "All cases", "Petitions",
    ]  # fmt: skip
    assert f"“{TITLE}”" in await chat.tap("What I agreed to")


async def test_no_leads_back_and_keeps_nothing(chat: Chat, vigil: Vigil) -> None:
    await chat.link(f"case-{CASE}")
    await chat.tap("Follow this case")
    assert await chat.tap("No") == "You are not told about it, and no yes of yours is kept."
    assert not any((await rows_about(vigil.database, chat.user)).values())
    assert TITLE in await chat.tap("The case")


async def test_the_list_in_alerts_shows_who_is_followed(chat: Chat, vigil: Vigil) -> None:
    assert "You follow none." in await chat.say("/alerts")
    await chat.tap("Choose cases")
    assert chat.buttons == [TITLE, "Follow", "What I get"]
    await chat.tap("Follow")
    await chat.tap(YES)
    assert "You follow 1 case." in await chat.tap("What I get")
    assert f"{TITLE}\nYou said yes on 1 March 2027." in await chat.tap("Choose cases")
    assert chat.buttons == [TITLE, "Stop following", "What I get"]

    assert (await chat.tap("Stop following")).startswith("You are not told about it")
    assert await chosen(vigil) == []


async def test_a_case_whose_words_changed_is_asked_for_again(chat: Chat, vigil: Vigil) -> None:
    await follow(chat)
    await outdate(vigil)
    assert "You follow none." in await chat.say("/alerts")
    assert "words that have changed since" in await chat.tap("Choose cases")
    await chat.tap("Follow")
    await chat.tap(YES)
    assert "You follow 1 case." in await chat.say("/alerts")


async def test_a_case_that_was_taken_back_can_only_be_left(chat: Chat, vigil: Vigil) -> None:
    await follow(chat)
    async with vigil.database.write() as db:
        await db.execute(update(choices).values(about="taken-back"))

    for act in ("ask", "yes:0a1b2c"):
        await chat.link(f"case-{CASE}")
        answer = await chat.send_data(f"follow:case:taken-back:{act}")
        assert answer.startswith("There is no such case")
    await chat.say("/alerts")
    assert "A case that is no longer shown" in await chat.tap("Choose cases")
    assert chat.buttons == [TITLE, "Follow", "Stop following the one no longer shown", "What I get"]
    await chat.tap("Stop following the one no longer shown")
    assert await chosen(vigil) == []


async def test_an_old_button_to_a_case_past_its_review_follows_nothing(
    chat: Chat, vigil: Vigil
) -> None:
    await chat.link(f"case-{CASE}")
    await chat.tap("Follow this case")
    vigil.world.clock.jump_to(vigil.world.clock.now().replace(year=2032))
    assert (await chat.tap(YES)).startswith("There is no such case, or its text is being checked")
    assert await chosen(vigil) == []


async def test_being_told_is_offered_after_signing_and_the_receipt_stays(
    chat: Chat, vigil: Vigil
) -> None:
    await sign(chat)
    receipt = dict(chat.last)
    assert chat.buttons == [NEWS, "Share", "My signatures", "Take it back"]
    assert await chosen(vigil) == []

    words = await chat.tap(NEWS)
    assert "what becomes of the petition “Cameroon: no torture for the sake of security”" in words
    assert vigil.world.chat(chat.id).by_id[receipt["message_id"]] == receipt
    assert "You said yes on 1 March 2027." in await chat.tap(YES)
    (row,) = await chosen(vigil)
    assert (row["topic"], row["about"]) == ("petitions", PETITION)


async def test_the_offer_is_not_made_twice(chat: Chat, vigil: Vigil) -> None:
    await sign(chat)
    receipt = chat.last["message_id"]
    offer = data_of(chat.last, NEWS)
    await chat.tap(NEWS)
    await chat.tap(YES)

    assert "You said yes on 1 March 2027." in await chat.send_data(offer, receipt)
    assert chat.buttons == ["Tell me no more", "What I agreed to", "My signatures", "What I get"]
    await chat.send_data(f"sign:counted:{PETITION}:1", chat.last["message_id"])
    assert chat.buttons == ["Share", "My signatures", "Take it back"]
    assert len(await chosen(vigil)) == 1


async def test_my_signatures_say_whether_one_is_told(chat: Chat, vigil: Vigil) -> None:
    await sign(chat)
    assert "You are not told what becomes of it." in await chat.say("/mysignatures")
    await chat.tap(NEWS)
    await chat.tap(YES)
    assert "You are told what becomes of it." in await chat.say("/mysignatures")
    assert "what becomes of 1 petition that you signed" in await chat.say("/alerts")
    await chat.say("/mysignatures")
    await chat.tap("Tell me no more")
    assert "You are not told what becomes of it." in await chat.tap("My signatures")
    assert await counted(vigil) == (1, 1)


async def test_changed_words_end_what_was_chosen_one_by_one_and_it_is_said(
    chat: Chat, vigil: Vigil
) -> None:
    await sign(chat)
    await chat.tap(NEWS)
    await chat.tap(YES)
    await follow(chat)
    await outdate(vigil)
    shown = await chat.say("/alerts")
    assert "You follow none." in shown
    assert "You said yes to 2 cases or petitions in words that have changed since" in shown
    assert "You are not told what becomes of it." in await chat.say("/mysignatures")
    await chat.tap(NEWS)
    await chat.tap(YES)
    assert "You said yes to 1 case or petition in words that" in await chat.say("/alerts")
    assert "You are told what becomes of it." in await chat.say("/mysignatures")


async def test_news_of_one_petition_are_not_those_of_all(chat: Chat, vigil: Vigil) -> None:
    await sign(chat)
    await chat.tap(NEWS)
    await chat.tap(YES)
    assert "News of petitions (off)" in await chat.say("/alerts")
    await choose(chat, "Turn on: News of petitions")
    assert [row["about"] for row in await chosen(vigil)] == ["", PETITION]


async def test_with_the_signature_goes_the_wish_to_be_told(chat: Chat, vigil: Vigil) -> None:
    await sign(chat)
    await chat.tap(NEWS)
    await chat.tap(YES)
    await chat.say("/mysignatures")
    assert "also a wish to be told what becomes of it" in await chat.tap("Take it back")
    await chat.tap("Yes, take it back")
    assert not any((await rows_about(vigil.database, chat.user)).values())


async def test_another_choice_outlives_the_last_signature(chat: Chat, vigil: Vigil) -> None:
    await sign(chat)
    await follow(chat)
    await chat.say("/mysignatures")
    await chat.tap("Take it back")
    await chat.tap("Yes, take it back")
    assert [row["about"] for row in await chosen(vigil)] == [CASE]
    assert len((await all_rows(vigil.database))["supporters"]) == 1
    await chat.say("/alerts")
    await chat.tap("Choose cases")
    await chat.tap("Stop following")
    assert not any((await rows_about(vigil.database, chat.user)).values())


async def test_news_of_a_petition_that_was_taken_back_can_only_be_ended(
    start: Start, shelf: Shelf
) -> None:
    vigil = await start()
    chat = vigil.chat()
    await sign(chat)
    await chat.tap(NEWS)
    await chat.tap(YES)
    del shelf[PETITION]

    await chat.say("/mysignatures")
    assert "Tell me no more" in chat.buttons
    await chat.tap("Tell me no more")
    assert await chosen(vigil) == []
    await chat.say("/mysignatures")
    assert NEWS not in chat.buttons


@pytest.mark.parametrize("act", ["ask", "yes:0a1b2c"])
async def test_a_petition_that_is_not_there_cannot_be_asked_about(
    act: str, chat: Chat, vigil: Vigil
) -> None:
    await chat.say("/petitions")
    answer = await chat.send_data(f"follow:news:no-such-petition:{act}")
    assert answer.startswith("This petition has been withdrawn")
    assert await chosen(vigil) == []


@pytest.mark.parametrize("topic", [Topic.CASES, Topic.PETITIONS])
def test_the_longest_name_fits_into_a_button(topic: Topic) -> None:
    assert len(Subject(topic, "a" * 40).data("yes:0a1b2c")) <= 64


async def test_a_tap_under_an_alert_opens_case_and_petition_anew(chat: Chat, vigil: Vigil) -> None:
    await chat.say("hello")
    alert = dict(chat.last)
    for data, words in ((f"alert:case:{CASE}", TITLE), (f"alert:petition:{PETITION}", "Cameroon")):
        assert words in await chat.send_data(data, alert["message_id"])
        assert chat.last["message_id"] > alert["message_id"]
    assert vigil.world.chat(chat.id).by_id[alert["message_id"]] == alert
