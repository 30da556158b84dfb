"""What the admin group learns of a digest: nothing, unless somebody may not have it."""

import asyncio

import pytest

from bot.models import AlertKind, AlertState, Choice, Supporter, Topic
from bot.services.choices import CURRENT
from bot.store import alerts, crowd
from playground.faults import Fault
from playground.world import World
from tests.conftest import NOON, Start, Vigil
from tests.conversation import Chat, words
from tests.handlers.organiser import desk
from tests.handlers.test_reach import newsletter

FINISHED = AlertState.FINISHED
PEOPLE = 4
DIGEST = "What your weekly limit held back"
SUNDAY = NOON.replace(day=7, hour=10)
ASKED = "Nothing is sent to them again unless you say so"


@pytest.fixture
async def world() -> World:
    return desk.crowded(PEOPLE)


@pytest.fixture
async def vigil(start: Start) -> Vigil:
    """Four people want one newsletter a week, and two have gone out: it is Sunday, at ten."""
    vigil = await start()
    await desk.staffed(vigil)
    people = vigil.world.crowd.ids
    yes = Choice(Topic.NEWSLETTER, "", "yes", CURRENT[Topic.NEWSLETTER], NOON)
    async with vigil.database.write() as db:
        await crowd.enrol(db, dict.fromkeys(people, "en"), [(one, yes) for one in people], NOON)
    for person in people:
        await vigil.services.preferences.change(Supporter(person, "en"), per_week=1)
    await newsletter(vigil, "First news")
    await newsletter(vigil, "Second news")
    vigil.world.clock.jump(SUNDAY - vigil.world.clock.now())
    return vigil


async def begun(vigil: Vigil) -> None:
    """Whose hour it is gets her digest, in a look that ends before the group is written to."""
    await vigil.services.digests.tick()
    await vigil.sent()


async def again(vigil: Vigil, start: Start) -> Vigil:
    """A new process goes on at once, where the old one would wait after an answer was lost."""
    vigil = await start()
    await vigil.sent()
    return vigil


async def figures(vigil: Vigil) -> dict[tuple[str, str], int]:
    return await desk.figures(vigil, await number(vigil))


async def number(vigil: Vigil) -> int:
    """Of the only digest."""
    async with vigil.database.read() as db:
        found = await alerts.ended_since(db, NOON)
    [digest] = [one for one in found if one.kind is AlertKind.DIGEST]
    return digest.id


def digests(vigil: Vigil, person: int) -> int:
    """How many of them somebody has."""
    return sum(words(one).startswith(DIGEST) for one in Chat(vigil.world, person).messages)


def told(vigil: Vigil, opening: str = "Report: Weekly digest") -> list[str]:
    said = (words(message) for message in vigil.world.admin_chat.messages)
    return [text for text in said if text.startswith(opening)]


async def test_a_digest_that_everybody_has_is_not_reported(vigil: Vigil) -> None:
    await begun(vigil)
    assert await figures(vigil) == {("sent", ""): PEOPLE}
    assert told(vigil) == []
    assert "Weekly digest" not in await vigil.group().say("/queue")


async def test_an_answer_that_was_lost_is_reported_and_sent_again_when_an_admin_says_so(
    vigil: Vigil, start: Start
) -> None:
    """One has it and one has not; nobody can tell. The others do not get it twice."""
    has, has_not, *others = vigil.world.crowd.ids
    vigil.world.faults.add(Fault("reset", chat=has, after_effect=True))
    vigil.world.faults.add(Fault("bad_gateway", chat=has_not))
    await begun(vigil)
    vigil = await again(vigil, start)
    assert await figures(vigil) == {("sent", ""): 2, ("unknown", "no answer"): 2}

    [report] = told(vigil)
    assert "Sent: 2" in report
    assert "Unknown: 2 (2 without an answer from Telegram)" in report
    assert "Together: 4 people" in report
    assert ASKED in report
    assert "Written by" not in report
    assert "Weekly digest" in await vigil.group().say("/queue")
    for _ in range(2):
        vigil = await again(vigil, start)
    assert len(told(vigil)) == 1
    assert [digests(vigil, one) for one in (has, has_not, *others)] == [1, 0, 1, 1]

    await vigil.group(1).tap("Send again to 2 unknown")
    await vigil.sent()
    assert [digests(vigil, one) for one in (has, has_not, *others)] == [2, 1, 1, 1]
    assert await figures(vigil) == {("sent", ""): PEOPLE}
    first, second = told(vigil)
    assert first == report
    assert "Unknown: 0" in second
    assert await Chat(vigil.world, has_not).tap("Read 1") == "Second news"


async def test_who_has_blocked_the_bot_is_reported_and_tried_again_once_she_is_back(
    vigil: Vigil,
) -> None:
    person = vigil.world.crowd.ids[1]
    vigil.world.people[person].blocked = True  # which the bot has not heard of
    await begun(vigil)
    [report] = told(vigil)
    assert "Failed: 1 (1 have blocked the bot)" in report
    vigil.world.block(person, blocked=False)
    await vigil.world.settled()
    await vigil.group().tap("Try the failed ones again")
    await vigil.sent()
    assert digests(vigil, person) == 1
    assert await figures(vigil) == {("sent", ""): PEOPLE}


async def test_what_was_reported_is_not_reported_for_each_clock_anew(vigil: Vigil) -> None:
    """The digest of a day begins again wherever it becomes ten; a new loss is news."""
    blocked, later, latest = vigil.world.crowd.ids[1:]
    preferring = vigil.services.preferences
    await preferring.change(Supporter(later, "en"), zone="America/Halifax")
    await preferring.change(Supporter(latest, "en"), zone="America/Lima")
    vigil.world.people[blocked].blocked = vigil.world.people[latest].blocked = True
    keeper = desk.Hands(vigil)
    assert [await _at(vigil, keeper, hour) for hour in (10, 14, 15)] == [1, 1, 2]
    assert "Failed: 2" in told(vigil)[-1]


async def test_who_is_left_as_she_is_is_no_news_either(vigil: Vigil, start: Start) -> None:
    """Not even for a process that knows nothing of the former report."""
    lost, later = vigil.world.crowd.ids[:2]
    await vigil.services.preferences.change(Supporter(later, "en"), zone="America/Lima")
    vigil.world.faults.add(Fault("reset", chat=lost))
    await begun(vigil)
    vigil = await again(vigil, start)
    await vigil.group().tap("Leave them")
    [report] = told(vigil)
    assert "They are left as they are" in report
    assert await _at(vigil, desk.Hands(vigil), 15) == 1
    assert digests(vigil, later) == 1


async def test_a_try_that_is_lost_as_well_is_reported_as_well(vigil: Vigil) -> None:
    person, keeper = vigil.world.crowd.ids[0], desk.Hands(vigil)
    vigil.world.people[person].blocked = True
    assert await _at(vigil, keeper, 10) == 1
    vigil.world.block(person, blocked=False)
    await vigil.world.settled()
    vigil.world.faults.add(Fault("blocked", chat=person))
    await vigil.group().tap("Try the failed ones again")
    assert await _at(vigil, keeper, 10) == 2
    assert "Failed: 1" in told(vigil)[-1]


async def _at(vigil: Vigil, keeper: desk.Hands, hour: int) -> int:
    """How many reports there are at this hour in UTC, for a keeper who has seen the former ones."""
    vigil.world.clock.jump(SUNDAY.replace(hour=hour) - vigil.world.clock.now())
    await vigil.services.digests.tick()
    await vigil.look()
    async with asyncio.timeout(desk.PATIENCE):
        while await vigil.services.watching.under_way():
            await vigil.look()
    await keeper.keep(60)
    return len(told(vigil))
