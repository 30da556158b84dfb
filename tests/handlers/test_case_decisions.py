"""/case, where it gets narrow: who may accept an outcome, and what a stop finds already decided."""

from datetime import timedelta

import pytest

from bot.models import AlertState, Fate, Role, Supporter
from handlers.admin.cases import tell_stopped
from playground.faults import Fault
from playground.world import World
from tests.conftest import PETITION, Shelf, Start, Vigil
from tests.conversation import Chat, words
from tests.handlers.organiser import desk
from tests.handlers.organiser.desk import MINUTE
from tests.handlers.test_cases import (
    FAMILY,
    FEW,
    OUTCOME,
    STORY,
    asked_to_stop,
    following,
    got,
    news,
    sent,
    submitted,
)
from tests.handlers.test_following import CASE

ALL = range(FEW)
TUESDAY, WEDNESDAY = 1, 2
SECOND = timedelta(seconds=1)
DAY = timedelta(days=1)
PAGE = f"/case@vigil_playground_bot {CASE}"


@pytest.fixture
async def world() -> World:
    return desk.crowded(FEW)


@pytest.fixture
def shelf(shelf: Shelf) -> Shelf:
    """The case stands behind the petition."""
    shelf[PETITION] = shelf[PETITION].model_copy(update={"case": CASE})
    return shelf


@pytest.fixture
async def vigil(start: Start, world: World) -> Vigil:
    """Hanna is the owner, Omar an admin, Ravi an organiser; all of the crowd follow the case."""
    vigil = await start(owners=frozenset({world.admins[0].id}))
    await desk.staffed(vigil)
    await following(vigil)
    return vigil


def has(vigil: Vigil, place: int) -> list[str]:
    """What one of the crowd reads from the bot."""
    return [words(one) for one in vigil.world.chat(vigil.world.crowd.ids[place]).messages]


async def stopped(vigil: Vigil) -> str:
    """Stop, let all of it go out, and read the report in the group."""
    await asked_to_stop(vigil)
    await vigil.group().tap("Stop now")
    await vigil.sent()
    await tell_stopped(vigil.app.bot, vigil.services)
    return words(vigil.group().last)


async def test_who_made_somebody_an_admin_today_does_not_accept_her_outcome(
    start: Start, world: World
) -> None:
    """Else a second account of one's own were a second person."""
    hanna, omar = (admin.id for admin in world.admins)
    third = world.organiser.id
    vigil = await start(owners=frozenset({omar}))
    await vigil.services.staff.appoint(omar, third, Role.ADMIN)
    vigil = await start(owners=frozenset({hanna}))  # Omar is no owner any more
    await vigil.services.staff.appoint(hanna, omar, Role.ADMIN)
    await following(vigil)
    outcomes = vigil.services.outcomes
    made = await outcomes.begin(CASE, Fate.JUSTICE, third)
    made = await outcomes.write(made.number, third, "en", OUTCOME)
    await outcomes.submit(made.number, made.revision, third)
    await vigil.group(1).say(PAGE)
    await vigil.group(1).tap("Go on with: Justice was done")
    accept = desk.kept(vigil, "Accept")
    assert (await desk.press(vigil.group(1), accept)).startswith(
        "You gave its author her role less than a day ago."
    )
    assert await vigil.services.watching.under_way() == []

    vigil.world.clock.jump(DAY)
    assert "are told from" in await desk.press(vigil.group(1), accept)


async def test_the_only_admin_waits_ten_minutes_for_her_own_outcome(
    start: Start, world: World
) -> None:
    vigil = await start(owners=frozenset({world.admins[0].id}))
    await following(vigil)
    await submitted(vigil, author=0)
    assert f"{FEW} people are told from 12:10:00 UTC on" in await desk.tap(vigil.group(), "Accept")
    vigil.world.clock.jump(10 * MINUTE - SECOND)
    await vigil.sent()
    assert not desk.received(vigil)
    vigil.world.clock.jump(SECOND)
    await vigil.sent()
    assert [got(vigil, one, OUTCOME) for one in vigil.world.crowd.ids] == [1] * FEW


async def test_an_outcome_of_two_admins_waits_a_minute(vigil: Vigil) -> None:
    await submitted(vigil)
    assert f"{FEW} people are told from 12:01:00 UTC on" in await desk.tap(vigil.group(), "Accept")


async def test_whose_message_nobody_finds_is_reported_with_the_reason(vigil: Vigil) -> None:
    """An answer was lost; a line stands in a weekly digest, and another one would have come."""
    lost, reads, waits = vigil.world.crowd.ids[:3]
    for person, day in ((reads, TUESDAY), (waits, WEDNESDAY)):
        wish = vigil.services.preferences.change
        await wish(Supporter(person, "en"), per_week=1, digest_on=day)
    vigil.world.faults.add(Fault("reset", "sendMessage", lost, after_effect=True))
    for _ in range(2):
        await news(vigil)
        await sent(vigil)
    vigil.world.clock.jump(timedelta(hours=22))
    await vigil.services.digests.tick()
    await vigil.sent()
    assert [has(vigil, place)[-1][:10] for place in (1, 2)] == ["What your ", STORY[:10]]

    hanna = await asked_to_stop(vigil)
    edited = 2 * FEW - 3
    assert f"• {edited} messages in people's chats become the family's words." in words(hanna.last)
    assert "• 1 person may have it too, and Telegram's answer was lost" in words(hanna.last)
    await hanna.tap("Stop now")
    await vigil.sent()
    await tell_stopped(vigil.app.bot, vigil.services)
    for report in (words(hanna.last), await hanna.say(PAGE)):
        assert f"{edited} messages were edited." in report
        assert "1 out of reach: in their weekly digest" in report
        assert "1 out of reach: without an answer from Telegram" in report
    assert "no longer shown" in await Chat(vigil.world, reads).tap("Read 1")

    vigil.world.clock.jump(DAY)
    await vigil.services.digests.tick()
    await vigil.sent()
    assert has(vigil, 2) == [FAMILY]
    assert has(vigil, 0) == [STORY, FAMILY]


async def test_what_was_taken_back_before_is_let_be(vigil: Vigil) -> None:
    """The first story was replaced, the second deleted; only the third stands anywhere."""
    first = await news(vigil)
    await sent(vigil)
    vigil.world.clock.jump(3 * DAY)  # too old to be deleted
    second, third = [await news(vigil) for _ in range(2)]
    await sent(vigil)
    for number in (first, second):
        await vigil.services.amendments.recall(number, vigil.world.admins[0].id)
    await vigil.sent()
    withdrawn, story = "This message was withdrawn.", STORY
    assert [has(vigil, place) for place in ALL] == [[withdrawn, story]] * FEW

    edits = asked_for(vigil, "editMessageText")
    report = await stopped(vigil)
    assert [has(vigil, place) for place in ALL] == [[withdrawn, FAMILY]] * FEW
    assert f"{FEW} messages were edited." in report
    assert "out of reach" not in report
    assert asked_for(vigil, "editMessageText") == edits + FEW
    assert third not in [first, second]


def asked_for(vigil: Vigil, method: str) -> int:
    """How often, for one of the crowd."""
    people = set(vigil.world.crowd.ids)
    return sum(one.method == method and one.chat_id in people for one in vigil.world.calls)


async def test_a_freeze_holds_the_words_of_the_family_and_nothing_else_of_a_stop(
    vigil: Vigil,
) -> None:
    """What was on its way is cancelled all the same, and does not go on when the freeze ends."""
    await news(vigil)
    await sent(vigil)
    running = await news(vigil)
    hanna = vigil.group()
    await hanna.say("/freeze")
    await asked_to_stop(vigil)
    await hanna.tap("Stop now")
    await sent(vigil)
    assert [has(vigil, place) for place in ALL] == [[STORY]] * FEW
    assert (await desk.state(vigil, running))[0] is AlertState.CANCELLED
    fan = Chat(vigil.world, vigil.world.crowd.ids[0])
    assert (await fan.link(f"case-{CASE}")).startswith(FAMILY)
    assert (await fan.link(f"petition-{PETITION}")).startswith(FAMILY)
    before = len(hanna.messages)
    await tell_stopped(vigil.app.bot, vigil.services)
    assert len(hanna.messages) == before  # it is not over
    assert f"{FEW} messages wait." in await hanna.say(PAGE)

    await hanna.say("/unfreeze")
    await sent(vigil)
    assert [has(vigil, place)[0] for place in ALL] == [FAMILY] * FEW
    await sent(vigil)
    assert not any(STORY in has(vigil, place) for place in ALL)
    await tell_stopped(vigil.app.bot, vigil.services)
    assert f"{FEW} messages were edited." in words(hanna.last)
