"""No second at the receiver holds more than was allowed, and few hold much less."""

import asyncio
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from telegram.error import BadRequest, NetworkError, TelegramError, TimedOut

from bot.delivery import Pace
from bot.telegram_http import NeverSent
from tests.delivery.receiver import Receiver, most_in_a_second
from tests.delivery.virtual import now, run_virtually

OUTCOMES = (None, BadRequest("no"), TimedOut(), NetworkError("broken"), NeverSent("refused"))


def paced(rate: float) -> Pace:
    return Pace(rate, clock=now, sleep=asyncio.sleep, attempts=2)


async def crowd(receiver: Receiver, moments: list[float], random: Random) -> None:
    """Messages asked for at those moments; some fail, and some who wait go away."""

    async def one(moment: float) -> None:
        await asyncio.sleep(moment)
        sending = asyncio.create_task(receiver.send("", random.choice(OUTCOMES)))
        if random.random() < 0.2:
            await asyncio.sleep(random.random() * 3)
            sending.cancel()
        with_errors = await asyncio.gather(sending, return_exceptions=True)
        assert all(
            isinstance(e, bool | TelegramError | asyncio.CancelledError) for e in with_errors
        )

    await asyncio.gather(*map(one, moments))


seeds = st.integers(0, 2**32).map(Random)


@given(rate=st.floats(0.4, 40), messages=st.integers(1, 160), way=st.floats(0.001, 0.6), seed=seeds)
@settings(max_examples=60, deadline=None)
def test_no_second_is_ever_too_full(rate: float, messages: int, way: float, seed: Random) -> None:
    """The ways differ by a tenth at most, which the shortest round trip then makes up for."""

    async def course() -> list[float]:
        receiver = Receiver(paced(rate), *[lambda: way * seed.uniform(1, 1.1)] * 2)
        await crowd(receiver, [seed.uniform(0, 4) for _ in range(messages)], seed)
        await asyncio.sleep(1)  # for what was cut off and is still on its way
        return receiver.arrivals

    assert most_in_a_second(run_virtually(course())) <= max(1, rate)


@given(rate=st.integers(1, 31), messages=st.integers(1, 31), seed=seeds)
@settings(max_examples=60, deadline=None)
def test_the_first_messages_are_in_time_over_any_line(
    rate: int, messages: int, seed: Random
) -> None:
    async def course() -> list[float]:
        receiver = Receiver(paced(rate), *[lambda: seed.uniform(0, 3)] * 2)
        await asyncio.gather(*(receiver.send() for _ in range(messages)))
        return receiver.arrivals

    assert most_in_a_second(run_virtually(course())) <= rate


def test_a_rate_below_one_keeps_the_time_between_two_messages() -> None:
    async def course() -> list[float]:
        receiver = Receiver(paced(0.25), lambda: 0.05, lambda: 0.05)
        await asyncio.gather(*(receiver.send() for _ in range(4)))
        return receiver.arrivals

    arrivals = run_virtually(course())

    assert all(later - earlier >= 4 for earlier, later in pairwise(arrivals))


@pytest.mark.parametrize("seed", range(3))
def test_the_allowed_rate_is_nearly_reached_on_an_uneven_line(seed: int) -> None:
    """25 ms out and back and up to 20 ms more, as the limiter was designed against."""
    random = Random(seed)

    async def course() -> tuple[int, float]:
        receiver = Receiver(paced(30), lambda: 0.025 + random.random() * 0.02, lambda: 0.025)
        await asyncio.gather(*(receiver.send() for _ in range(600)))
        return most_in_a_second(receiver.arrivals), max(receiver.arrivals)

    fullest, seconds = run_virtually(course())

    assert fullest == 30
    assert (600 - 30) / seconds > 30 * 0.96  # the first thirty leave at once


def test_a_message_cut_off_on_a_slow_way_out_still_has_its_second() -> None:
    ways = iter([0.5, 0.55, 0.5])

    async def course() -> list[float]:
        receiver = Receiver(paced(1), lambda: next(ways), lambda: 0.5)
        await receiver.send("for the round trip")
        await asyncio.sleep(2)
        cut = asyncio.create_task(receiver.send("cut"))
        await asyncio.sleep(0.01)
        cut.cancel()
        await receiver.send("next")
        return receiver.arrivals

    assert most_in_a_second(run_virtually(course())) == 1


@pytest.mark.parametrize(
    ("usual", "then"),
    [
        ([0.55], 0.5),  # a little faster than any before
        ([0.1, 0.5], 0.065),  # a third faster, on an uneven line
    ],
)
def test_a_line_may_turn_out_faster_than_it_was(usual: list[float], then: float) -> None:
    async def course() -> list[float]:
        ways = [way for _ in range(40) for way in usual for _ in "ab"]
        ways[-1] = then
        left = iter([*ways, then, then])
        receiver = Receiver(paced(1), *[lambda: next(left)] * 2)
        for _ in range(len(ways) // 2 + 1):
            await receiver.send()
        return receiver.arrivals

    assert most_in_a_second(run_virtually(course())) == 1


def test_a_message_that_never_left_takes_no_ones_place() -> None:
    async def course() -> list[float]:
        receiver = Receiver(paced(1), lambda: 0.0, lambda: 0.0)
        never = [receiver.send(i, NeverSent("refused")) for i in range(3)]
        await asyncio.gather(*never, return_exceptions=True)
        before = now()
        await receiver.send("at once")
        return [now() - before]

    assert run_virtually(course()) == [0.0]
