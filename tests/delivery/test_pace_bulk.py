"""Bulk under the limiter: even, yielding, claimed one by one, and still when Telegram says so."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from telegram.error import BadRequest, RetryAfter, TimedOut

from bot.delivery import Lane, NotClaimed, Pace
from bot.telegram_http import NeverSent
from tests.delivery.receiver import Receiver, most_in_a_second
from tests.delivery.virtual import now, run_virtually

GROUP = -100


def receiver(rate: float = 28) -> Receiver:
    pace = Pace(rate, clock=now, sleep=asyncio.sleep)
    return Receiver(pace, lambda: 0.02, lambda: 0.03)


def wait(seconds: int) -> RetryAfter:
    return RetryAfter(timedelta(seconds=seconds))


async def yes() -> bool:
    return True


async def no() -> bool:
    return False


async def stream(to: Receiver, people: int, workers: int = 16) -> None:
    """A send to so many people, a few at a time."""
    waiting = iter(range(1, people + 1))

    async def worker() -> None:
        for person in waiting:
            await to.send("bulk", chat=person, lane=Lane.ROUTINE, claim=yes)

    await asyncio.gather(*(worker() for _ in range(workers)))


async def talk(to: Receiver, times: int, every: float) -> list[float]:
    """How long each of so many people waits who write now and then."""
    waits = []
    for n in range(times):
        await asyncio.sleep(every)
        before = now()
        await to.send("reply", chat=10_000 + n)
        waits.append(now() - before)
    return waits


def test_bulk_reaches_the_rate_and_conversation_is_not_held_up_by_it() -> None:
    async def course() -> tuple[list[float], list[float], float]:
        to = receiver()
        sending = asyncio.create_task(stream(to, 600))
        waits = await talk(to, times=50, every=0.31)
        await sending
        return to.arrivals, waits, now()

    arrivals, waits, seconds = run_virtually(course())

    assert most_in_a_second(arrivals) == 28
    assert len(arrivals) / seconds > 28 * 0.96
    assert max(waits) < 0.05 + 0.1


def test_a_slot_is_kept_for_who_talks_now_and_then() -> None:
    async def course() -> list[float]:
        to = receiver()
        sending = asyncio.create_task(stream(to, 1_500))
        waits = await talk(to, times=20, every=2.345)
        await sending
        return waits

    first, *others = run_virtually(course())

    assert others == pytest.approx([0.05] * 19)
    assert first < 0.05 + 2 / 28


def test_the_time_that_claims_take_is_not_lost() -> None:
    random = Random(1)

    async def claim() -> bool:
        await asyncio.sleep(random.uniform(0.005, 0.04))
        return True

    async def course() -> tuple[list[float], float]:
        to = receiver(30)
        people = iter(range(1, 901))

        async def worker() -> None:
            for person in people:
                await to.send(chat=person, lane=Lane.ROUTINE, claim=claim)

        await asyncio.gather(*(worker() for _ in range(16)))
        return to.arrivals, now()

    arrivals, seconds = run_virtually(course())

    assert most_in_a_second(arrivals) == 30
    assert len(arrivals) / seconds > 30 * 0.97


def test_no_slot_is_booked_before_somebody_who_talks() -> None:
    async def claim() -> bool:
        await asyncio.sleep(0.09)
        return True

    async def course() -> list[float]:
        to, waits = receiver(5), []
        bulk = [
            asyncio.create_task(to.send(chat=n, lane=Lane.ROUTINE, claim=claim))
            for n in range(1, 200)
        ]
        await asyncio.sleep(8)
        for _ in range(15):
            before = now()
            await asyncio.gather(to.send(), to.send())
            waits.append(now() - before)
            await asyncio.sleep(0.57)
        for one in bulk:
            one.cancel()
        await asyncio.gather(*bulk, return_exceptions=True)
        return waits

    assert max(run_virtually(course())) < 0.05 + 2 * 0.25


def test_an_urgent_send_overtakes_a_routine_one() -> None:
    async def course() -> list[object]:
        to = receiver(5)
        routine = asyncio.create_task(stream(to, 40))
        await asyncio.sleep(1.5)
        urgent = [to.send("urgent", chat=100 + n, lane=Lane.URGENT, claim=yes) for n in range(10)]
        await asyncio.gather(routine, *urgent)
        return to.texts

    texts = run_virtually(course())
    first, last = texts.index("urgent"), len(texts) - texts[::-1].index("urgent")

    assert last - first == 10


@pytest.mark.parametrize("lane", [Lane.CONVERSATION, Lane.ROUTINE])
def test_a_flood_wait_of_anybody_halts_bulk_for_all_of_it(lane: Lane) -> None:
    async def course() -> tuple[list[float], list[float], list[float]]:
        to, asked = receiver(), []
        other = receiver()
        other.pace = to.pace

        async def claim() -> bool:
            asked.append(now())
            return True

        with pytest.raises(RetryAfter):
            await to.send("told to wait", wait(90), chat=7, lane=lane)
        told = now()
        bulk = [to.send("bulk", chat=n, lane=Lane.URGENT, claim=claim) for n in range(20, 25)]
        talk = [other.send("reply", chat=n) for n in range(30, 35)]
        await asyncio.gather(*bulk, *talk)
        after = [arrival - told for arrival in to.arrivals if arrival > told]
        return after, [moment - told for moment in asked], [at - told for at in other.arrivals]

    bulk, claims, replies = run_virtually(course())

    assert min(bulk) >= 90
    assert min(claims) >= 90
    assert len(bulk) == len(replies) == 5
    assert max(replies) < 1


@pytest.mark.parametrize("answer", [wait(2), NeverSent("refused"), TimedOut(), BadRequest("no")])
def test_bulk_is_tried_once(answer: Exception) -> None:
    async def course() -> list[object]:
        to = receiver()
        with pytest.raises(type(answer)):
            await to.send("bulk", answer, lane=Lane.ROUTINE, claim=yes)
        await asyncio.sleep(10)
        return to.texts

    assert run_virtually(course()) == ["bulk"]


def test_a_refused_claim_sends_nothing_and_frees_its_turn_at_once() -> None:
    async def course() -> tuple[list[object], float]:
        to = receiver(1)
        for person in range(50):
            with pytest.raises(NotClaimed):
                await to.send("refused", chat=person, lane=Lane.ROUTINE, claim=no)
        await to.send("goes", chat=99, lane=Lane.ROUTINE, claim=yes)
        return to.texts, now()

    texts, seconds = run_virtually(course())

    assert texts == ["goes"]
    assert seconds < 0.1


def test_a_claim_that_fails_frees_its_turn_too() -> None:
    async def broken() -> bool:
        raise ValueError

    async def course() -> list[object]:
        to = receiver(1)
        with pytest.raises(ValueError, match=r"^$"):
            await to.send("broken", chat=1, lane=Lane.ROUTINE, claim=broken)
        await to.send("goes", chat=2)
        assert now() < 0.1
        return to.texts

    assert run_virtually(course()) == ["goes"]


def test_what_was_claimed_as_the_halt_began_does_not_go_out() -> None:
    async def slow() -> bool:
        await asyncio.sleep(1)
        return True

    async def course() -> list[object]:
        to = receiver()
        claiming = asyncio.create_task(to.send("bulk", chat=1, lane=Lane.ROUTINE, claim=slow))
        await asyncio.sleep(0.5)
        with pytest.raises(RetryAfter):
            await to.send("told", wait(70), chat=2)
        with pytest.raises(RetryAfter) as caught:
            await claiming
        assert caught.value.retry_after == timedelta(seconds=70)
        return to.texts

    assert run_virtually(course()) == ["told"]


def test_a_turn_granted_as_the_halt_began_waits_again_and_is_not_claimed() -> None:
    async def course() -> tuple[float, list[object]]:
        pace = Pace(2, attempts=1, clock=now, sleep=asyncio.sleep)
        to, asked = Receiver(pace, lambda: 1, lambda: 1), []

        async def claim() -> bool:
            asked.append(now())
            return True

        # Both end in the same moment: the first gives its slot to bulk, the second halts bulk.
        first = to.send("never sent", NeverSent("refused"), chat=3)
        second = to.send("told", wait(5), chat=2)
        bulk = to.send("bulk", chat=1, lane=Lane.ROUTINE, claim=claim)
        await asyncio.gather(first, second, bulk, return_exceptions=True)
        return asked[0], to.texts

    claimed, texts = run_virtually(course())

    assert claimed >= 5
    assert texts == ["never sent", "told", "bulk"]


def test_who_leaves_during_a_long_halt_holds_up_nobody_after_it() -> None:
    async def course() -> tuple[list[object], float]:
        to = receiver()
        with pytest.raises(RetryAfter):
            await to.send("told", wait(600), chat=1, lane=Lane.ROUTINE)
        old = [asyncio.create_task(to.send("old", chat=n, lane=Lane.ROUTINE)) for n in range(9)]
        await asyncio.sleep(100)
        for task in old:
            task.cancel()
        ended = await asyncio.gather(*old, return_exceptions=True)
        assert now() < 101
        assert all(isinstance(one, asyncio.CancelledError | RetryAfter) for one in ended)
        await to.send("new", chat=50, lane=Lane.ROUTINE, claim=yes)
        return to.texts, now()

    texts, seconds = run_virtually(course())

    assert texts == ["told", "new"]
    assert 600 < seconds < 601


def test_bulk_writes_to_one_chat_once_a_second_and_conversation_begins_with_a_burst() -> None:
    async def course() -> tuple[list[float], list[float]]:
        to, talk = receiver(), receiver()
        talk.pace = to.pace
        await asyncio.gather(*(talk.send(chat=5) for _ in range(5)))
        await asyncio.gather(*(to.send(chat=5, lane=Lane.ROUTINE) for _ in range(4)))
        return talk.arrivals, to.arrivals

    talk, bulk = run_virtually(course())

    assert [round(at) for at in talk] == [0, 0, 0, 1, 2]
    assert bulk[0] - talk[0] > 5
    assert all(later - earlier > 1 for earlier, later in pairwise(bulk))


def test_bulk_leaves_a_group_room_for_its_people() -> None:
    async def course() -> list[tuple[str, float]]:
        to, seen = receiver(), []

        async def send(text: str, lane: Lane) -> None:
            await to.send(text, chat=GROUP, method="editMessageText", lane=lane)
            seen.append((text, now()))

        card = asyncio.gather(*(send("card", Lane.ROUTINE) for _ in range(20)))
        await asyncio.sleep(30)
        await asyncio.gather(*(send("reply", Lane.CONVERSATION) for _ in range(5)))
        await card
        return seen

    seen = run_virtually(course())
    early = [text for text, at in seen if at < 59]
    replies = [at for text, at in seen if text == "reply"]

    assert early.count("card") == 15
    assert sorted(round(at) for at in replies) == [30, 30, 30, 31, 32]


seeds = st.integers(0, 2**32).map(Random)


@given(rate=st.floats(0.6, 40), messages=st.integers(1, 120), seed=seeds)
@settings(max_examples=40, deadline=None)
def test_no_second_is_too_full_with_claims_halts_and_conversation_mixed(
    rate: float, messages: int, seed: Random
) -> None:
    way = seed.uniform(0.001, 0.3)
    answers = (None, None, None, BadRequest("no"), TimedOut(), NeverSent("refused"), wait(1))

    def claim() -> Callable[[], Awaitable[bool]]:
        takes, granted = seed.uniform(0, 0.2), seed.random() < 0.8

        async def ask() -> bool:
            await asyncio.sleep(takes)
            return granted

        return ask

    async def one(to: Receiver, n: int) -> None:
        await asyncio.sleep(seed.uniform(0, 3))
        lane = seed.choice(list(Lane))
        asked = claim() if lane else None
        chat = seed.choice([n, 5, GROUP])
        going = asyncio.create_task(
            to.send("", seed.choice(answers), None, chat=chat, lane=lane, claim=asked)
        )
        if seed.random() < 0.2:
            await asyncio.sleep(seed.random() * 3)
            going.cancel()
        await asyncio.gather(going, return_exceptions=True)

    async def course() -> list[float]:
        pace = Pace(rate, clock=now, sleep=asyncio.sleep, attempts=2)
        to = Receiver(pace, *[lambda: way * seed.uniform(1, 1.1)] * 2)
        await asyncio.gather(*(one(to, n) for n in range(1, messages + 1)))
        await asyncio.sleep(1)
        return to.arrivals

    assert most_in_a_second(run_virtually(course())) <= max(1, rate)
