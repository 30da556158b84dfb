"""Sends while Telegram is away, says wait, or the house itself has trouble."""

import asyncio
import socket
from contextlib import AsyncExitStack
from datetime import datetime, timedelta

import sqlalchemy as sa

from bot.models import AlertKind, AlertState, DeliveryState, Words
from bot.store.schema import supporters
from playground.calls import RequestLog
from playground.faults import Fault
from playground.server import serve
from playground.wire import Request
from playground.world import World
from tests.delivery.conftest import PATIENCE, Open, Outlet
from tests.delivery.ledgers import NOON
from tests.process import listening

SENT, UNKNOWN = DeliveryState.SENT, DeliveryState.UNKNOWN
PENDING, SENDING = DeliveryState.PENDING, DeliveryState.SENDING


async def test_ten_minutes_without_a_network_cost_nobody_anything(
    open_outlet: Open, crowded: World, crowd: list[int]
) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    slept: list[float] = []

    async with AsyncExitStack() as stack:

        async def sleep(seconds: float) -> None:
            before = sum(slept)
            slept.append(seconds)
            if before < 600 <= sum(slept):
                await stack.enter_async_context(serve(crowded, port=port))
            outlet.sender._drained.set()  # as whoever fetches the updates does

        outlet = await open_outlet(f"http://127.0.0.1:{port}", sleep=sleep)
        await outlet.book.enrol(crowd)
        number = await outlet.book.alert(crowd)

        assert await outlet.through(number) is AlertState.FINISHED

        assert await outlet.book.totals(number) == {(SENT, ""): 60}
        assert all(len(outlet.received(person)) == 1 for person in crowd)
    people = await outlet.book.people()
    assert all(row == (None, None) for row in people.values())
    assert [pause for pause in slept if pause][:6] == [1, 2, 5, 10, 30, 30]
    assert max(slept) == 30


async def test_after_an_outage_nobody_waits_for_those_who_get_nothing(
    open_outlet: Open, crowded: World, crowd: list[int]
) -> None:
    """Who has stopped is passed over; each of them once cost another pause of half a minute."""
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    slept: list[float] = []

    async with AsyncExitStack() as stack:

        async def sleep(seconds: float) -> None:
            slept.append(seconds)
            if seconds == 10 and slept.count(10) == 1:
                await stack.enter_async_context(serve(crowded, port=port))
            outlet.sender._drained.set()

        outlet = await open_outlet(f"http://127.0.0.1:{port}", sleep=sleep)
        gone = range(crowd[-1] + 1, crowd[-1] + 501)
        await outlet.book.enrol(crowd)
        number = await outlet.book.alert([*crowd[:20], *gone])  # they come in this order

        assert await outlet.through(number) is AlertState.FINISHED

    assert (await outlet.book.totals(number))[SENT, ""] == 20
    assert [pause for pause in slept if pause] == [1, 2, 5, 10, 1]  # and 1 between two rounds


async def test_a_send_that_gets_nowhere_gives_no_sign_of_life(
    open_outlet: Open, crowded: World, crowd: list[int]
) -> None:
    """So that it is held, and somebody asked, when Telegram has been away for too long."""
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    before = NOON - timedelta(minutes=1)
    seen: list[datetime | None] = []

    async with AsyncExitStack() as stack:

        async def sleep(seconds: float) -> None:
            if not seen:
                await outlet.book.change(number, touched_at=before)
            await outlet.sender.look()
            outlet.sender._drained.set()
            seen.append((await outlet.book.read(number)).touched_at)
            if seconds == 10:
                await stack.enter_async_context(serve(crowded, port=port))

        outlet = await open_outlet(f"http://127.0.0.1:{port}", sleep=sleep)
        await outlet.book.enrol(crowd)
        number = await outlet.book.alert(crowd)

        assert await outlet.through(number) is AlertState.FINISHED

    assert len(seen) >= 5
    assert set(seen) == {before}
    assert (await outlet.book.read(number)).touched_at == NOON


async def test_without_telegram_nobody_is_known_to_have_said_all(
    open_outlet: Open, crowded: World, crowd: list[int]
) -> None:
    """Stops may wait there: nothing goes out until somebody has looked."""
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    lost = asyncio.Event()

    async with AsyncExitStack() as stack:

        async def sleep(seconds: float) -> None:
            if seconds == 2:
                await stack.enter_async_context(serve(crowded, port=port))
                lost.set()

        outlet = await open_outlet(f"http://127.0.0.1:{port}", sleep=sleep)
        await outlet.book.enrol(crowd)
        number = await outlet.book.alert(crowd)
        sending = asyncio.create_task(outlet.through(number))
        await lost.wait()
        assert not outlet.sender._drained.is_set()
        async with outlet.database.write() as db:
            await db.execute(sa.update(supporters).values(stopped_at=NOON))
        outlet.sender._drained.set()

        assert await sending is AlertState.FINISHED

    assert await outlet.book.totals(number) == {(DeliveryState.SKIPPED, "stopped"): 60}


async def test_an_outage_at_telegram_does_not_use_up_the_audience(
    open_outlet: Open, outlet: Outlet, crowd: list[int]
) -> None:
    """502 without end: what was under way at its begin, a few more, and then nothing is tried."""
    url = outlet.bot.base_url.partition("/bot")[0]
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)
        patient.sender._drained.set()

    patient = await open_outlet(url, sleep=sleep)
    await patient.book.enrol(crowd)
    number = await patient.book.alert(crowd)
    patient.world.faults.add(Fault("bad_gateway", "sendMessage", times=10_000))

    assert await patient.through(number) is AlertState.HELD

    assert (await patient.book.read(number)).reason == "too many errors"
    lost = (await patient.book.totals(number))[UNKNOWN, "no answer"]
    assert 20 <= lost <= 20 + 16
    assert [pause for pause in slept if pause][:2] == [1, 2]

    patient.world.faults.clear()
    patient.sender._drained.set()
    await patient.book.change(number, state=AlertState.SENDING)  # an admin resumes it
    assert await patient.through(number) is AlertState.FINISHED

    assert await patient.book.totals(number) == {
        (UNKNOWN, "no answer"): lost,
        (SENT, ""): 60 - lost,
    }


class Arrivals(RequestLog):
    """Notes when each request arrives, and for whom."""

    def __init__(self) -> None:
        super().__init__(None)
        self.moments: list[tuple[float, int]] = []

    def write(self, request: Request) -> None:
        self.moments.append((asyncio.get_running_loop().time(), request.integer("chat_id")))


async def test_no_bulk_arrives_while_telegram_says_wait(outlet: Outlet, crowd: list[int]) -> None:
    """One person's flood wait holds all the others up, and a conversation goes on meanwhile."""
    outlet.world.log = log = Arrivals()
    talker = outlet.world.supporters[0].id
    await outlet.book.enrol(crowd)
    number = await outlet.book.alert(crowd)
    outlet.world.faults.add(Fault("flood", "sendMessage", chat=crowd[20], retry_after=3))
    with listening(outlet.world) as called:
        sending = asyncio.create_task(outlet.through(number))
        await called("sendMessage", 429)
        told = asyncio.get_running_loop().time()
        await outlet.bot.send_message(talker, "still here")
        talked = asyncio.get_running_loop().time()
        await settled(outlet)  # what was on the wire is through
        before = len(log.moments)
    await sending

    later = [at for at, chat in log.moments[before:] if chat in crowd]
    assert talked - told < 1
    assert len(later) >= 20
    assert min(later) > told + 3
    assert await outlet.book.totals(number) == {(SENT, ""): 60}


async def test_an_urgent_alert_passes_a_newsletter_that_goes_slowly(
    open_outlet: Open, outlet: Outlet, crowd: list[int]
) -> None:
    url = outlet.bot.base_url.partition("/bot")[0]
    slow = await open_outlet(url, rate=10)
    await slow.book.enrol(crowd)
    await slow.book.alert(crowd, kind=AlertKind.NEWSLETTER, words={"en": Words("newsletter")})
    with listening(slow.world) as called:
        await slow.sender.look()
        for _ in range(12):
            await called("sendMessage")
        await slow.book.alert(crowd[40:], words={"en": Words("urgent")})
        await slow.sender.look()
        texts: list[str] = []
        while texts.count("urgent") < 20:
            await called("sendMessage")
            texts = [call.params["text"] for call in slow.world.calls]

    first = texts.index("urgent")
    assert first < 12 + 10  # within a second of the look
    assert "newsletter" not in texts[first:]


async def test_a_pause_in_a_long_halt_and_the_resume_after_it_hang_nowhere(
    outlet: Outlet, crowd: list[int]
) -> None:
    await outlet.book.enrol(crowd)
    number = await outlet.book.alert(crowd)
    outlet.world.faults.add(Fault("flood", "sendMessage", retry_after=300))
    with listening(outlet.world) as called:
        await outlet.sender.look()
        await called("sendMessage", 429)
    await settled(outlet)

    await outlet.book.change(number, state=AlertState.PAUSED)
    await outlet.sender.look()
    await settled(outlet)
    assert not outlet.sender._sends
    assert not outlet.sender._on_the_wire

    await outlet.book.change(number, state=AlertState.SENDING)
    await outlet.sender.look()
    [send] = outlet.sender._sends.values()
    await outlet.sender.stop()
    assert send.cancelled()
    totals = await outlet.book.totals(number)
    assert totals[PENDING, ""] + totals.get((SENT, ""), 0) == 60


async def settled(outlet: Outlet) -> None:
    """Until no row is on the wire."""
    async with asyncio.timeout(PATIENCE):
        while True:
            async with outlet.database.read() as db:
                query = "SELECT count(*) FROM deliveries WHERE state = 1"
                if not await db.scalar(sa.text(query)):
                    return


async def test_an_end_sees_through_what_is_on_the_wire_and_begins_nothing(
    outlet: Outlet, crowd: list[int]
) -> None:
    await outlet.book.enrol(crowd)
    number = await outlet.book.alert(crowd)
    with listening(outlet.world) as called:
        await outlet.sender.look()
        await called("sendMessage")
    await outlet.sender.stop()
    await outlet.sender.look()

    states = {state for state, _ in await outlet.book.totals(number)}
    assert states == {SENT, PENDING}
    assert (await outlet.book.totals(number))[SENT, ""] == len(outlet.world.calls)
    assert not outlet.sender._sends


async def test_an_end_does_not_wait_for_an_answer_that_never_comes(
    outlet: Outlet, crowd: list[int]
) -> None:
    await outlet.book.enrol(crowd[:1])
    number = await outlet.book.alert(crowd[:1])
    outlet.world.faults.add(Fault("timeout", "sendMessage"))
    with listening(outlet.world) as called:
        await outlet.sender.look()
        await called("sendMessage", 0)
    await outlet.sender.stop(timedelta(seconds=0.05))
    assert await outlet.book.totals(number) == {(SENDING, ""): 1}
    await outlet.sender.recover()

    assert await outlet.book.totals(number) == {(UNKNOWN, "interrupted"): 1}


async def test_a_ledger_that_cannot_be_written_forgets_nothing(
    open_outlet: Open, outlet: Outlet, crowd: list[int]
) -> None:
    """The disk refuses outcomes for a while: they are written later, and nobody gets two."""
    url = outlet.bot.base_url.partition("/bot")[0]
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)
        if len(slept) == 3:
            await execute(steady, "DROP TRIGGER full")

    steady = await open_outlet(url, sleep=sleep)
    await steady.book.enrol(crowd)
    number = await steady.book.alert(crowd)
    await execute(
        steady,
        "CREATE TRIGGER full BEFORE UPDATE ON deliveries WHEN new.state = 2 "
        "BEGIN SELECT raise(ABORT, 'database or disk is full'); END",
    )

    assert await steady.through(number) is AlertState.FINISHED

    assert len(slept) >= 3
    assert await steady.book.totals(number) == {(SENT, ""): 60}
    assert all(len(steady.received(person)) == 1 for person in crowd)


async def test_a_send_that_breaks_off_begins_again_with_the_next_look(
    outlet: Outlet, crowd: list[int]
) -> None:
    await outlet.book.enrol(crowd)
    number = await outlet.book.alert(crowd)
    await execute(
        outlet,
        "CREATE TRIGGER full BEFORE UPDATE ON alerts WHEN new.state = 'finished' "
        "BEGIN SELECT raise(ABORT, 'database or disk is full'); END",
    )
    await outlet.sender.look()
    await asyncio.wait(outlet.sender._sends.values())
    assert await outlet.book.totals(number) == {(SENT, ""): 60}
    assert (await outlet.book.read(number)).state is AlertState.SENDING
    await execute(outlet, "DROP TRIGGER full")

    assert await outlet.through(number) is AlertState.FINISHED

    assert all(len(outlet.received(person)) == 1 for person in crowd)


async def execute(outlet: Outlet, statement: str) -> None:
    async with outlet.database.write() as db:
        await db.exec_driver_sql(statement)
