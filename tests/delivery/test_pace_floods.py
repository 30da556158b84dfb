"""What Telegram's refusals do to those who were not refused, and to the rate afterwards."""

import asyncio
from datetime import timedelta

import pytest
from telegram.error import RetryAfter

from bot.delivery import Lane, Pace
from tests.delivery.receiver import Receiver, most_in_a_second
from tests.delivery.virtual import now, run_virtually

RATE = 16


def receiver(out: float = 0.02) -> Receiver:
    return Receiver(Pace(RATE, clock=now, sleep=asyncio.sleep), lambda: out, lambda: 0.03)


def wait(seconds: int) -> RetryAfter:
    return RetryAfter(timedelta(seconds=seconds))


async def refused(to: Receiver, chat: int, seconds: int = 2) -> None:
    with pytest.raises(RetryAfter):
        await to.send("refused", wait(seconds), chat=chat, lane=Lane.ROUTINE, method="sendMessage")


async def fullest(to: Receiver) -> int:
    """Of the seconds in which bulk goes as fast as it may."""
    before = len(to.arrivals)
    await asyncio.gather(*(to.send(lane=Lane.URGENT) for _ in range(3 * RATE)))
    return most_in_a_second(to.arrivals[before:])


def test_bulk_stands_for_the_whole_time_whatever_else_ends() -> None:
    async def course() -> tuple[list[float], list[float], float, float]:
        bulk, talk = receiver(), receiver()
        talk.pace = bulk.pace
        sending = [asyncio.create_task(bulk.send(lane=Lane.URGENT)) for _ in range(200)]
        await asyncio.sleep(1)
        told = asyncio.create_task(talk.send("", wait(6), None, chat=7))
        await asyncio.sleep(0.2)
        since, until = now(), now() + bulk.pace.halted_for()
        for _ in range(20):
            assert bulk.pace.halted_for() == pytest.approx(until - now())
            await talk.send()
            await talk.send(method="answerCallbackQuery")
        await asyncio.gather(told, *sending)
        return bulk.arrivals, talk.arrivals, since, until

    bulk, talk, since, until = run_virtually(course())

    assert until - since > 5.8
    assert len(bulk) == 200
    assert not [at for at in bulk if since < at < until]
    assert len([at for at in talk if since < at < until]) == 40


def test_a_second_flood_within_a_minute_slows_down_and_quiet_brings_it_back() -> None:
    async def course() -> list[float]:
        to, rates = receiver(), []

        async def note() -> None:
            rates.append(to.pace.rate)
            assert await fullest(to) == int(to.pace.rate)

        await refused(to, chat=1)
        await note()
        for chat in (2, 3):
            await refused(to, chat)
            await note()
        for _ in range(3):
            await asyncio.sleep(60)
            await note()
        return rates

    assert run_virtually(course()) == [16, 12, 9, 12, 16, 16]


def test_it_never_slows_down_to_nothing() -> None:
    async def course() -> float:
        to = receiver()
        for chat in range(1, 30):
            await refused(to, chat)
            await asyncio.sleep(3)
        return to.pace.rate

    assert run_virtually(course()) == pytest.approx(RATE * 0.75**4)


@pytest.mark.parametrize(
    ("moments", "chats"),
    [
        ([0, 5, 10, 15], [1, 1, 1, 1]),  # it is the chat that is too full
        ([0, 70, 140, 210], [1, 2, 3, 4]),  # long ago
        ([0, 0, 0, 0], [1, 2, 3, 4]),  # all of one flood
    ],
)
def test_what_is_no_sign_of_being_too_fast_changes_nothing(
    moments: list[float], chats: list[int]
) -> None:
    async def course() -> float:
        to = receiver(out=0.3)

        async def one(moment: float, chat: int) -> None:
            await asyncio.sleep(moment)
            await refused(to, chat)

        await asyncio.gather(*map(one, moments, chats))
        return to.pace.rate

    assert run_virtually(course()) == RATE


@pytest.mark.parametrize("refused_chats", [1, 3, 12])
def test_only_who_was_refused_waits_however_many_were(refused_chats: int) -> None:
    async def course() -> tuple[float, list[float]]:
        to = receiver()
        chats = range(1, refused_chats + 1)
        told = [asyncio.create_task(to.send("", wait(40), None, chat=chat)) for chat in chats]
        await asyncio.sleep(1)
        await to.send("reply")
        replied = now()
        await asyncio.gather(*told)
        return replied, [to.reached[chat][-1] for chat in chats]

    replied, reached = run_virtually(course())

    assert replied == pytest.approx(1.05)
    assert min(reached) > 40
