import asyncio

from aiohttp import ClientSession
from hypothesis import given
from hypothesis import strategies as st

from playground.limits import Limits
from playground.server import serve
from playground.wire import ApiError, Request
from playground.world import World
from tests.playground.wire import Wire


class Stopwatch:
    """Real time as the test wants it, in seconds."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


def send(limits: Limits, chat_id: int, paid: bool = False) -> int:
    """Seconds to wait; 0 means that it was sent."""
    request = Request("sendMessage", {"chat_id": chat_id, "allow_paid_broadcast": paid})
    try:
        limits.check(request)
    except ApiError as refusal:
        return int((refusal.parameters or {})["retry_after"])
    limits.count(request)
    return 0


@given(st.lists(st.sampled_from([0.0, 0.01, 0.1, 0.3, 0.7]), max_size=200))
def test_no_sliding_second_holds_more_than_the_rate(pauses: list[float]) -> None:
    watch, sent = Stopwatch(), list[float]()
    limits = Limits(rate=5, group_rate=20, monotonic=watch)
    for pause in pauses:
        watch.seconds += pause
        if not send(limits, chat_id=1):
            sent.append(watch.seconds)
    for start in sent:
        assert sum(start <= at < start + 1 for at in sent) <= 5


def test_the_wait_that_is_named_is_long_enough() -> None:
    watch = Stopwatch()
    limits = Limits(rate=1000, group_rate=20, monotonic=watch)
    for _ in range(20):
        assert send(limits, chat_id=-1) == 0
        watch.seconds += 2
    wait = send(limits, chat_id=-1)
    assert wait == 20  # the first leaves the minute when 60 seconds are over, 40 have passed
    assert send(limits, chat_id=-2) == 0
    assert send(limits, chat_id=1) == 0
    watch.seconds += wait
    assert send(limits, chat_id=-1) == 0


def test_paid_broadcasts_may_be_faster() -> None:
    limits = Limits(rate=1, group_rate=20, monotonic=Stopwatch())
    assert send(limits, 1) == 0
    assert send(limits, 1) == 1
    assert [send(limits, 1, paid=True) for _ in range(999)] == [0] * 999
    assert send(limits, 1, paid=True) == 1
    assert send(limits, 2) == 1


def test_what_is_paid_for_leaves_the_free_rate_to_the_others() -> None:
    limits = Limits(rate=30, group_rate=20, monotonic=Stopwatch())
    assert [send(limits, person, paid=True) for person in range(900)] == [0] * 900
    assert [send(limits, person) for person in range(30)] == [0] * 30
    assert send(limits, 31) == 1


@given(st.lists(st.sampled_from([0.0, 0.25, 0.5, 1.0, 1.5, 4.0]), max_size=100))
def test_a_person_takes_short_bursts_and_one_a_second(pauses: list[float]) -> None:
    watch, sent = Stopwatch(), list[float]()
    limits = Limits(rate=1000, group_rate=20, monotonic=watch, private_burst=3)
    for pause in pauses:
        watch.seconds += pause
        wait = send(limits, chat_id=1)
        assert send(limits, chat_id=-1 - len(sent)) == 0  # nobody else is held up
        if not wait:
            sent.append(watch.seconds)
            continue
        before = watch.seconds
        watch.seconds += wait
        assert send(limits, chat_id=1) == 0  # the wait that is named is long enough
        sent.append(watch.seconds)
        assert before < sent[-1]
    for first in range(len(sent)):
        for count, at in enumerate(sent[first:], 1):
            assert count <= 3 + at - sent[first]


def test_a_burst_is_tolerated_again_after_a_pause() -> None:
    watch = Stopwatch()
    limits = Limits(rate=1000, group_rate=20, monotonic=watch, private_burst=3)
    assert [send(limits, 1) for _ in range(4)] == [0, 0, 0, 1]
    watch.seconds += 1
    assert [send(limits, 1) for _ in range(2)] == [0, 1]
    watch.seconds += 3
    assert [send(limits, 1) for _ in range(4)] == [0, 0, 0, 1]


async def test_a_flood_is_refused_and_refusals_do_not_count() -> None:
    watch = Stopwatch()
    world = World(rate=30, monotonic=watch)
    amara = world.supporters[0].id
    world.link(amara, "")
    async with serve(world) as url, ClientSession() as session:
        wire = Wire(session, world, url)
        await wire.refused("sendMessage", chat_id=amara, text="")  # counts nothing
        answers = await asyncio.gather(
            *(wire.call("sendMessage", chat_id=amara, text="x") for _ in range(40))
        )
        refused = [body for status, body in answers if status == 429]
        assert len(refused) == 10
        assert refused[0] == {
            "ok": False,
            "error_code": 429,
            "description": "Too Many Requests: retry after 1",
            "parameters": {"retry_after": 1},
        }
        await wire.ok("sendChatAction", chat_id=amara, action="typing")
        watch.seconds += 1
        sent = await wire.ok("sendMessage", chat_id=amara, text="x")
        there = {"chat_id": amara, "message_id": sent["message_id"]}
        for number in range(29):
            await wire.ok("editMessageText", **there, text=str(number))
        assert await wire.refused("editMessageText", **there, text="x") == (
            "Too Many Requests: retry after 1"
        )
