"""Several sends at once: urgent first, and those of one lane by turns."""

import asyncio
from collections.abc import Iterable
from itertools import count

from bot.delivery import Lane, Pace
from tests.delivery.receiver import Receiver
from tests.delivery.virtual import now, run_virtually


def receiver(rate: float = 20) -> Receiver:
    return Receiver(Pace(rate, clock=now, sleep=asyncio.sleep), lambda: 0.02, lambda: 0.03)


async def stream(to: Receiver, text: str, lane: Lane, share: int, workers: int = 16) -> None:
    people = count(share * 10_000)

    async def worker() -> None:
        for person in people:
            await to.send(text, chat=person, lane=lane, share=share)

    await asyncio.gather(*(worker() for _ in range(workers)))


def texts_after(seconds: float, begin: Iterable[tuple[float, str, Lane, int, int]]) -> list[str]:
    """What went out when streams begin at those times."""

    async def course() -> list[str]:
        to, streams = receiver(), []
        for at, text, lane, share, workers in begin:
            await asyncio.sleep(at - now())
            streams.append(asyncio.create_task(stream(to, text, lane, share, workers)))
        await asyncio.sleep(seconds - now())
        for one in streams:
            one.cancel()
        await asyncio.gather(*streams, return_exceptions=True)
        return [str(text) for text in to.texts]

    return run_virtually(course())


def test_two_newsletters_share_alike_however_many_wait() -> None:
    texts = texts_after(12, [(0, "old", Lane.ROUTINE, 1, 64), (2, "new", Lane.ROUTINE, 2, 8)])
    both = texts[texts.index("new") :]

    assert len(both) > 180
    assert abs(both.count("old") - both.count("new")) <= 2
    assert "new" in texts[40:44]


def test_routine_has_what_urgent_leaves() -> None:
    """One worker of 50 ms for each message needs at most the whole rate, and here a part."""
    texts = texts_after(10, [(0, "routine", Lane.ROUTINE, 1, 16), (1, "urgent", Lane.URGENT, 2, 1)])
    both = texts[texts.index("urgent") :]

    assert both.count("urgent") > 75
    assert both.count("routine") > 20


def test_a_lane_of_its_own_is_not_shared_with_routine() -> None:
    texts = texts_after(8, [(0, "routine", Lane.ROUTINE, 1, 16), (2, "urgent", Lane.URGENT, 2, 16)])
    first = texts.index("urgent")

    assert "routine" not in texts[first + 1 :]
