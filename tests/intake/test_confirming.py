"""Telegram forgets an update only once it was handled."""

import asyncio
import logging
from datetime import timedelta

import pytest
from telegram import Update

from playground.faults import Fault
from playground.world import World
from tests.intake.conftest import Desk, Start, said


async def test_a_handled_update_is_confirmed_and_then_no_offset_is_named(
    world: World, start: Start
) -> None:
    desk = Desk()
    start(desk.handle)
    world.say(world.supporters[0].id, "hello")
    await world.settled()
    polls = world.updates.poll_count
    await world.updates.polled(polls + 1)  # the long one that follows

    assert desk.done == ["hello"]
    assert "offset" not in world.updates.polls[-1]
    assert int(world.updates.polls[-1]["timeout"]) == 50


async def test_an_update_is_not_confirmed_while_it_is_handled(world: World, start: Start) -> None:
    desk = Desk()
    desk.hold("hello")
    start(desk.handle)
    world.say(world.supporters[0].id, "hello")
    await desk.has_begun("hello")
    await world.updates.polled(world.updates.poll_count + 5)

    assert [waiting.update["message"]["text"] for waiting in world.updates.waiting] == ["hello"]
    desk.let_go()
    await world.settled()
    assert desk.begun == ["hello"]  # though it was shown many times


@pytest.mark.parametrize("moment", ["before", "after"])
async def test_a_kill_before_the_confirmation_brings_the_update_again(
    world: World, start: Start, moment: str
) -> None:
    handled: list[str] = []

    async def handle_and_die(update: Update) -> None:
        if moment == "after":
            handled.append(said(update))
        running.task.cancel()
        if moment == "before":
            await asyncio.Event().wait()
            handled.append(said(update))

    running = start(handle_and_die)
    world.say(world.supporters[0].id, "sign")
    with pytest.raises(asyncio.CancelledError):
        await running.task
    assert handled == (["sign"] if moment == "after" else [])

    desk = Desk()
    start(desk.handle)
    await world.settled()

    assert desk.done == ["sign"]


async def test_nothing_is_confirmed_past_an_earlier_one_that_is_still_handled(
    world: World, start: Start
) -> None:
    desk = Desk()
    desk.hold("slow")
    running = start(desk.handle)
    world.say(world.supporters[0].id, "early")
    await world.settled()
    world.say(world.supporters[0].id, "slow")
    world.say(world.supporters[1].id, "quick")
    await desk.has_done("quick")
    await world.updates.polled(world.updates.poll_count + 3)
    await running.kill()

    again = Desk()
    start(again.handle)
    await world.settled()

    assert sorted(again.done) == ["quick", "slow"]


async def test_ids_that_start_again_lower_are_handled(world: World, start: Start) -> None:
    desk = Desk()
    start(desk.handle)
    world.say(world.supporters[0].id, "before")
    await world.settled()
    await world.updates.polled(world.updates.poll_count + 1)
    world.restart_ids(17)
    world.say(world.supporters[0].id, "after a quiet week")
    await world.settled()
    world.say(world.supporters[0].id, "and on")
    await world.settled()

    assert desk.done == ["before", "after a quiet week", "and on"]


async def test_an_update_that_cannot_be_read_is_passed_over_and_not_logged(
    world: World, start: Start, caplog: pytest.LogCaptureFixture
) -> None:
    desk = Desk()
    world.updates.add("message", {"text": "secret words", "chat": {"of": "an unknown form"}})
    world.say(world.supporters[0].id, "hello")
    with caplog.at_level(logging.DEBUG):
        start(desk.handle)
        await world.settled()

    assert desk.done == ["hello"]
    assert "Error in" in caplog.text
    assert "secret" not in caplog.text


async def test_a_stop_finishes_what_has_begun_and_confirms_it(world: World, start: Start) -> None:
    desk = Desk()
    desk.hold("first")
    running = start(desk.handle)
    for text in ("first", "second"):
        world.say(world.supporters[0].id, text)
    await desk.has_begun("first")
    stopping = asyncio.create_task(running.stop())
    await asyncio.sleep(0)
    desk.let_go()
    await stopping

    assert desk.done == ["first"]
    assert [waiting.update["message"]["text"] for waiting in world.updates.waiting] == ["second"]
    assert int(world.updates.polls[-1]["limit"]) == 1
    polls = world.updates.poll_count
    again = Desk()
    start(again.handle)
    await world.settled()
    assert again.done == ["second"]
    assert world.updates.polls[polls].get("offset") is None


async def test_what_waits_for_a_slot_at_a_stop_is_left_for_the_next_start(
    world: World, start: Start
) -> None:
    desk = Desk()
    desk.hold("first")
    running = start(desk.handle, slots=1)
    for person, text in enumerate(("first", "second", "third")):
        world.say(world.supporters[person].id, text)
    await desk.has_begun("first")
    stopping = asyncio.create_task(running.stop())
    await asyncio.sleep(0)
    desk.let_go()
    await stopping

    assert desk.begun == ["first"]
    left = [waiting.update["message"]["text"] for waiting in world.updates.waiting]
    assert left == ["second", "third"]


async def test_what_comes_with_the_last_confirmation_is_left_for_the_next_start(
    world: World, start: Start
) -> None:
    desk = Desk()
    desk.hold("first")
    running = start(desk.handle)
    world.say(world.supporters[0].id, "first")
    await desk.has_begun("first")
    stopping = asyncio.create_task(running.stop())
    await asyncio.sleep(0)
    world.say(world.supporters[1].id, "late")
    desk.let_go()
    await stopping

    assert desk.begun == ["first"]
    assert [waiting.update["message"]["text"] for waiting in world.updates.waiting] == ["late"]


async def test_a_stop_does_not_wait_for_ever(world: World, start: Start) -> None:
    desk = Desk()
    desk.hold("stuck")
    running = start(desk.handle, run={"grace": timedelta(seconds=0.05)})
    world.say(world.supporters[1].id, "quick")
    await world.settled()
    world.say(world.supporters[0].id, "stuck")
    await desk.has_begun("stuck")
    await running.stop()

    assert desk.done == ["quick"]
    assert [waiting.update["message"]["text"] for waiting in world.updates.waiting] == ["stuck"]


async def test_a_stop_ends_a_long_poll(world: World, start: Start) -> None:
    running = start(Desk().handle)
    await running.intake.drained.wait()
    await world.updates.polled(2)
    await running.stop()

    assert running.task.done()


async def test_a_stop_without_a_run_is_over_at_once(world: World, start: Start) -> None:
    running = start(Desk().handle)
    await running.stop()
    await running.intake.stop()

    assert world.updates.poll_count == 0


async def test_drained_is_told_once_what_waited_is_handled(world: World, start: Start) -> None:
    desk = Desk()
    desk.hold("third")
    for text in ("first", "second", "third"):
        world.say(world.supporters[0].id, text)
    running = start(desk.handle)
    await desk.has_begun("third")
    await world.updates.polled(world.updates.poll_count + 3)
    assert not running.intake.drained.is_set()
    desk.let_go()
    async with asyncio.timeout(20):
        await running.intake.drained.wait()

    assert desk.done == ["first", "second", "third"]
    assert not world.updates.waiting


async def test_nothing_is_drained_while_something_is_handled_though_telegram_forgot_it(
    world: World, start: Start
) -> None:
    desk = Desk()
    desk.hold("hello")
    running = start(desk.handle)
    world.say(world.supporters[0].id, "hello")
    await desk.has_begun("hello")
    world.updates.waiting.clear()
    await world.updates.polled(world.updates.poll_count + 3)
    assert not running.intake.drained.is_set()
    desk.let_go()
    async with asyncio.timeout(20):
        await running.intake.drained.wait()

    assert desk.done == ["hello"]


async def test_drained_does_not_wait_for_what_comes_meanwhile(world: World, start: Start) -> None:
    """Where people write all the time there is never a moment in which nobody does."""
    desk = Desk()
    desk.hold("first", "second")
    world.say(world.supporters[0].id, "first")
    running = start(desk.handle)
    await desk.has_begun("first")
    await world.updates.polled(world.updates.poll_count + 2)
    world.say(world.supporters[1].id, "second")
    await desk.has_begun("second")
    assert not running.intake.drained.is_set()
    desk.let_go("first")
    async with asyncio.timeout(20):
        await running.intake.drained.wait()

    assert desk.done == ["first"]


async def test_a_failed_look_counts_as_not_drained_until_one_has_caught_up(
    world: World, start: Start
) -> None:
    desk = Desk()
    desk.hold("STOP")
    paused, goes_on = asyncio.Event(), asyncio.Event()

    async def sleep(_: float) -> None:
        paused.set()
        await goes_on.wait()

    running = start(desk.handle, sleep=sleep)
    await running.intake.drained.wait()
    world.faults.add(Fault("bad_gateway", "getUpdates"))
    world.say(world.supporters[1].id, "hello")  # ends the long poll
    async with asyncio.timeout(20):
        await paused.wait()
    world.say(world.supporters[0].id, "STOP")
    goes_on.set()
    await desk.has_begun("STOP")
    assert not running.intake.drained.is_set()
    desk.let_go("STOP")
    async with asyncio.timeout(20):
        await running.intake.drained.wait()

    assert desk.done == ["hello", "STOP"]


async def test_only_the_updates_asked_for_come(world: World, start: Start) -> None:
    desk = Desk()
    running = start(desk.handle, allowed_updates=["message"])
    await running.intake.drained.wait()
    world.block(world.supporters[0].id)
    world.say(world.supporters[1].id, "hello")
    await world.settled()

    assert desk.done == ["hello"]
