"""What somebody of the staff could try, to send what nobody else has agreed to."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.delivery.rendering import previews
from bot.i18n import Catalogues
from bot.models import AlertKind, AlertState, Role, Words
from bot.store import alerts
from playground.faults import Fault
from playground.wire import Upload
from playground.world import World
from tests.conftest import NOON, PETITION, Shelf, Start, Vigil
from tests.conversation import Chat, words
from tests.delivery.ledgers import an_alert
from tests.handlers.organiser import desk
from tests.handlers.organiser.desk import MINUTE
from tests.playground.wire import PNG
from tests.test_i18n import written

WAITING, DRAFT = AlertState.WAITING, AlertState.DRAFT
GONE = "This alert is not there any more."
OWN = "You wrote on this one. Somebody else has to approve it."
REOPEN = "Change it (voids the approval)"
OTHER = "Everybody, storm the town hall tonight."
PICTURE = Upload("march.png", PNG, "image/png")


@pytest.fixture
async def world() -> World:
    return desk.crowded(30)


@pytest.fixture
async def vigil(start: Start, world: World) -> Vigil:
    """Hanna is the owner, Omar an admin, Ravi an organiser; ten people want urgent actions."""
    vigil = await start(owners=frozenset({world.admins[0].id}))
    await desk.staffed(vigil)
    await desk.enrol(vigil, last=10)
    return vigil


def approve_button(vigil: Vigil) -> tuple[int, str]:
    """Message and data of the newest button that approves, as an admin has it before her eyes."""
    for message in reversed(vigil.world.admin_chat.messages):
        for row in message.get("reply_markup", {}).get("inline_keyboard", []):
            for button in row:
                if button["text"].startswith("Approve"):
                    return message["message_id"], button["callback_data"]
    raise AssertionError("nothing asks to be approved")


async def press(chat: Chat, kept: tuple[int, str]) -> str:
    """The pop-up that a kept button answers with, or what the bot said or changed."""
    before = len(chat.popups)
    message, data = kept
    said = await chat.send_data(data, message)
    return chat.popups[-1] if len(chat.popups) > before else said


async def change_text(chat: Chat, text: str) -> None:
    await chat.tap("Text")
    await chat.say(text)


def in_group(vigil: Vigil) -> list[str]:
    return [words(message) for message in vigil.world.admin_chat.messages]


async def test_the_number_of_a_draft_that_was_thrown_away_is_not_given_again(vigil: Vigil) -> None:
    """Else the button that approves the first one would approve the second."""
    first = await desk.submit(vigil)
    kept, ravi = approve_button(vigil), vigil.organiser()
    await ravi.tap(REOPEN)
    await ravi.tap("Throw away")
    await ravi.tap("Throw it away")
    second = await desk.draft(vigil)
    await change_text(ravi, OTHER)
    await ravi.tap("Submit for approval")
    assert second != first
    assert (await press(vigil.group(), kept)).startswith(GONE)
    assert await desk.state(vigil, second) == (WAITING, None)


async def test_what_is_changed_before_anybody_looks_is_shown_as_it_is_now(vigil: Vigil) -> None:
    """Taken back, changed and submitted again within a second: the old text must not stand above
    the button for the new one."""
    await desk.submit(vigil)
    kept, ravi = approve_button(vigil), vigil.organiser()
    await ravi.tap(REOPEN)
    await change_text(ravi, OTHER)
    await ravi.tap("Submit for approval")
    await vigil.keep()
    shown = in_group(vigil)
    assert OTHER in shown
    assert shown.index(OTHER) == len(shown) - 2  # right above the card that asks
    assert approve_button(vigil)[0] == vigil.group().last["message_id"]
    assert "It was changed" in await press(vigil.group(), kept)
    asking = [text for text in shown if "Waits for approval" in text]
    assert len(asking) == 1


async def test_a_card_that_is_posted_too_late_is_not_the_alerts(vigil: Vigil) -> None:
    """On a slow network the alert is changed and submitted again while its card is on the way."""
    number = await desk.draft(vigil)
    ravi = vigil.organiser()
    await ravi.tap("Submit for approval")
    as_posted = (await vigil.services.watching.one(number)).alert
    await ravi.tap(REOPEN)
    await change_text(ravi, OTHER)
    await ravi.tap("Submit for approval")
    assert not await vigil.services.watching.post(as_posted, 4711)
    await vigil.keep()
    assert OTHER in in_group(vigil)


async def test_a_card_asks_nothing_any_more_when_its_alert_is_thrown_away(vigil: Vigil) -> None:
    await desk.submit(vigil)
    ravi = vigil.organiser()
    await ravi.tap(REOPEN)
    await ravi.tap("Throw away")
    await ravi.tap("Throw it away")
    await vigil.keep()
    assert not vigil.group().buttons
    assert "Taken back for a change." in in_group(vigil)[-1]


async def test_two_who_both_wrote_on_it_cannot_approve_for_each_other(vigil: Vigil) -> None:
    """The owner takes Omar's alert back to stop it; that must not make him the only judge."""
    omar = Chat(vigil.world, vigil.world.admins[1].id)
    hanna = Chat(vigil.world, vigil.world.admins[0].id)
    number = await desk.submit(vigil, author=omar)
    await hanna.say("/queue")
    await desk.tap(hanna, f"Urgent action {number}")
    await hanna.tap(REOPEN)
    await vigil.keep()
    await omar.say("/alert")
    await desk.tap(omar, "Go on with draft")
    await change_text(omar, OTHER)
    await omar.tap("Submit for approval")
    await vigil.keep()
    assert await press(vigil.group(1), approve_button(vigil)) == OWN
    assert await desk.state(vigil, number) == (WAITING, None)


async def test_no_text_is_written_in_a_language_that_nobody_is_shown(vigil: Vigil) -> None:
    """A forged button: the text would stand in for others, and no preview would show it."""
    await desk.draft(vigil)
    ravi = vigil.organiser()
    number, revision = (await vigil.services.watching.drafts())[-1].id, 4
    await ravi.send_data(f"draft:{number}:{revision}:text:xx")
    await ravi.say(OTHER)
    [draft] = await vigil.services.watching.drafts()
    assert set(draft.words) == {"en"}


def test_every_text_that_stands_in_for_another_is_previewed(tmp_path: Path) -> None:
    """One that was first written in a language that is released no longer goes to the French."""
    written(tmp_path, "fr", {})
    texts = {"es": Words(OTHER), "en": Words(desk.TEXT)}
    seen = previews(an_alert(words=texts), Catalogues(("en", "fr"), tmp_path))
    assert [one.params["text"] for one in seen] == [desk.TEXT, OTHER]


async def test_who_has_left_the_staff_hears_no_more_of_what_she_wrote(vigil: Vigil) -> None:
    number = await desk.submit(vigil)
    ravi, hanna = vigil.organiser(), vigil.world.admins[0].id
    await vigil.services.staff.appoint(hanna, ravi.user, Role.SUPPORTER)
    before = len(ravi.messages)
    await desk.tap(vigil.group(1), "Approve")
    vigil.world.clock.jump(MINUTE)
    await vigil.sent()
    assert desk.reports(vigil, number)
    assert len(ravi.messages) == before


async def test_who_has_left_the_staff_is_heard_again_as_anybody(vigil: Vigil) -> None:
    """A draft of hers waited for a text: that must not swallow a cry for help."""
    await desk.draft(vigil)
    ravi, hanna = vigil.organiser(), vigil.world.admins[0].id
    await ravi.tap("Text")
    await vigil.services.staff.appoint(hanna, ravi.user, Role.SUPPORTER)
    told = await ravi.say("they are beating me right now, please help me")
    assert "Only organisers" not in told
    assert told == await vigil.chat().say("they are beating me right now, please help me")


async def test_a_draft_that_is_gone_waits_for_nothing(vigil: Vigil) -> None:
    """Somebody else threw it away: the next message is told so, and the one after it is heard."""
    await desk.draft(vigil)
    ravi, hanna = vigil.organiser(), Chat(vigil.world, vigil.world.admins[0].id)
    await ravi.tap("Text")
    await hanna.say("/alert")
    await desk.tap(hanna, "Go on with draft")
    await hanna.tap("Throw away")
    await hanna.tap("Throw it away")
    assert (await ravi.say("They hold Samira.")).startswith(GONE)
    cry = "they are beating me right now, please help me"
    assert await ravi.say(cry) == await vigil.chat().say(cry)


async def test_a_card_that_telegram_refuses_keeps_no_other_one_waiting(vigil: Vigil) -> None:
    ravi = vigil.organiser()
    await desk.draft(vigil)
    await ravi.tap("Picture")
    vigil.world.photo(ravi.user, PICTURE)
    await vigil.world.settled()
    await ravi.tap("Submit for approval")
    second = await desk.draft(vigil)
    await ravi.tap("Submit for approval")
    vigil.world.faults.add(Fault("not_found", method="sendPhoto", times=100))
    await vigil.keep()
    assert len(desk.cards(vigil, second)) == 1


async def test_an_alert_whose_petition_was_taken_away_is_held(vigil: Vigil, shelf: Shelf) -> None:
    """Its file is no longer there after a restart: the button below it would lead nowhere."""
    number, ravi = await desk.draft(vigil, when="1 March 18:00"), vigil.organiser()
    await ravi.tap("Attach")
    await desk.tap(ravi, "Petition: Cameroon")
    await ravi.tap("Submit for approval")
    await vigil.keep()
    await desk.tap(vigil.group(), "Approve")
    del shelf[PETITION]
    vigil.world.clock.jump_to(NOON.replace(hour=18))
    await vigil.sent()
    assert await desk.state(vigil, number) == (AlertState.HELD, "text gone")
    assert not desk.received(vigil)


async def test_many_drafts_keep_nobody_from_writing(vigil: Vigil) -> None:
    """A message takes a hundred buttons: somebody could fill the list with drafts."""
    for _ in range(101):
        await vigil.services.drafts.begin(vigil.world.organiser.id, AlertKind.URGENT)
    omar = Chat(vigil.world, vigil.world.admins[1].id)
    assert (await omar.say("/alert")).startswith("What shall go out?")
    await omar.say("/queue")
    await desk.tap(omar, "Urgent action 101")
    assert "draft" in omar.last["text"]


async def test_a_zone_that_is_no_more_hides_no_card(vigil: Vigil) -> None:
    """Zones are renamed now and then, and an update of the system forgets the former name."""
    number = await desk.draft(vigil)
    async with vigil.database.write() as db:
        await alerts.change(db, number, zone="Europe/Atlantis")
    ravi = vigil.organiser()
    await ravi.tap("Preview")
    assert "3 March 2027, 18:00 UTC" in ravi.last["text"]
    await ravi.tap("Until")
    await ravi.tap("Back")
    await ravi.tap("Submit for approval")
    await vigil.keep()
    assert "3 March 2027, 18:00 UTC" in in_group(vigil)[-1]


async def test_what_was_interrupted_does_not_go_on_to_a_petition_that_has_closed(
    vigil: Vigil,
) -> None:
    number, ravi = await desk.draft(vigil), vigil.organiser()
    await ravi.tap("Attach")
    await desk.tap(ravi, "Petition: Cameroon")
    await ravi.tap("Submit for approval")
    await vigil.keep()
    await desk.tap(vigil.group(), "Approve")
    vigil.world.clock.jump(MINUTE)
    await vigil.services.schedule.tick()
    vigil.world.clock.jump(20 * MINUTE)
    await vigil.sent()
    assert await desk.state(vigil, number) == (AlertState.HELD, "interrupted")
    await vigil.services.petitions.close(PETITION)
    told = await desk.tap(vigil.group(), "Send it now")
    assert "takes no signatures any more" in told
    await vigil.sent()
    assert await desk.state(vigil, number) == (AlertState.HELD, "petition closed")
    assert not desk.received(vigil)


async def test_a_new_draft_does_not_get_words_for_the_one_before(vigil: Vigil) -> None:
    """Nor does that one get words which are meant for the new one."""
    first = await desk.draft(vigil)
    ravi = vigil.organiser()
    await ravi.tap("Text")
    await ravi.say("/alert")
    await ravi.tap("Newsletter")
    await ravi.say(OTHER)
    drafts = {one.id: one for one in await vigil.services.watching.drafts()}
    assert drafts[first].words["en"].text == desk.TEXT


async def test_the_last_language_cannot_be_taken_out(vigil: Vigil, tmp_path: Path) -> None:
    """With none left it would go to everybody, whatever they speak."""
    written(tmp_path, "fr", {})
    both = Catalogues(("en", "fr"), tmp_path)
    vigil.app.bot_data["services"] = replace(vigil.services, catalogues=both)
    ravi = vigil.organiser()
    await ravi.say("/alert")
    await ravi.tap("Urgent action")
    await ravi.tap("Audience")
    await ravi.tap("✓ fr")
    await ravi.tap("✓ en")
    assert ravi.buttons[:2] == ["✓ en", "fr"]
    [alert] = await vigil.services.watching.drafts()
    assert alert.audience.languages == ("en",)


async def test_who_submits_what_another_wrote_is_promised_nothing(vigil: Vigil) -> None:
    """What becomes of it is told to who wrote on it."""
    await desk.draft(vigil)
    omar = Chat(vigil.world, vigil.world.admins[1].id)
    await omar.say("/alert")
    await desk.tap(omar, "Go on with draft")
    assert "I tell you here" not in await omar.tap("Submit for approval")


async def test_who_made_somebody_an_organiser_today_cannot_approve_her_alert(
    vigil: Vigil,
) -> None:
    """Else an admin's own second account could write what she then approves."""
    omar, elise = vigil.group(1), vigil.chat(1)
    await vigil.services.staff.appoint(omar.user, elise.user, Role.ORGANISER)
    number = await desk.submit(vigil, author=elise)
    button = approve_button(vigil)

    refused = await press(omar, button)

    assert refused.startswith("You gave its author her role less than a day ago.")
    assert (await desk.state(vigil, number))[0] is WAITING
    vigil.world.clock.jump(timedelta(hours=24))
    await press(omar, button)
    assert (await desk.state(vigil, number))[0] is AlertState.APPROVED


async def test_what_a_former_admin_approved_asks_somebody_else(vigil: Vigil) -> None:
    """She may have lost her phone, and her role because of that."""
    number = await desk.submit(vigil)
    await press(vigil.group(1), approve_button(vigil))
    hanna, omar = (admin.id for admin in vigil.world.admins)
    await vigil.services.staff.appoint(hanna, omar, Role.SUPPORTER)

    vigil.world.clock.jump(MINUTE)
    await vigil.sent()

    assert await desk.state(vigil, number) == (AlertState.HELD, "approver gone")
    assert "Whoever approved it is no admin any more." in words(vigil.group().last)
    await desk.tap(vigil.group(), "Send it now")
    vigil.world.clock.jump(MINUTE)
    await vigil.sent()
    assert (await desk.state(vigil, number))[0] is AlertState.FINISHED
