"""Messages that are paid for: a rate of their own, which holds all the others too."""

import asyncio
from collections.abc import Iterable
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.delivery import Lane, Pace
from tests.delivery.receiver import Receiver, most_in_a_second
from tests.delivery.virtual import now, run_virtually


def receivers(free: float, paid: float | None) -> tuple[Receiver, Receiver]:
    """For those that are paid for, and for the others, behind one limiter."""
    pace = Pace(free, paid, clock=now, sleep=asyncio.sleep)
    one, other = (Receiver(pace, lambda: 0.02, lambda: 0.03) for _ in range(2))
    return one, other


async def stream(to: Receiver, people: Iterable[int], lane: Lane, *, is_paid: bool = False) -> None:
    waiting = iter(people)

    async def claim() -> bool:
        await asyncio.sleep(0.015)
        return True

    async def worker() -> None:
        for person in waiting:
            await to.send(chat=person, lane=lane, claim=claim, is_paid=is_paid)

    await asyncio.gather(*(worker() for _ in range(128)))


def test_who_pays_reaches_the_paid_rate_while_routine_keeps_its_own() -> None:
    async def course() -> tuple[list[float], list[float], float]:
        paid, free = receivers(30, 1_000)
        routine = asyncio.create_task(stream(free, range(10_000, 10_200), Lane.ROUTINE))
        await stream(paid, range(1, 5_001), Lane.URGENT, is_paid=True)
        seconds = now()
        await routine
        return paid.arrivals, free.arrivals, seconds

    paid, free, seconds = run_virtually(course())

    assert len(paid) / seconds > 1_000 * 0.93
    assert most_in_a_second(paid + free) <= 1_000
    assert 28 <= most_in_a_second(free) <= 30


def test_a_conversation_does_not_notice_a_paid_send() -> None:
    async def course() -> list[float]:
        paid, free = receivers(30, 1_000)
        sending = asyncio.create_task(stream(paid, range(1, 4_001), Lane.URGENT, is_paid=True))
        waits = []
        for person in range(10_000, 10_150):
            await asyncio.sleep(0.02)
            before = now()
            await asyncio.gather(*(free.send(chat=person) for _ in range(2 if person % 9 else 1)))
            waits.append(now() - before)
            await asyncio.sleep(0.05)
        sending.cancel()
        await asyncio.gather(sending, return_exceptions=True)
        return waits

    assert max(run_virtually(course())) < 0.05 + 0.06


def test_who_cannot_pay_sends_as_the_others_do() -> None:
    async def course() -> list[float]:
        paid, _ = receivers(20, None)
        await stream(paid, range(1, 101), Lane.URGENT, is_paid=True)
        return paid.arrivals

    assert most_in_a_second(run_virtually(course())) == 20


@given(
    free=st.floats(0.6, 30),
    more=st.floats(1, 5),
    messages=st.integers(1, 150),
    seed=st.integers(0, 2**32).map(Random),
)
@settings(max_examples=40, deadline=None)
def test_no_second_is_too_full_of_free_ones_nor_of_all(
    free: float, more: float, messages: int, seed: Random
) -> None:
    async def claim() -> bool:
        await asyncio.sleep(seed.uniform(0, 0.1))
        return True

    async def one(paid: Receiver, other: Receiver) -> None:
        await asyncio.sleep(seed.uniform(0, 2))
        lane, is_paid = seed.choice(list(Lane)), seed.random() < 0.5
        is_paid = is_paid and lane is not Lane.CONVERSATION
        to = paid if is_paid else other
        going = asyncio.create_task(
            to.send(lane=lane, claim=claim, is_paid=is_paid, share=seed.randrange(3))
        )
        if seed.random() < 0.2:
            await asyncio.sleep(seed.random() * 2)
            going.cancel()
        await asyncio.gather(going, return_exceptions=True)

    async def course() -> tuple[list[float], list[float]]:
        paid, other = receivers(free, free * more)
        await asyncio.gather(*(one(paid, other) for _ in range(messages)))
        await asyncio.sleep(1)
        return paid.arrivals, other.arrivals

    paid, others = run_virtually(course())

    assert most_in_a_second(others) <= max(1, free)
    assert most_in_a_second(paid + others) <= max(1, free * more)
