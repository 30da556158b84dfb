"""Many who are answered at the same moment, while a send goes on."""

import asyncio
from collections.abc import Iterable
from itertools import count

from bot.delivery import Lane, Pace
from tests.delivery.receiver import Receiver, most_in_a_second
from tests.delivery.virtual import now, run_virtually

RATE = 28
WAY = 0.02  # seconds there, and as many back
WORKERS = 256
BURST = 20
BURSTS = 15


async def yes() -> bool:
    return True


async def stream(to: Receiver, people: Iterable[int]) -> None:
    for person in people:
        await to.send("bulk", chat=person, lane=Lane.ROUTINE, claim=yes)


async def answer(to: Receiver, chat: int) -> float:
    """The seconds until it left."""
    asked = now()
    await to.send("answer", chat=chat)
    return to.reached[chat][0] - WAY - asked


def test_of_twenty_answers_at_once_beside_a_send_nearly_all_leave_within_a_second() -> None:
    async def course() -> tuple[list[float], list[float]]:
        to = Receiver(Pace(RATE, clock=now, sleep=asyncio.sleep), lambda: WAY, lambda: WAY)
        people, waits = count(1), []
        sending = [asyncio.create_task(stream(to, people)) for _ in range(WORKERS)]
        for burst in range(BURSTS):
            await asyncio.sleep(3.07)  # each at another point of the second
            first = 1_000_000 + burst * BURST
            waits += await asyncio.gather(*(answer(to, first + n) for n in range(BURST)))
        for one in sending:
            one.cancel()
        await asyncio.gather(*sending, return_exceptions=True)
        return waits, to.arrivals

    waits, arrivals = run_virtually(course())

    assert len(waits) == BURST * BURSTS
    assert sum(wait <= 1 for wait in waits) >= 0.95 * len(waits)
    assert most_in_a_second(arrivals) == RATE  # nor was the send left alone
    assert len(arrivals) - len(waits) > 0.5 * RATE * BURSTS * 3
