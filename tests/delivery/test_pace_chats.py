"""What one chat takes: one message a second after a short burst, a group twenty a minute."""

import asyncio
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.delivery import Lane, Pace
from tests.delivery.receiver import Receiver, most_in, most_in_a_second
from tests.delivery.virtual import now, run_virtually

GROUP = -100


def receiver(rate: float = 28, out: float = 0.02) -> Receiver:
    return Receiver(Pace(rate, clock=now, sleep=asyncio.sleep), lambda: out, lambda: 0.03)


def test_a_burst_comes_back_a_second_for_each_message() -> None:
    async def course() -> list[float]:
        to = receiver()
        for quiet in (0, 1.1, 3.2):
            await asyncio.sleep(quiet)
            await asyncio.gather(*(to.send(chat=5) for _ in range(4)))
        return [round(at, 1) for at in to.arrivals]

    arrivals = run_virtually(course())

    assert arrivals[:4] == [0, 0, 0, 1.1]
    assert [at < 2.3 for at in arrivals[4:8]] == [True, False, False, False]
    assert len(set(arrivals[8:11])) == 1


def test_one_busy_chat_holds_up_no_other() -> None:
    async def course() -> float:
        to = receiver()
        busy = [asyncio.create_task(to.send(chat=5)) for _ in range(20)]
        await asyncio.sleep(1)
        before = now()
        await asyncio.gather(*(to.send() for _ in range(10)))
        waited = now() - before
        for task in busy:
            task.cancel()
        await asyncio.gather(*busy, return_exceptions=True)
        return waited

    assert run_virtually(course()) < 0.1


def test_a_group_takes_twenty_a_minute_whoever_writes() -> None:
    async def course() -> list[float]:
        to = receiver()
        talk = (to.send(chat=GROUP) for _ in range(30))
        cards = (to.send(chat=GROUP, lane=Lane.ROUTINE) for _ in range(30))
        await asyncio.gather(*talk, *cards)
        return to.arrivals

    arrivals = run_virtually(course())

    assert most_in(60, arrivals) == 20
    assert max(arrivals) < 60 * 3.2


@given(messages=st.integers(1, 80), seed=st.integers(0, 2**32).map(Random))
@settings(max_examples=40, deadline=None)
def test_no_chat_ever_gets_more_than_it_takes(messages: int, seed: Random) -> None:
    way = seed.uniform(0.001, 0.8)
    pace = Pace(30, clock=now, sleep=asyncio.sleep)
    talk, bulk = (Receiver(pace, *[lambda: way * seed.uniform(1, 1.1)] * 2) for _ in range(2))

    async def one() -> None:
        await asyncio.sleep(seed.uniform(0, 20))
        chat = seed.choice([5, 6, GROUP])
        if chat == 6 or (chat == GROUP and seed.random() < 0.5):
            going = asyncio.create_task(bulk.send(chat=chat, lane=seed.choice(list(Lane)[1:])))
        else:
            going = asyncio.create_task(talk.send(chat=chat))
        if seed.random() < 0.1:
            await asyncio.sleep(seed.random() * 2)
            going.cancel()
        await asyncio.gather(going, return_exceptions=True)

    async def course() -> None:
        await asyncio.gather(*(one() for _ in range(messages)))
        await asyncio.sleep(1)

    run_virtually(course())

    assert most_in_a_second(bulk.reached[6]) <= 1
    assert most_in(60, talk.reached[GROUP] + bulk.reached[GROUP]) <= 20
    for chat in (5, GROUP):
        for seconds in (1, 4, 10):
            assert most_in(seconds, talk.reached[chat]) <= 3 + seconds
