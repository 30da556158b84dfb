"""What people say while the bot is away comes before anything it has still to send."""

import asyncio

import pytest

from bot.app import outgoing
from bot.models import Choice, DeliveryState, Topic
from bot.services.choices import CURRENT
from bot.store import crowd
from playground.faults import Fault
from playground.world import World
from tests.conftest import NOON, Start, Vigil
from tests.conversation import Chat, words
from tests.handlers.organiser import desk
from tests.test_crash import joined

STOPPING, STAYING = 100, 40
FIRST = 600_000_001
EARLY = 20  # of those who stay: they have it before the bot goes down


@pytest.fixture
async def world() -> World:
    return desk.crowded(0)


def got(world: World, person: int) -> int:
    return sum(words(one).startswith(desk.TEXT) for one in Chat(world, person).messages)


async def enrolled(vigil: Vigil) -> tuple[list[int], list[int]]:
    """People who want urgent actions, in the order in which they get them: who stays, who stops."""
    numbers = range(FIRST, FIRST + STAYING + STOPPING)
    people = [joined(vigil.world, number) for number in numbers]
    for person in people:
        vigil.world.people[person].started = True
    yes = Choice(Topic.URGENT, "", "yes", CURRENT[Topic.URGENT], NOON)
    async with vigil.database.write() as db:
        languages = dict.fromkeys(people, "en")
        await crowd.enrol(db, languages, [(person, yes) for person in people], NOON)
    early, late = people[:EARLY], people[-(STAYING - EARLY) :]
    return [*early, *late], people[EARLY : EARLY + STOPPING]


async def test_a_hundred_stops_that_waited_come_before_the_rest_of_a_send(start: Start) -> None:
    vigil = await start()
    world = vigil.world
    await desk.staffed(vigil)
    stay, stop = await enrolled(vigil)
    number = await desk.approve(vigil)
    world.faults.add(Fault("flood", chat=stop[0], retry_after=3_600))
    world.clock.jump(desk.MINUTE)
    await vigil.look()
    async with asyncio.timeout(desk.PATIENCE):
        while (  # noqa: ASYNC110 - the playground rings no bell for it
            world.faults.waiting or await desk.on_the_wire(vigil, number)
        ):
            await asyncio.sleep(0.005)
    before = {person for person in (*stay, *stop) if got(world, person)}
    assert before

    await vigil.intake.stop()
    await outgoing(vigil.app).sender.stop()
    waiting = set(stop) - before
    for person in waiting:
        world.say(person, "STOP")
    vigil = await start()
    await outgoing(vigil.app).sender.look()  # as it is done every second, whatever still waits
    await vigil.sent()

    assert len(waiting) > STOPPING // 2
    assert [person for person in waiting if got(world, person)] == []
    assert [got(world, person) for person in stay] == [1] * STAYING
    totals = (await vigil.services.watching.one(number)).totals
    assert totals[DeliveryState.SENT, ""] == STAYING + STOPPING - len(waiting)


async def test_stops_that_could_not_be_fetched_come_before_what_falls_due_meanwhile(
    start: Start,
) -> None:
    """The program runs all the time, and only its updates do not come."""
    vigil = await start()
    world, drained = vigil.world, outgoing(vigil.app).drained
    await desk.staffed(vigil)
    stay, stop = await enrolled(vigil)
    await desk.approve(vigil)
    await drained.wait()
    world.faults.add(Fault("bad_gateway", "getUpdates"))
    world.say(stay[0], "hello")  # ends the long poll; the next one fails
    async with asyncio.timeout(desk.PATIENCE):
        while drained.is_set():  # noqa: ASYNC110 - nothing tells of a poll that failed
            await asyncio.sleep(0.005)

    for person in stop:
        world.say(person, "STOP")
    world.clock.jump(desk.MINUTE)
    await vigil.services.schedule.tick()
    await outgoing(vigil.app).sender.look()
    await vigil.sent()

    assert [person for person in stop if got(world, person)] == []
    assert [got(world, person) for person in stay] == [1] * STAYING
