"""Whoever stops waiting, claiming or sending, at whatever moment, leaves nothing taken behind."""

import asyncio
from collections.abc import Coroutine
from typing import Any

import pytest

from bot.delivery import Lane, Pace, Ticket
from bot.delivery.pacing import Bounds
from tests.delivery.receiver import Receiver
from tests.delivery.virtual import now, run_virtually

GROUP = -100
TIGHT = Bounds(burst=3, group_minute=3)
MOMENTS = [n / 50 for n in range(90)]  # seconds; the longest course takes 1.5


async def cut(pace: Pace, lane: Lane, chat: int, moment: float) -> str:
    """Where a request was when it was cancelled."""
    stages = ["waiting"]

    async def claim() -> bool:
        stages.append("claiming")
        await asyncio.sleep(0.5)
        stages.append("granted")
        return True

    def out() -> float:
        stages.append("sending")
        return 0.2

    to = Receiver(pace, out, lambda: 0.2)
    going = asyncio.create_task(to.send(lane=lane, chat=chat, claim=claim if lane else None))
    await asyncio.sleep(moment)
    has_ended = not going.cancel()
    await asyncio.gather(going, return_exceptions=True)
    return "over" if has_ended else stages[-1]


async def room(pace: Pace, chat: int) -> tuple[int, int, float]:
    """How many leave at once when nothing counts any more, how many of them to this chat, and how
    long bulk waits for it.
    """
    to = Receiver(pace, lambda: 0.0, lambda: 0.0)
    before = now()
    await to.send(chat=chat, lane=Lane.ROUTINE)
    bulk_after = now() - before
    await asyncio.sleep(90)
    before = now()
    await asyncio.gather(*(to.send(chat=chat) for _ in range(3)), *(to.send() for _ in range(3)))
    return to.arrivals.count(before), to.reached[chat].count(before), bulk_after


@pytest.mark.parametrize("lane", [Lane.CONVERSATION, Lane.ROUTINE])
@pytest.mark.parametrize("chat", [9, GROUP])
def test_no_slot_stays_taken(lane: Lane, chat: int) -> None:
    async def course(moment: float) -> str:
        pace = Pace(4, bounds=TIGHT, clock=now, sleep=asyncio.sleep)
        filling = Receiver(pace, lambda: 0.0, lambda: 0.0)
        await asyncio.gather(*(filling.send() for _ in range(4)))
        await asyncio.sleep(0.5)
        stage = await cut(pace, lane, chat, moment)
        await asyncio.sleep(70)
        assert await room(pace, chat) == (4, 3, 0)
        return stage

    stages = {run_virtually(course(moment)) for moment in MOMENTS}

    assert stages >= {"waiting", "sending"}
    assert ("claiming" in stages) == (lane is Lane.ROUTINE)


def test_a_request_that_cannot_even_be_made_gives_its_slot_back() -> None:
    async def broken() -> None:
        raise ZeroDivisionError

    def impossible() -> Coroutine[Any, Any, None]:
        raise ZeroDivisionError

    async def course() -> float:
        pace = Pace(1, clock=now, sleep=asyncio.sleep)
        for request in (broken, impossible, broken):
            with pytest.raises(ZeroDivisionError):
                await pace.send(Ticket(Lane.URGENT), 9, request)
        return now()

    assert run_virtually(course()) == pytest.approx(2, abs=0.1)
