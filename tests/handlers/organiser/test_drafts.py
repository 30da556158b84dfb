"""Drafts: each part, over restarts, by more than one, and all that can be wrong with them."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.models import Role
from playground.wire import Upload
from tests.conftest import PETITION, Start, Vigil
from tests.conversation import Chat, words
from tests.handlers.organiser.test_transcript import want_urgent_actions
from tests.playground.wire import PNG

LONGEST = 4_096


@pytest.fixture
async def ravi(vigil: Vigil) -> Chat:
    """An organiser with a draft of an urgent action on the table; one person would get it."""
    await want_urgent_actions(vigil.chat(0))
    return await begin(vigil)


async def begin(vigil: Vigil, kind: str = "Urgent action") -> Chat:
    ravi = vigil.organiser()
    owner = vigil.world.admins[0].id
    await vigil.services.staff.appoint(owner, ravi.user, Role.ORGANISER)
    await ravi.say("/update" if kind in {"News", "Outcome"} else "/alert")
    await ravi.tap(kind)
    return ravi


async def write(ravi: Chat, text: str = "Help her.", **extra: Any) -> str:
    await ravi.tap("Text")
    return await ravi.say(text, **extra)


async def photo(chat: Chat, name: str, content: bytes, **extra: Any) -> str:
    upload = Upload(name, content, "image/png")
    return await chat._after(lambda: chat.world.photo(chat.user, upload, chat.id, **extra))


async def test_a_draft_waits_for_another_day_and_another_start(
    vigil: Vigil, ravi: Chat, start: Start
) -> None:
    await write(ravi)
    await ravi.tap("Until")

    vigil.world.clock.jump(timedelta(days=3))
    again = await start()

    ravi = again.organiser()
    await ravi.say("/alert")
    shown = await ravi.tap("Go on with draft 1 (Urgent action)")
    assert "Help her." in shown
    assert "Say after when" in shown


async def test_what_was_asked_before_a_restart_is_answered_after_it(
    ravi: Chat, start: Start
) -> None:
    await ravi.tap("Text")
    ravi = (await start()).organiser()
    assert "Help her." in await ravi.say("Help her.")


async def test_an_alert_about_suffering_is_no_cry_for_help(ravi: Chat) -> None:
    assert "Urgent action · 1" in await write(ravi, "My brother was taken by the police last night")


async def test_formatting_stays_and_what_telegram_finds_itself_is_not_kept(
    vigil: Vigil, ravi: Chat
) -> None:
    entities = [
        {"type": "bold", "offset": 0, "length": 4},
        {"type": "text_link", "offset": 5, "length": 3, "url": "https://example.org/"},
    ]
    await write(ravi, "Help her at https://example.org", entities=entities)
    draft = (await vigil.services.watching.drafts())[0]
    assert [entity["type"] for entity in draft.words["en"].entities] == ["bold", "text_link"]


async def test_a_text_of_4096_characters_goes_and_one_of_4097_does_not(
    vigil: Vigil, ravi: Chat
) -> None:
    assert "4,096 of 4,096" in await write(ravi, "x" * LONGEST)

    refused = await write(ravi, "x" * (LONGEST + 1))

    assert refused.startswith("Telegram has cut your text into several messages")
    assert "4,097 characters" in refused
    draft = (await vigil.services.watching.drafts())[0]
    assert not draft.words
    assert "Shorter." in await ravi.say("Shorter.")


async def test_a_text_in_three_pieces_leaves_nothing_of_itself(vigil: Vigil, ravi: Chat) -> None:
    await write(ravi, "x" * (2 * LONGEST + 9))
    assert "8,201 characters" in ravi.replies[-1]
    assert not (await vigil.services.watching.drafts())[0].words


async def test_emojis_count_as_telegram_counts_them(ravi: Chat) -> None:
    assert "2 of 4,096" in await write(ravi, "🕯")


async def test_a_question_after_a_short_text_is_a_question(ravi: Chat) -> None:
    await write(ravi)
    assert "Urgent action" not in await ravi.say("What is torture?")


@pytest.mark.parametrize("is_forwarded", [True, False])
async def test_a_forwarded_post_is_not_taken(ravi: Chat, is_forwarded: bool) -> None:
    said = await write(ravi, "As others said", forwarded=is_forwarded)
    assert said.startswith("That was forwarded") is is_forwarded


async def test_a_mention_of_an_account_is_not_sent_to_everybody(vigil: Vigil, ravi: Chat) -> None:
    user = vigil.world.supporters[1].user
    mention = {"type": "text_mention", "offset": 0, "length": 3, "user": user}
    assert "mentions somebody" in await write(ravi, "She is free", entities=[mention])


async def test_a_photo_with_its_caption_is_picture_and_text(vigil: Vigil, ravi: Chat) -> None:
    await ravi.tap("Text")
    shown = await photo(ravi, "a.png", PNG, caption="Help her.")
    assert "Picture: yes" in shown
    assert "(en, 9 of 1,024 characters)" in shown
    await ravi.tap("Preview")
    preview = ravi.messages[-2]
    assert preview["caption"] == "Help her."
    assert preview["photo"]


async def test_a_picture_with_a_caption_leaves_the_text_as_it_was(ravi: Chat) -> None:
    await write(ravi, "Help her.")
    await ravi.tap("Picture")
    shown = await photo(ravi, "a.png", PNG, caption="In November")
    assert "without the words under it" in ravi.replies[-2]
    assert "Picture: yes" in shown
    assert "Help her." in shown
    assert "What torture is" in await ravi.say("What is torture?")


@pytest.mark.parametrize("button", ["Preview", "Test in the group"])
async def test_without_a_text_there_is_nothing_to_show(ravi: Chat, button: str) -> None:
    await ravi.tap(button)
    assert ravi.popups == ["There is nothing to show before it has a text."]


async def test_the_times_to_choose_from_are_whole_days_off(ravi: Chat) -> None:
    await ravi.tap("Until")
    assert [label.rpartition(" · ")[2] for label in ravi.buttons] == [
        "in 1 day", "in 3 days", "in 7 days", "Back",
    ]  # fmt: skip


async def test_the_buttons_of_what_the_group_looks_at_say_where_they_work(
    vigil: Vigil, ravi: Chat
) -> None:
    await write(ravi)
    await ravi.tap("Test in the group")
    hanna = vigil.group()
    await hanna.tap("Stop")
    assert hanna.popups[-1].startswith("This shows how it arrives.")


async def test_news_of_a_petition_promises_nobody_is_left_out(ravi: Chat) -> None:
    assert "who has signed is left out" in await ravi.tap("Attach")
    await ravi.say("/update")
    await ravi.tap("News")
    asked = await ravi.tap("Attach")
    assert "Read and sign" in asked
    assert "left out" not in asked


async def test_a_long_text_takes_no_picture(ravi: Chat) -> None:
    await write(ravi, "x" * 1_025)
    await ravi.tap("Picture")
    refused = await photo(ravi, "a.png", PNG)
    assert refused.startswith("The text has 1,025 characters, and 1,024 fit under a picture")
    assert "Picture: none" in await ravi.tap("Back")


async def test_a_picture_of_more_than_10_mb_is_refused_with_what_to_do(ravi: Chat) -> None:
    await ravi.tap("Picture")
    large = await photo(ravi, "a.png", PNG + b"0" * (10 * 2**20), as_document=True)
    assert large.startswith("That picture is larger than 10 MB")
    assert "came as a file" in await photo(ravi, "a.png", PNG, as_document=True)
    assert "Picture: yes" in await photo(ravi, "a.png", PNG)


async def test_an_album_is_refused_once(ravi: Chat) -> None:
    await ravi.tap("Picture")
    pictures = [Upload(f"{n}.png", PNG, "image/png") for n in range(3)]
    await ravi._after(lambda: ravi.world.album(ravi.user, pictures))
    assert ravi.replies == ["An alert has one picture. Send a single one, not an album."]


async def test_words_where_a_picture_is_wanted_are_refused_kindly(ravi: Chat) -> None:
    await ravi.tap("Picture")
    assert "I was waiting for a picture" in await ravi.say("here it is")
    assert await ravi.say("/cancel") == "The draft stays as it was. /queue shows it."


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("28 March 2:30", "does not exist"),
        ("31.10.2027 2:30", "comes twice"),
        ("24 March", "has no time of day"),
        ("31 February 12:00", "no such day"),
        ("soon", "I could not read"),
        ("1 January 2027 12:00", "That is past"),
        ("1 March 2029 12:00", "more than a year off"),
        ("24 March 18:00 Atlantis/City", "do not know the time zone"),
    ],
)
async def test_a_time_that_cannot_be_is_refused_with_a_way_on(
    start: Start, typed: str, said: str
) -> None:
    vigil = await start(timezone=ZoneInfo("Europe/Berlin"))
    ravi = await begin(vigil)
    await ravi.tap("When")
    assert said in await ravi.say(typed)
    assert "24 March 2027, 18:00 Europe/Berlin (CET) · 17:00 UTC" in await ravi.say(
        "24 March 18:00"
    )


async def test_the_doubled_hour_is_chosen_by_a_button(start: Start) -> None:
    vigil = await start(timezone=ZoneInfo("Europe/Berlin"))
    ravi = await begin(vigil)
    await ravi.tap("When")
    await ravi.say("31.10.2027 2:30")
    assert [label.split(" · ")[1] for label in ravi.buttons] == ["00:30 UTC", "01:30 UTC"]
    shown = await ravi.tap(ravi.buttons[1])
    assert "31 October 2027, 02:30 Europe/Berlin (CET) · 01:30 UTC" in shown
    draft = (await vigil.services.watching.drafts())[0]
    assert draft.send_at == datetime(2027, 10, 31, 1, 30, tzinfo=UTC)


async def test_an_expiry_before_the_send_is_named(ravi: Chat) -> None:
    await write(ravi)
    await ravi.tap("When")
    await ravi.say("5 March 12:00")
    await ravi.tap("Until")
    shown = await ravi.say("4 March 12:00")
    assert "It would expire before it goes out: Until." in shown
    assert "Submit for approval" not in ravi.buttons


async def test_nobody_to_send_to_is_named(vigil: Vigil) -> None:
    ravi = await begin(vigil, "Newsletter")
    await write(ravi)
    await ravi.tap("Until")
    shown = await ravi.tap(ravi.buttons[0])
    assert "Nobody would get it" in shown
    assert "Submit for approval" not in ravi.buttons


async def test_a_petition_that_closes_before_submitting_is_named(vigil: Vigil, ravi: Chat) -> None:
    await write(ravi)
    await ravi.tap("Attach")
    await ravi.tap(ravi.buttons[0])
    await ravi.tap("Until")
    await ravi.tap(ravi.buttons[0])
    assert "Submit for approval" in ravi.buttons
    await vigil.services.petitions.close(PETITION)
    shown = await ravi.tap("Submit for approval")
    assert "its button would lead nowhere" in shown


async def test_a_reminder_wants_a_petition_with_a_deadline_and_ends_with_it(vigil: Vigil) -> None:
    ravi = await begin(vigil, "Deadline reminder")
    assert "Say what it is about: Attach." in words(ravi.last)
    await ravi.tap("Attach")
    assert not any(label.startswith("Case") for label in ravi.buttons)
    await ravi.tap(ravi.buttons[0])
    await ravi.tap("Until")
    assert "The petition closes before the alert expires" in await ravi.say("15 April 12:00")


async def test_two_organisers_on_one_draft_lose_nothing(vigil: Vigil, ravi: Chat) -> None:
    omar = Chat(vigil.world, vigil.world.admins[1].id)
    await ravi.tap("Text")
    await omar.say("/alert")
    await omar.tap("Go on with draft 1 (Urgent action)")
    await write(omar, "What Omar wrote.")

    refused = await ravi.say("What Ravi wrote.")

    assert refused.startswith("It was changed while you were looking at it")
    draft = (await vigil.services.watching.drafts())[0]
    assert draft.words["en"].text == "What Omar wrote."
    assert len(draft.authors) == 2


async def test_a_button_of_an_older_card_shows_the_draft_as_it_is(ravi: Chat) -> None:
    old = ravi.last["message_id"]
    await write(ravi)
    shown = await ravi.send_data("draft:1:2:discard:yes", old)
    assert "Help her." in shown


async def test_throwing_away_takes_two_taps(vigil: Vigil, ravi: Chat) -> None:
    await ravi.tap("Throw away")
    assert await ravi.tap("Throw it away") == "Draft 1 is gone."
    assert await vigil.services.watching.drafts() == []
    gone = await ravi.send_data("draft:1:2:text:en")
    assert gone == "This alert is not there any more. /queue shows the others."


async def test_news_of_a_case_goes_to_those_who_follow_it(vigil: Vigil) -> None:
    await vigil.chat(1).link("case-angel-colon")
    await vigil.chat(1).tap("Follow this case")
    await vigil.chat(1).tap("Yes, send me these")
    ravi = await begin(vigil, "News")
    assert "Say what it is about: Attach." in words(ravi.last)
    await ravi.tap("Attach")
    shown = await ravi.tap(next(label for label in ravi.buttons if label.startswith("Case")))
    assert "Goes to: 1 person who follow this case, or signed for it" in shown


async def test_without_an_admin_group_the_draft_is_kept(start: Start) -> None:
    vigil = await start(admin_chat=None)
    await want_urgent_actions(vigil.chat(0))
    ravi = await begin(vigil)
    await write(ravi)
    await ravi.tap("Until")
    await ravi.tap(ravi.buttons[0])
    assert (await ravi.tap("Submit for approval")).startswith("There is no admin group yet")
    assert len(await vigil.services.watching.drafts()) == 1


async def test_a_supporter_is_told_that_she_is_none(chat: Chat) -> None:
    for command in ("/alert", "/update", "/queue"):
        assert (await chat.say(command)).startswith("Only organisers can do that.")
