"""Order within a person, nobody held up by another, and floods."""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from telegram import Bot, Update

from bot.intake import Intake
from bot.telegram_http import AiohttpRequest
from handlers import urgency
from playground.server import serve
from playground.world import World
from tests.intake.conftest import Desk, Start, said


@given(course=st.lists(st.tuples(st.integers(0, 4), st.integers(0, 6)), max_size=60))
@settings(max_examples=25, deadline=None)
def test_everybody_is_handled_in_order(course: list[tuple[int, int]]) -> None:
    """Each step: who writes, and through how many turns of the loop its handler takes."""
    begun: dict[int, list[int]] = defaultdict(list)
    ended: dict[int, list[int]] = defaultdict(list)

    async def handle(update: Update) -> None:
        assert update.effective_user
        person, step = update.effective_user.id, int(said(update))
        begun[person].append(step)
        for _ in range(course[step][1]):
            await asyncio.sleep(0)
        ended[person].append(step)
        assert begun[person] == ended[person]  # none of theirs began meanwhile

    async def talk() -> None:
        world = World(rate=1000)
        async with serve(world) as root, AiohttpRequest() as request:
            bot = Bot(world.token, base_url=f"{root}/bot", request=request)
            intake = Intake(bot, handle, slots=3, queue=60)
            working = asyncio.create_task(intake.run())
            for step, (who, turns) in enumerate(course):
                world.say(world.supporters[who].id, str(step))
                for _ in range(turns):
                    await asyncio.sleep(0)
            await world.settled()
            await intake.stop()
            await working
            for who in range(5):
                theirs = [step for step, (writer, _) in enumerate(course) if writer == who]
                assert ended[world.supporters[who].id] == theirs

    asyncio.run(talk())


async def test_a_slow_handler_holds_up_its_own_person_only(world: World, start: Start) -> None:
    desk = Desk()
    desk.hold("slow")
    start(desk.handle)
    world.say(world.supporters[0].id, "slow")
    await desk.has_begun("slow")
    world.say(world.supporters[0].id, "after it")
    for text in ("one", "two", "three"):
        world.say(world.supporters[1].id, text)
        await desk.has_done(text)

    assert desk.done == ["one", "two", "three"]
    assert "after it" not in desk.begun
    desk.let_go()
    await world.settled()
    assert desk.done[3:] == ["slow", "after it"]


async def test_no_more_are_handled_at_a_time_than_there_are_slots(
    world: World, start: Start
) -> None:
    desk = Desk()
    desk.hold("0", "1", "2")
    start(desk.handle, slots=2)
    for number in range(5):
        world.say(world.supporters[number].id, str(number))
    await desk.has_begun("1")
    await world.updates.polled(world.updates.poll_count + 3)
    assert desk.begun == ["0", "1"]
    desk.let_go("1")
    await desk.has_begun("2")
    desk.let_go()
    await world.settled()

    assert sorted(desk.done) == ["0", "1", "2", "3", "4"]
    assert desk.busiest == 2


async def test_many_updates_of_one_person_hold_one_slot(world: World, start: Start) -> None:
    desk = Desk()
    desk.hold("0")
    start(desk.handle, slots=2)
    for number in range(15):
        world.say(world.supporters[0].id, str(number))
    world.say(world.supporters[1].id, "hello")
    await desk.has_done("hello")

    assert desk.begun == ["0", "hello"]


async def test_twenty_waiting_are_no_flood(world: World, start: Start) -> None:
    desk = Desk()
    desk.hold("0")
    shed: list[str] = []
    start(desk.handle, shed=noting(shed))
    for number in range(21):
        world.say(world.supporters[0].id, str(number))
    await desk.has_begun("0")
    desk.let_go()
    await world.settled()

    assert desk.done == [str(number) for number in range(21)]
    assert shed == []


def noting(shed: list[str]) -> Callable[[Update], Awaitable[None]]:
    async def note(update: Update) -> None:
        shed.append(said(update))

    return note


async def test_what_is_beyond_twenty_is_dropped_and_told_once(world: World, start: Start) -> None:
    desk = Desk()
    desk.hold("0")
    shed: list[str] = []
    start(desk.handle, shed=noting(shed))
    for number in range(30):
        world.say(world.supporters[0].id, str(number))
    await desk.has_begun("0")
    desk.let_go()
    await world.settled()

    assert desk.done == [str(number) for number in range(21)]
    assert shed == ["21"]


async def test_when_a_flood_is_past_the_person_is_heard_again(world: World, start: Start) -> None:
    desk = Desk()
    shed: list[str] = []
    start(desk.handle, shed=noting(shed), queue=2)
    for flood in ("a", "b"):
        desk.hold(f"{flood}0")
        for number in range(5):
            world.say(world.supporters[0].id, f"{flood}{number}")
        await desk.has_begun(f"{flood}0")
        desk.let_go()
        await world.settled()
        world.say(world.supporters[0].id, f"sorry for {flood}")
        await desk.has_done(f"sorry for {flood}")
        await world.settled()
        await world.updates.polled(world.updates.poll_count + 1)

    assert desk.done == ["a0", "a1", "a2", "sorry for a", "b0", "b1", "b2", "sorry for b"]
    assert shed == ["a3", "b3"]


async def test_five_hundred_messages_of_one_hold_up_nobody(world: World, start: Start) -> None:
    """Telegram shows a hundred at a time, so only what the first handler takes is waited for."""
    desk = Desk()
    desk.hold(*(f"flood {number}" for number in range(500)))
    shed: list[str] = []
    start(desk.handle, shed=noting(shed))
    for number in range(500):
        world.say(world.supporters[0].id, f"flood {number}")
    world.say(world.supporters[1].id, "hello")
    await desk.has_begun("flood 0")
    await world.updates.polled(world.updates.poll_count + 2)
    desk.let_go("flood 0")
    await desk.has_done("hello")
    await world.settled()

    assert desk.done == ["flood 0", "hello"]
    assert len(shed) == 1


async def test_a_flood_does_not_hold_up_those_it_still_leaves_in_view(
    world: World, start: Start
) -> None:
    desk = Desk()
    desk.hold("flood 0")
    start(desk.handle)
    for number in range(99):
        world.say(world.supporters[0].id, f"flood {number}")
    world.say(world.supporters[1].id, "hello")
    await desk.has_done("hello")

    assert desk.done == ["hello"]


urgent = partial(urgency, stop_words={"stop"})


async def test_a_stop_in_a_flood_comes_next_and_nothing_older_comes_after_it(
    world: World, start: Start
) -> None:
    desk = Desk()
    desk.hold("0")
    start(desk.handle, urgent=urgent)
    for number in range(25):
        world.say(world.supporters[0].id, str(number))
    world.say(world.supporters[0].id, "STOP")
    world.say(world.supporters[0].id, "noise")
    world.say(world.supporters[0].id, "/forgetme")
    await desk.has_begun("0")
    await world.updates.polled(world.updates.poll_count + 2)
    desk.let_go()
    await world.settled()

    assert desk.done == ["0", "STOP", "/forgetme"]


async def test_of_many_stops_that_wait_the_last_is_handled_and_nothing_older_after_it(
    world: World, start: Start
) -> None:
    desk = Desk()
    desk.hold("0")
    shed: list[str] = []
    start(desk.handle, urgent=urgent, shed=noting(shed))
    for text in ("0", "before", "Stop!", "/forgetme", "/stop", "/stop@vigil_bot", "STOP"):
        world.say(world.supporters[0].id, text)
    await desk.has_begun("0")
    desk.let_go()
    await world.settled()

    assert desk.done == ["0", "before", "/forgetme", "STOP"]
    assert shed == []


async def test_what_is_said_between_two_stops_keeps_its_place(world: World, start: Start) -> None:
    """A name typed after /cancel must not sign, so that /cancel may not be left to a later one."""
    desk = Desk()
    desk.hold("0")
    start(desk.handle, urgent=urgent)
    course = ["0", "/cancel", "my name", "/cancel", "STOP", "/start", "STOP"]
    for text in course:
        world.say(world.supporters[0].id, text)
    await desk.has_begun("0")
    desk.let_go()
    await world.settled()

    assert desk.done == course


async def test_taps_that_erase_or_withdraw_are_merged_only_when_they_mean_the_same(
    world: World, start: Start
) -> None:
    desk = Desk()
    desk.hold("0")
    start(desk.handle, urgent=urgent)
    person = world.supporters[0].id
    first = world.say(person, "0")
    for data in ("withdraw:do:a", "withdraw:do:a", "withdraw:do:b", "petition:sign:a"):
        world.tap(person, person, first.message_id, data)
    await desk.has_begun("0")
    desk.let_go()
    await world.settled()

    assert desk.done == ["0", "withdraw:do:a", "withdraw:do:b", "petition:sign:a"]


@pytest.mark.parametrize("noise", [["/stop"], ["/stop", "noise"], ["/stop", "/cancel", "STOP"]])
async def test_stops_of_one_whose_first_hangs_hold_up_nobody(
    world: World, start: Start, noise: list[str]
) -> None:
    """As when Telegram answers 429 for the chat of whoever sends them."""
    desk = Desk()
    desk.hold("/stop")
    shed: list[str] = []
    start(desk.handle, urgent=urgent, shed=noting(shed), sleep=at_once)
    for number in range(400):
        world.say(world.supporters[0].id, noise[number % len(noise)])
    world.say(world.supporters[1].id, "hello")
    await desk.has_done("hello")
    assert desk.begun == ["/stop", "hello"]
    desk.let_go()
    await world.settled()

    assert desk.done[0] == "hello"
    assert len(shed) == 1
    assert 2 <= desk.done.count("/stop") + desk.done.count("STOP") <= 3


async def test_a_flood_behind_a_handler_that_hangs_holds_up_nobody(
    world: World, start: Start
) -> None:
    desk = Desk()
    desk.hold("0")
    start(desk.handle, sleep=at_once)
    for number in range(300):
        world.say(world.supporters[0].id, str(number))
    world.say(world.supporters[1].id, "hello")
    await desk.has_done("hello")
    desk.let_go()
    await world.settled()

    assert desk.done == ["hello", "0"]


async def test_a_stop_that_waits_in_a_flood_outlives_a_kill(world: World, start: Start) -> None:
    desk, after = Desk(), Desk()
    desk.hold("/stop")
    running = start(desk.handle, urgent=urgent, sleep=at_once)
    for _ in range(150):
        world.say(world.supporters[0].id, "/stop")
    world.say(world.supporters[1].id, "hello")
    await desk.has_done("hello")
    await running.kill()
    start(after.handle, urgent=urgent)
    await world.settled()

    assert after.done.count("/stop") == 1


async def test_even_what_is_urgent_has_a_bound(world: World, start: Start) -> None:
    """Programs can put anything into the data of a tap."""
    desk = Desk()
    desk.hold("0")
    shed: list[str] = []
    start(desk.handle, urgent=said, shed=noting(shed), queue=3)
    for number in range(9):
        world.say(world.supporters[0].id, str(number))
    await desk.has_begun("0")
    desk.let_go()
    await world.settled()

    assert desk.done == ["0", "1", "2", "3"]
    assert shed == ["4"]


async def at_once(_: float) -> None:
    await asyncio.sleep(0)


async def test_without_a_flood_a_stop_keeps_its_place(world: World, start: Start) -> None:
    desk = Desk()
    desk.hold("0")
    start(desk.handle, urgent=urgent)
    for text in ("0", "/alerts", "STOP", "/start"):
        world.say(world.supporters[0].id, text)
    await desk.has_begun("0")
    desk.let_go()
    await world.settled()

    assert desk.done == ["0", "/alerts", "STOP", "/start"]


async def test_a_failing_notice_harms_nobody(
    world: World, start: Start, caplog: pytest.LogCaptureFixture
) -> None:
    desk = Desk()
    desk.hold("0")

    async def fail(update: Update) -> None:
        raise RuntimeError(said(update))

    start(desk.handle, shed=fail, queue=1)
    for number in range(4):
        world.say(world.supporters[0].id, str(number))
    await desk.has_begun("0")
    desk.let_go()
    await world.settled()

    assert desk.done == ["0", "1"]
    assert "RuntimeError in test_people.py" in caplog.text
