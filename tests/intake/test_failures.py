"""Bugs in handlers, bad lines, floods, rivals and refused tokens."""

import asyncio
import logging

import pytest
from telegram import Update
from telegram.error import Conflict

from bot.intake import TokenRejected
from playground.faults import Fault
from playground.world import World
from tests.intake.conftest import Desk, MakeBot, Start, said


class Pauses:
    """A sleep that notes how long it should have been; glances while work is on are left out."""

    def __init__(self) -> None:
        self.seconds: list[float] = []

    async def __call__(self, seconds: float) -> None:
        if seconds >= 1:
            self.seconds.append(seconds)
        await asyncio.sleep(0)


@pytest.mark.parametrize("error", [ValueError, KeyError, asyncio.CancelledError])
async def test_a_bug_in_a_handler_is_logged_without_its_words_and_the_rest_goes_on(
    world: World, start: Start, caplog: pytest.LogCaptureFixture, error: type[BaseException]
) -> None:
    desk = Desk()

    async def handle(update: Update) -> None:
        if said(update) == "secret words":
            raise error(f"cannot handle {said(update)}")
        await desk.handle(update)

    with caplog.at_level(logging.DEBUG):
        start(handle)
        for text in ("secret words", "hello"):
            world.say(world.supporters[0].id, text)
        await world.settled()

    assert desk.done == ["hello"]
    assert "secret" not in caplog.text
    if error is not asyncio.CancelledError:
        assert f"{error.__name__} in test_failures.py, line" in caplog.text


@pytest.mark.parametrize("kind", ["server", "bad_gateway", "reset"])
async def test_failed_polls_are_tried_again_after_growing_pauses(
    world: World, start: Start, kind: str, caplog: pytest.LogCaptureFixture
) -> None:
    desk, pauses = Desk(), Pauses()
    world.faults.add(Fault(kind, "getUpdates", times=7))
    start(desk.handle, sleep=pauses)
    world.say(world.supporters[0].id, "hello")
    await world.settled()
    first, pauses.seconds = pauses.seconds, []
    world.faults.add(Fault(kind, "getUpdates"))
    world.say(world.supporters[0].id, "again")
    await world.settled()

    assert desk.done == ["hello", "again"]
    assert first == [1, 2, 4, 8, 16, 30, 30]
    assert pauses.seconds in ([1], [])  # the long poll in between may have brought it
    assert world.token not in caplog.text


async def test_nothing_counts_as_drained_while_the_next_try_is_waited_for(
    world: World, start: Start
) -> None:
    """The pause lasts up to half a minute, in which people say stop and nobody hears it."""
    pausing = asyncio.Event()

    async def sleep(seconds: float) -> None:
        if seconds >= 1:
            pausing.set()
            await asyncio.Event().wait()
        await asyncio.sleep(0)

    running = start(Desk().handle, sleep=sleep)
    await running.intake.drained.wait()
    world.faults.add(Fault("bad_gateway", "getUpdates"))
    world.say(world.supporters[0].id, "hello")  # ends the long poll; the next one fails
    await pausing.wait()

    assert not running.intake.drained.is_set()


@pytest.mark.parametrize("kind", ["server", "reset"])
async def test_a_lost_answer_to_a_confirmation_loses_and_repeats_nothing(
    world: World, start: Start, kind: str
) -> None:
    desk = Desk()
    desk.hold("hello")
    start(desk.handle, sleep=Pauses())
    world.say(world.supporters[0].id, "hello")
    await desk.has_begun("hello")
    world.faults.add(Fault(kind, "getUpdates", times=3, after_effect=True))
    desk.let_go()
    world.say(world.supporters[0].id, "and on")
    await desk.has_done("and on")
    await world.settled()

    assert desk.done == ["hello", "and on"]


async def test_telegrams_own_pause_is_kept(world: World, start: Start) -> None:
    desk, pauses = Desk(), Pauses()
    world.faults.add(Fault("flood", "getUpdates", times=2, retry_after=17))
    start(desk.handle, sleep=pauses)
    world.say(world.supporters[0].id, "hello")
    await world.settled()

    assert pauses.seconds == [17, 17]
    assert desk.done == ["hello"]


async def test_handlers_go_on_while_telegram_cannot_be_reached(world: World, start: Start) -> None:
    desk, reached = Desk(), asyncio.Event()
    desk.hold("0")

    async def out_of_reach(seconds: float) -> None:
        await (reached.wait() if seconds >= 1 else asyncio.sleep(0))

    start(desk.handle, sleep=out_of_reach)
    for text in ("0", "1", "2"):
        world.say(world.supporters[0].id, text)
    await desk.has_begun("0")
    world.faults.add(Fault("server", "getUpdates"))
    desk.let_go()
    await desk.has_done("2")
    reached.set()
    await world.settled()

    assert desk.done == ["0", "1", "2"]


async def test_a_rival_is_told_of_once_each_time_and_outlived(
    world: World, start: Start, make_bot: MakeBot, caplog: pytest.LogCaptureFixture
) -> None:
    desk, told = Desk(), asyncio.Queue[None]()

    async def conflict() -> None:
        told.put_nowait(None)

    start(desk.handle, conflict=conflict, sleep=Pauses())
    rival = await make_bot()
    for text in ("first", "second"):
        world.say(world.supporters[0].id, text)
        await world.settled()
        await world.updates.polled(world.updates.poll_count + 1)  # a long poll is open
        with pytest.raises(Conflict):  # and the rival loses in its turn
            await rival.get_updates(timeout=50)
        async with asyncio.timeout(20):
            await told.get()

    world.say(world.supporters[0].id, "still here")
    await desk.has_done("still here")
    assert told.empty()
    assert caplog.text.count("Another program") == 2


@pytest.mark.parametrize("when", ["at the start", "later"])
async def test_a_refused_token_ends_it_with_a_sentence(
    world: World, start: Start, make_bot: MakeBot, when: str
) -> None:
    desk = Desk()
    if when == "later":
        running = start(desk.handle)
        await running.intake.drained.wait()
        world.token = "1:another"
        world.say(world.supporters[0].id, "the last that comes")
    else:
        running = start(desk.handle, bot=await make_bot("1:wrong"))

    with pytest.raises(TokenRejected, match="@BotFather") as caught:
        async with asyncio.timeout(20):
            await running.task

    assert caught.value.__suppress_context__
    await running.intake.stop()  # and stopping it afterwards is no fault
