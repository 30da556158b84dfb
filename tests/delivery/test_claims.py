"""Every single message asks again, in the transaction that lets it go."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa

from bot.models import (
    AlertState,
    Audience,
    DeliveryState,
    Grant,
    PetitionState,
    Reason,
    Signature,
    Topic,
)
from bot.store import about, deliveries, petitions, supporters
from bot.store.schema import choices
from tests.delivery.conftest import Outlet
from tests.delivery.ledgers import NOON, TO_URGENT

SENT, SKIPPED = DeliveryState.SENT, DeliveryState.SKIPPED
PENDING, UNKNOWN, FAILED = DeliveryState.PENDING, DeliveryState.UNKNOWN, DeliveryState.FAILED
Act = Callable[[Outlet, int], Awaitable[None]]


async def stop(outlet: Outlet, person: int) -> None:
    async with outlet.database.write() as db:
        await supporters.mark(db, person, stopped_at=NOON)


async def vanish(outlet: Outlet, person: int) -> None:
    async with outlet.database.write() as db:
        await supporters.mark(db, person, unreachable_since=NOON)


async def withdraw(outlet: Outlet, person: int) -> None:
    async with outlet.database.write() as db:
        await db.execute(
            sa.update(choices)
            .where(choices.c.supporter_id == person)
            .values(topic=Topic.NEWSLETTER)
        )


async def sign(outlet: Outlet, person: int) -> None:
    async with outlet.database.write() as db:
        await petitions.add(db, "free-samira")
        await petitions.change(db, "free-samira", state=PetitionState.OPEN)
        await petitions.add_signature(db, person, Signature("free-samira", 1, None, 1, NOON))


async def forget(outlet: Outlet, person: int) -> None:
    """What happens when she erases herself and nobody folds her rows."""
    async with outlet.database.write() as db:
        await db.execute(sa.delete(choices).where(choices.c.supporter_id == person))
        await db.exec_driver_sql("DELETE FROM supporters WHERE supporter_id = ?", (person,))


@pytest.mark.parametrize(
    ("act", "reason"),
    [
        (stop, "stopped"),
        (vanish, "unreachable"),
        (withdraw, "unsubscribed"),
        (sign, "signed"),
        (forget, "erased"),
    ],
)
async def test_who_is_out_since_the_start_is_skipped_for_good(
    outlet: Outlet, crowd: list[int], act: Act, reason: str
) -> None:
    audience = Audience(TO_URGENT.choices, (), "free-samira")
    await outlet.book.enrol(crowd[:3])
    number = await outlet.book.alert(crowd[:3], audience=audience)
    await act(outlet, crowd[1])

    assert await outlet.through(number) is AlertState.FINISHED

    assert await outlet.book.totals(number) == {(SENT, ""): 2, (SKIPPED, reason): 1}
    assert outlet.received(crowd[1]) == []


async def test_signing_does_not_matter_where_signers_are_not_left_out(
    outlet: Outlet, crowd: list[int]
) -> None:
    await outlet.book.enrol(crowd[:1])
    number = await outlet.book.alert(crowd[:1])
    await sign(outlet, crowd[0])

    await outlet.through(number)

    assert await outlet.book.totals(number) == {(SENT, ""): 1}


@pytest.mark.parametrize("state", [one for one in AlertState if one is not AlertState.SENDING])
async def test_nothing_is_claimed_of_an_alert_that_is_not_being_sent(
    outlet: Outlet, crowd: list[int], state: AlertState
) -> None:
    await outlet.book.enrol(crowd[:2])
    number = await outlet.book.alert(crowd[:2])
    alert = await outlet.book.read(number)
    await outlet.book.change(number, state=state)

    async with outlet.database.write() as db:
        assert await deliveries.claim(db, alert, crowd[:2], NOON) == ()

    assert await outlet.book.totals(number) == {(PENDING, ""): 2}


async def test_a_freeze_holds_every_single_row_and_ends_without_a_trace(
    outlet: Outlet, crowd: list[int]
) -> None:
    await outlet.book.enrol(crowd[:2])
    number = await outlet.book.alert(crowd[:2])
    alert = await outlet.book.read(number)
    async with outlet.database.write() as db:
        await about.put(db, about.FROZEN, "somebody")
        assert await deliveries.claim(db, alert, crowd[:2], NOON) == ()
    await outlet.sender.look()
    assert not outlet.sender._sends

    async with outlet.database.write() as db:
        await about.drop(db, about.FROZEN)

    assert await outlet.through(number) is AlertState.FINISHED
    assert await outlet.book.totals(number) == {(SENT, ""): 2}


async def test_nothing_goes_out_from_the_expiry_on(outlet: Outlet, crowd: list[int]) -> None:
    await outlet.book.enrol(crowd)
    number = await outlet.book.alert(crowd, expires_at=NOON)

    assert await outlet.through(number) is AlertState.EXPIRED

    assert await outlet.book.totals(number) == {(SKIPPED, "expired"): 60}
    assert outlet.world.calls == []


async def test_a_row_is_claimed_once_even_when_two_ask_at_once(
    outlet: Outlet, crowd: list[int]
) -> None:
    await outlet.book.enrol(crowd[:1])
    number = await outlet.book.alert(crowd[:1])
    alert = await outlet.book.read(number)
    ledger = outlet.sender._ledger

    together = await asyncio.gather(*(ledger.claim(alert, crowd[0]) for _ in range(5)))
    later = await ledger.claim(alert, crowd[0])

    assert [one for one in [*together, later] if one] == [Grant(crowd[0], "en")]


async def test_who_is_erased_leaves_a_number_and_nothing_else(
    outlet: Outlet, crowd: list[int]
) -> None:
    await outlet.book.enrol(crowd[:3])
    number = await outlet.book.alert(crowd[:3])
    alert = await outlet.book.read(number)
    async with outlet.database.write() as db:
        await deliveries.claim(db, alert, [crowd[0], crowd[1]], NOON)
        await deliveries.record(db, [deliveries.Record(number, crowd[0], SENT, None, 7)], NOON)
        for person in crowd[:3]:  # sent, on the wire, waiting
            await deliveries.fold(db, person)
        answer = deliveries.Record(number, crowd[1], SENT, None, 8)
        await deliveries.record(db, [answer], NOON)  # it comes when she is gone

    assert await outlet.book.states(number) == {}
    assert await outlet.book.totals(number) == {
        (SENT, "erased"): 1,
        (UNKNOWN, "erased"): 1,
        (SKIPPED, "erased"): 1,
    }


async def test_numbers_of_the_erased_add_up(outlet: Outlet, crowd: list[int]) -> None:
    await outlet.book.enrol(crowd[:3])
    number = await outlet.book.alert(crowd[:3])
    async with outlet.database.write() as db:
        for person in crowd[:2]:
            await deliveries.fold(db, person)

    assert await outlet.book.totals(number) == {(SKIPPED, "erased"): 2, (PENDING, ""): 1}


async def test_a_stop_takes_her_out_of_everything_that_waits(
    outlet: Outlet, crowd: list[int]
) -> None:
    await outlet.book.enrol(crowd[:2])
    numbers = [await outlet.book.alert(crowd[:2]) for _ in range(2)]
    async with outlet.database.write() as db:
        await deliveries.skip_person(db, crowd[0], Reason.STOPPED)

    for number in numbers:
        assert await outlet.book.totals(number) == {(SKIPPED, "stopped"): 1, (PENDING, ""): 1}


async def test_cancelling_skips_who_waits_and_nobody_else(outlet: Outlet, crowd: list[int]) -> None:
    await outlet.book.enrol(crowd[:3])
    number, other = [await outlet.book.alert(crowd[:3]) for _ in range(2)]
    alert = await outlet.book.read(number)
    async with outlet.database.write() as db:
        await deliveries.claim(db, alert, [crowd[0]], NOON)
        await deliveries.skip_pending(db, number, Reason.CANCELLED)

    assert await outlet.book.totals(number) == {
        (DeliveryState.SENDING, ""): 1,
        (SKIPPED, "cancelled"): 2,
    }
    assert await outlet.book.totals(other) == {(PENDING, ""): 3}


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        (AlertState.CANCELLED, (SKIPPED, "cancelled")),
        (AlertState.EXPIRED, (SKIPPED, "expired")),
        (AlertState.PAUSED, (PENDING, "")),
    ],
)
async def test_what_is_given_back_after_the_end_waits_for_nothing(
    outlet: Outlet, crowd: list[int], state: AlertState, expected: tuple[DeliveryState, str]
) -> None:
    await outlet.book.enrol(crowd[:1])
    number = await outlet.book.alert(crowd[:1])
    assert await outlet.sender._ledger.claim(await outlet.book.read(number), crowd[0])
    await outlet.book.change(number, state=state)

    outlet.sender._ledger.note(deliveries.Record(number, crowd[0], PENDING))
    await outlet.sender._ledger.written()

    assert await outlet.book.totals(number) == {expected: 1}


async def test_only_failures_that_may_come_out_otherwise_are_tried_again(
    outlet: Outlet, crowd: list[int]
) -> None:
    reasons = [
        Reason.BLOCKED,  # and has come back
        Reason.BLOCKED,  # and has not
        Reason.NOT_STARTED,
        Reason.NO_CHAT,
        Reason.DEACTIVATED,
        Reason.REFUSED,
    ]
    people = crowd[: len(reasons) + 1]
    await outlet.book.enrol(people)
    number = await outlet.book.alert(people)
    alert = await outlet.book.read(number)
    async with outlet.database.write() as db:
        await deliveries.claim(db, alert, people, NOON)
        records = [
            deliveries.Record(number, person, FAILED, reason)
            for person, reason in zip(people, reasons, strict=False)
        ]
        lost = deliveries.Record(number, people[-1], UNKNOWN, Reason.NO_ANSWER)
        await deliveries.record(db, [*records, lost], NOON)
    await vanish(outlet, people[1])

    async with outlet.database.write() as db:
        await deliveries.retry(db, number, FAILED)
    states = await outlet.book.states(number)

    waiting = {person for person, row in states.items() if row[0] == PENDING}
    assert waiting == {people[0], people[2], people[3]}
    assert states[people[-1]][0] == UNKNOWN
    async with outlet.database.write() as db:
        await deliveries.retry(db, number, UNKNOWN)
        with pytest.raises(ValueError, match="not tried again"):
            await deliveries.retry(db, number, SENT)
    assert (await outlet.book.states(number))[people[-1]] == ("pending", None, None)


async def test_a_send_is_finished_only_when_no_row_is_open(
    outlet: Outlet, crowd: list[int]
) -> None:
    await outlet.book.enrol(crowd[:2])
    number = await outlet.book.alert(crowd[:2])
    alert = await outlet.book.read(number)

    async def finishes() -> bool:
        async with outlet.database.write() as db:
            return await deliveries.finish(db, number, NOON)

    assert not await finishes()
    async with outlet.database.write() as db:
        await deliveries.claim(db, alert, [crowd[0]], NOON)
        await deliveries.skip_pending(db, number, Reason.CANCELLED)
    assert not await finishes()
    async with outlet.database.write() as db:
        await deliveries.record(db, [deliveries.Record(number, crowd[0], SENT)], NOON)
    await outlet.book.change(number, state=AlertState.PAUSED)
    assert not await finishes()
    await outlet.book.change(number, state=AlertState.SENDING)
    assert await finishes()
    assert not await finishes()


async def test_a_recovery_touches_what_was_on_the_wire_and_nothing_else(
    outlet: Outlet, crowd: list[int]
) -> None:
    await outlet.book.enrol(crowd[:3])
    number = await outlet.book.alert(crowd[:3])
    alert = await outlet.book.read(number)
    async with outlet.database.write() as db:
        await deliveries.claim(db, alert, crowd[:2], NOON)
        await deliveries.record(db, [deliveries.Record(number, crowd[0], SENT)], NOON)
    await outlet.book.change(number, state=AlertState.CANCELLED)

    for _ in range(2):
        async with outlet.database.write() as db:
            await deliveries.recover(db)

    assert await outlet.book.totals(number) == {
        (SENT, ""): 1,
        (UNKNOWN, "interrupted"): 1,
        (PENDING, ""): 1,
    }


async def test_a_send_leaves_a_sign_of_life(outlet: Outlet, crowd: list[int]) -> None:
    number = await outlet.book.alert([])
    later = NOON + timedelta(minutes=1)
    async with outlet.database.write() as db:
        await deliveries.touch(db, [number], later)

    assert (await outlet.book.read(number)).touched_at == later
