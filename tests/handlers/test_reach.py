"""How somebody wants to be reached: said in /settings, and true for what is sent to her."""

from datetime import timedelta
from typing import Any

import pytest

import handlers
from bot.models import AlertKind, AlertState, Choice, Supporter, Topic, Words
from bot.services.choices import CURRENT
from bot.store import alerts, crowd
from playground.world import World
from tests.conftest import NOON, Start, Vigil
from tests.conversation import Chat, words
from tests.handlers.organiser import desk
from tests.handlers.rows import rows_about
from tests.handlers.test_choosing import choose

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
PEOPLE = 3


@pytest.fixture
async def world() -> World:
    return desk.crowded(PEOPLE)


async def kept(chat: Chat, vigil: Vigil) -> list[dict[str, Any]]:
    return (await rows_about(vigil.database, chat.user))["preferences"]


async def test_everything_is_set_on_one_message_and_taken_back(chat: Chat, vigil: Vigil) -> None:
    shown = await chat.say("/settings")
    assert (
        "Clock: ours, UTC (12:00 now)\nQuiet hours: none\nMessages a week: no limit\n"
        "Sound: urgent actions may ring" in shown
    )
    screen = chat.last["message_id"]

    assert "urgent actions neither" in await chat.tap("Quiet hours")
    assert "by this clock: ours, UTC (12:00 now)" in words(chat.last)
    assert "Quiet hours: 22:00 to 07:00" in await chat.tap("22:00 to 07:00")

    await chat.tap("Clock")
    await chat.tap("Asia")
    assert "Clock: Kathmandu (17:45 now)" in await chat.tap("Kathmandu")

    assert "At the moment: no limit." in await chat.tap("Messages a week")
    assert "Another day" not in chat.buttons
    assert "at most 2, and what goes beyond on Sunday at 10:00." in await chat.tap("2")
    await chat.tap("Another day")
    assert "✓ Sunday" in chat.buttons
    assert "beyond on Tuesday at 10:00." in await chat.tap("Tuesday")
    await chat.tap("Back")
    assert "Sound: everything comes silently" in await chat.tap("Make urgent ones silent")

    assert chat.last["message_id"] == screen
    assert await kept(chat, vigil) == [
        {
            "supporter_id": chat.user,
            "zone": "Asia/Kathmandu",
            "quiet_from": 1_320,
            "quiet_to": 420,
            "per_week": 2,
            "digest_on": 1,
            "rings": False,
        }
    ]
    assert not (await rows_about(vigil.database, chat.user))["supporters"]

    await chat.tap("Let urgent ones ring")
    await chat.tap("Quiet hours")
    await chat.tap("No quiet hours")
    await chat.tap("Messages a week")
    await chat.tap("No limit")
    await chat.tap("Back")
    await chat.tap("Clock")
    await chat.tap("Use your clock")
    await chat.send_data("settings:day:6")
    assert await kept(chat, vigil) == []


async def test_a_place_and_hours_are_written_and_what_is_unclear_is_asked(
    chat: Chat, vigil: Vigil, start: Start
) -> None:
    await chat.say("/settings")
    await chat.tap("Clock")
    await chat.tap("Write a place instead")
    vigil = await start()  # a new process knows what is waited for
    chat = vigil.chat()
    assert "I know no city or country called “Lyon <b>”." in await chat.say("Lyon <b>")
    assert (await chat.say("Berln")).startswith("Which of these places")
    assert "Berlin" in chat.buttons
    assert "Auckland" not in words(chat.last)
    await chat.say("New Zealand")
    assert {"Auckland", "Chatham"} <= set(chat.buttons)
    assert await kept(chat, vigil) == []  # nothing was guessed
    assert "Clock: Lima (07:00 now)" in await chat.say("pérou")
    assert (await chat.say("What is torture?")).count("Torture")  # no name is waited for any more

    await chat.say("/settings")
    await chat.tap("Quiet hours")
    await chat.tap("Write other hours")
    assert "could not read that as two times" in await chat.say("22")
    assert "Quiet hours: 22:00 to 07:00" in await chat.say("from 10 pm to 7 am")
    await chat.tap("Quiet hours")
    await chat.tap("Write other hours")
    card = vigil.services.content.language("en").support.title
    assert (await chat.say("they beat me from 10 pm to 7 am")).startswith(card)
    await chat.send_data("settings:hours:write")
    assert (await chat.say("/cancel")).startswith("Cancelled.")
    for forged in (
        "settings:zone:Etc/GMT+2",
        "settings:zone:Nowhere",
        "settings:hours:60:60",
        "settings:hours:9999:60",
        "settings:limit:4",
        "settings:day:7",
    ):
        await chat.send_data(forged)
    [row] = await kept(chat, vigil)
    assert (row["zone"], row["quiet_from"], row["quiet_to"]) == ("America/Lima", 1_320, 420)
    assert row["per_week"] is None


async def test_a_stop_that_leaves_nothing_else_takes_the_settings_and_a_turn_does_not(
    chat: Chat, vigil: Vigil
) -> None:
    await choose(chat)
    await chat.send_data("settings:hours:1320:420")
    await chat.send_data("choose:urgent:off")
    assert len(await kept(chat, vigil)) == 1  # she may choose another one next
    await choose(chat)
    assert "is erased" in await chat.say("/stop")
    assert not any((await rows_about(vigil.database, chat.user)).values())


async def test_a_quiet_of_days_ends_with_one_silent_message_and_an_hour_with_none(
    vigil: Vigil,
) -> None:
    world, services = vigil.world, vigil.services
    chosen, cried, stopped, asleep, neither = (vigil.chat(n) for n in range(5))
    for chat in (chosen, cried, stopped, asleep):
        await choose(chat)
    for chat in (chosen, stopped, asleep, neither):
        await chat.say("/alerts")
        await chat.tap("Nothing for a while")
        await chat.tap("For 30 days")
    await services.supporters.leave_in_peace(Supporter(cried.user, "en"))
    await services.supporters.leave_in_peace(Supporter(chosen.user, "en"))  # it stays as it is
    await stopped.say("/stop")
    await asleep.send_data("settings:hours:720:780")  # noon to one

    async def told() -> list[str]:
        before = [len(chat.messages) for chat in (chosen, cried, stopped, asleep, neither)]
        await services.housekeeping.tick()
        await handlers.tell_back(vigil.app.bot, services)
        chats = (chosen, cried, stopped, asleep, neither)
        return [
            words(one)
            for chat, seen in zip(chats, before, strict=True)
            for one in chat.messages[seen:]
        ]

    world.clock.jump(HOUR)
    assert await told() == []
    world.clock.jump(30 * DAY - HOUR - timedelta(seconds=1))
    assert await told() == []
    world.clock.jump(timedelta(seconds=1))
    [said] = await told()
    assert said.startswith("The time in which nothing was to be sent to you is over.")
    assert chosen.last["message_id"] in world.chat(chosen.id).silent
    assert await told() == []
    world.clock.jump(HOUR)  # she is awake
    assert await told() == [said]
    assert await told() == []
    assert not (await rows_about(vigil.database, neither.user))["quiet_times"]


async def test_who_was_promised_the_end_of_a_quiet_is_told_though_an_hour_more_is_added(
    vigil: Vigil,
) -> None:
    world, services, chat = vigil.world, vigil.services, vigil.chat()
    await choose(chat)
    await chat.say("/alerts")
    await chat.tap("Nothing for a while")
    await chat.tap("For 7 days")
    world.clock.jump(7 * DAY - HOUR / 2)
    await services.supporters.leave_in_peace(Supporter(chat.user, "en"))

    before = len(chat.messages)
    for passed, told in ((HOUR / 2, 0), (HOUR / 2, 1)):
        world.clock.jump(passed)
        await services.housekeeping.tick()
        await handlers.tell_back(vigil.app.bot, services)
        assert len(chat.messages) == before + told
    assert words(chat.last).startswith("The time in which nothing was to be sent to you is over.")


async def newsletter(vigil: Vigil, text: str) -> int:
    """One that is approved and due."""
    now = vigil.world.clock.now()
    author, approver = vigil.world.organiser.id, vigil.world.admins[0].id
    drafts, yes = vigil.services.drafts, vigil.services.approvals
    number = (await drafts.begin(author, AlertKind.NEWSLETTER)).id
    await drafts.write(number, 2, author, "en", Words(text))
    await drafts.expires_at(number, 3, author, now + 9 * DAY, "UTC")
    seen = await drafts.submit(number, 4, author)
    await yes.approve(number, 4, approver, seen.count.total)
    vigil.world.clock.jump(timedelta(minutes=1))
    await vigil.sent()
    return number


async def test_from_the_limit_to_the_digest_and_what_is_read_there(
    start: Start, world: World
) -> None:
    vigil = await start()
    await desk.staffed(vigil)
    chat = Chat(world, vigil.world.crowd.ids[0])
    async with vigil.database.write() as db:
        yes = Choice(Topic.NEWSLETTER, "", "yes", CURRENT[Topic.NEWSLETTER], NOON)
        people = dict.fromkeys(vigil.world.crowd.ids, "en")
        await crowd.enrol(db, people, [(person, yes) for person in people], NOON)
    await vigil.services.preferences.change(
        Supporter(chat.user, "en"), per_week=1, zone="America/Lima"
    )
    first = await newsletter(vigil, "First news")
    second = await newsletter(vigil, "Second news\nwith more in it")
    third = await newsletter(vigil, "Third news")
    assert (await desk.figures(vigil, second)) == {("sent", ""): 2, ("skipped", "over cap"): 1}
    assert [words(one) for one in chat.messages] == ["First news"]

    async with vigil.database.write() as db:  # which nobody shall read any more
        await alerts.change(db, third, expires_at=NOON + DAY)
    sunday = NOON.replace(day=7, hour=15)  # it is ten in Lima
    vigil.world.clock.jump(sunday - timedelta(minutes=1) - vigil.world.clock.now())
    await vigil.services.digests.tick()
    await vigil.sent()
    assert len(chat.messages) == 1
    vigil.world.clock.jump(timedelta(minutes=1))
    for _ in range(2):
        vigil = await start()
        await vigil.services.digests.tick()
        await vigil.sent()

    [_, digest] = chat.messages
    assert words(digest).startswith("What your weekly limit held back\n\n1. Second news\n\n")
    read = await chat.tap("Read 1")
    assert read == "Second news\nwith more in it"
    assert chat.buttons == ["Choose what I get", "Stop"]
    assert (await desk.figures(vigil, second)) == {("sent", ""): 2, ("sent", "in digest"): 1}
    other = Chat(world, vigil.world.crowd.ids[1])
    assert "no longer shown" in await other.send_data(f"digest:{second}")
    assert "no longer shown" in await chat.send_data(f"digest:{first}")

    assert "Weekly digest" not in await vigil.group().say("/queue")

    await chat.send_data("alert:limit")
    assert chat.last["message_id"] != digest["message_id"]
    vigil.world.clock.jump(14 * DAY)
    assert "no longer shown" in await chat.send_data(f"digest:{second}")


async def test_a_digest_can_be_paused_and_frozen_and_comes_at_once_when_the_limit_ends(
    vigil: Vigil, world: World
) -> None:
    await desk.staffed(vigil)
    chat = Chat(world, vigil.world.crowd.ids[0])
    preferring = vigil.services.preferences
    await preferring.change(Supporter(chat.user, "en"), per_week=1)
    async with vigil.database.write() as db:
        yes = Choice(Topic.NEWSLETTER, "", "yes", CURRENT[Topic.NEWSLETTER], NOON)
        await crowd.enrol(db, {chat.user: "en"}, [(chat.user, yes)], NOON)
    await newsletter(vigil, "First news")
    await newsletter(vigil, "Second news")
    owner = vigil.world.admins[0].id
    await vigil.services.control.freeze(owner)
    await preferring.change(Supporter(chat.user, "en"), per_week=None)
    await vigil.look()
    [digest] = await vigil.services.watching.under_way()
    assert digest.kind is AlertKind.DIGEST
    assert "Weekly digest" in await vigil.group().say("/queue")
    keeper = desk.Hands(vigil)
    await keeper.keep()
    assert "All sends are stopped" in words(world.admin_chat.messages[-1])
    await vigil.services.control.unfreeze(owner)
    await keeper.keep(60)
    await vigil.group().tap("Pause")
    await vigil.look()
    assert len(chat.messages) == 1

    await vigil.group().tap("Go on")
    await vigil.sent()
    [card] = [one for one in world.admin_chat.messages if words(one).startswith("Weekly digest")]
    assert "Finished." in words(card)
    assert "1 of 1" in words(card)

    assert words(chat.messages[-1]).startswith("What your weekly limit held back")
    assert (await desk.state(vigil, digest.id))[0] is AlertState.FINISHED
