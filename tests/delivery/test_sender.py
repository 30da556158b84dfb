"""Whole sends over real HTTP: everybody once, whatever happens to one of them."""

import asyncio

import pytest

from bot.models import AlertKind, AlertState, Audience, DeliveryState, Topic, Words
from bot.store import deliveries
from bot.store import supporters as supporters_store
from playground.faults import Fault
from tests.delivery.conftest import Outlet
from tests.delivery.ledgers import HELLO, NOON, TO_URGENT

SENT, SKIPPED = DeliveryState.SENT, DeliveryState.SKIPPED
FAILED, UNKNOWN = DeliveryState.FAILED, DeliveryState.UNKNOWN


async def test_everybody_gets_it_once_and_the_ledger_says_so(
    outlet: Outlet, crowd: list[int]
) -> None:
    await outlet.book.enrol(crowd)
    number = await outlet.book.alert(crowd)

    assert await outlet.through(number) is AlertState.FINISHED

    assert all(outlet.received(person) == [HELLO.text] for person in crowd)
    for person, row in (await outlet.book.states(number)).items():
        [message] = outlet.world.chat(person).messages
        assert row == ("sent", None, message["message_id"])
        assert message["entities"] == list(HELLO.entities)
    ended = await outlet.book.read(number)
    assert ended.ended_at == ended.touched_at == NOON


async def test_what_people_write_is_not_read_as_html(outlet: Outlet, crowd: list[int]) -> None:
    await outlet.book.enrol(crowd[:1])
    number = await outlet.book.alert(crowd[:1], words={"en": Words("we <3 <b>you</b> &amp;")})

    await outlet.through(number)

    [message] = outlet.world.chat(crowd[0]).messages
    assert message["text"] == "we <3 <b>you</b> &amp;"
    assert "entities" not in message


async def test_each_reads_her_language_and_a_newsletter_makes_no_sound(
    outlet: Outlet, crowd: list[int]
) -> None:
    await outlet.book.enrol(crowd[:2])
    number = await outlet.book.alert(crowd[:2], kind=AlertKind.NEWSLETTER)

    await outlet.through(number)

    for person in crowd[:2]:
        chat = outlet.world.chat(person)
        assert chat.silent == {chat.last["message_id"]}


async def test_first_middle_and_last_have_blocked_and_all_others_get_it(
    outlet: Outlet, crowd: list[int]
) -> None:
    gone = {crowd[0], crowd[30], crowd[-1]}
    for person in gone:
        outlet.world.block(person)
    await outlet.book.enrol(crowd)
    number = await outlet.book.alert(crowd)

    assert await outlet.through(number) is AlertState.FINISHED

    assert await outlet.book.totals(number) == {(SENT, ""): 57, (FAILED, "blocked"): 3}
    people = await outlet.book.people()
    assert {person for person, (_, unreachable) in people.items() if unreachable == NOON} == gone


async def test_five_hundred_who_are_left_out_do_not_end_the_send(
    outlet: Outlet, crowd: list[int]
) -> None:
    """They stand between those who get it, and fill a batch on their own."""
    first, last = crowd[:5], crowd[5:10]
    between = range(first[-1] + 1_000, first[-1] + 1_510)
    for n, person in enumerate(last):  # ids behind theirs
        last[n] = await newcomer(outlet, person + 10_000)
    await outlet.book.enrol([*first, *last])
    number = await outlet.book.alert([*first, *between, *last])

    assert await outlet.through(number) is AlertState.FINISHED

    assert await outlet.book.totals(number) == {(SENT, ""): 10, (SKIPPED, "erased"): 510}
    assert all(len(outlet.received(person)) == 1 for person in [*first, *last])


async def newcomer(outlet: Outlet, number: int) -> int:
    world = outlet.world
    pattern = world.people[outlet.world.crowd.ids[0]]
    user = {**pattern.user, "id": number}
    world.people[number] = type(pattern)(user, "supporter", started=True)
    world.chats[number] = type(world.chat(pattern.id))({"id": number, "type": "private"}, [number])
    return number


async def test_a_tenth_are_told_to_wait_and_everybody_gets_it(
    outlet: Outlet, crowd: list[int]
) -> None:
    await outlet.book.enrol(crowd)
    number = await outlet.book.alert(crowd)
    for person in crowd[::10]:
        outlet.world.faults.add(Fault("flood", "sendMessage", chat=person, retry_after=1))

    assert await outlet.through(number) is AlertState.FINISHED

    assert await outlet.book.totals(number) == {(SENT, ""): 60}
    assert all(len(outlet.received(person)) == 1 for person in crowd)


@pytest.mark.parametrize("kind", ["reset", "server", "bad_gateway"])
async def test_a_lost_answer_is_unknown_and_not_tried_again(
    outlet: Outlet, crowd: list[int], kind: str
) -> None:
    await outlet.book.enrol(crowd)
    number = await outlet.book.alert(crowd)
    outlet.world.faults.add(Fault(kind, "sendMessage", chat=crowd[3], after_effect=True))

    assert await outlet.through(number) is AlertState.FINISHED

    assert await outlet.book.totals(number) == {(SENT, ""): 59, (UNKNOWN, "no answer"): 1}
    assert len(outlet.received(crowd[3])) == 1


async def test_what_was_on_the_wire_of_a_dead_process_is_unknown(
    outlet: Outlet, crowd: list[int]
) -> None:
    await outlet.book.enrol(crowd[:3])
    number = await outlet.book.alert(crowd[:3])
    alert = await outlet.book.read(number)
    assert await outlet.sender._ledger.claim(alert, crowd[0])

    await outlet.sender.recover()
    assert await outlet.through(number) is AlertState.FINISHED

    assert await outlet.book.totals(number) == {(SENT, ""): 2, (UNKNOWN, "interrupted"): 1}
    assert outlet.received(crowd[0]) == []


async def test_what_would_go_out_differently_is_held(outlet: Outlet, crowd: list[int]) -> None:
    await outlet.book.enrol(crowd)
    number = await outlet.book.alert(crowd)
    await outlet.book.change(number, picture="another")

    assert await outlet.through(number) is AlertState.HELD

    assert (await outlet.book.read(number)).reason == "text differs"
    assert outlet.world.calls == []


async def test_nothing_goes_out_until_everything_that_was_said_is_handled(
    outlet: Outlet, crowd: list[int]
) -> None:
    await outlet.book.enrol(crowd)
    number = await outlet.book.alert(crowd)
    outlet.sender._drained.clear()

    await outlet.sender.look()
    assert not outlet.sender._sends
    outlet.sender._drained.set()

    assert await outlet.through(number) is AlertState.FINISHED


async def test_two_sends_run_at_once_and_do_not_mix(outlet: Outlet, crowd: list[int]) -> None:
    await outlet.book.enrol(crowd)
    one = await outlet.book.alert(crowd[:40], words={"en": Words("one")})
    two = await outlet.book.alert(crowd[20:], words={"en": Words("two")}, kind=AlertKind.NEWSLETTER)

    await outlet.through(one)
    await outlet.through(two)

    for n, person in enumerate(crowd):
        assert sorted(outlet.received(person)) == ["one"] * (n < 40) + ["two"] * (n >= 20)


async def test_pausing_ten_times_gives_nobody_a_second_one(
    outlet: Outlet, crowd: list[int]
) -> None:
    await outlet.book.enrol(crowd)
    number = await outlet.book.alert(crowd)
    for sent in range(5, 55, 5):
        while len(outlet.world.calls) < sent:
            await outlet.sender.look()
            await asyncio.sleep(0)
        await outlet.book.change(number, state=AlertState.PAUSED)
        before = len(outlet.world.calls)
        await outlet.sender.look()
        assert not outlet.sender._sends
        assert len(outlet.world.calls) - before <= 16  # what was on the wire
        await outlet.book.change(number, state=AlertState.SENDING)

    assert await outlet.through(number) is AlertState.FINISHED

    assert await outlet.book.totals(number) == {(SENT, ""): 60}
    assert all(len(outlet.received(person)) == 1 for person in crowd)


async def test_an_erased_person_is_not_sent_to_and_still_counts(
    outlet: Outlet, crowd: list[int]
) -> None:
    await outlet.book.enrol(crowd[:3])
    number = await outlet.book.alert(crowd[:3])
    async with outlet.database.write() as db:
        await deliveries.fold(db, crowd[1])
        await supporters_store.erase(db, crowd[1])

    assert await outlet.through(number) is AlertState.FINISHED

    assert await outlet.book.totals(number) == {(SENT, ""): 2, (SKIPPED, "erased"): 1}
    assert outlet.received(crowd[1]) == []


async def test_an_audience_nobody_is_left_of_ends_at_once(outlet: Outlet) -> None:
    number = await outlet.book.alert([], audience=Audience(((Topic.URGENT, ""),)))

    assert await outlet.through(number) is AlertState.FINISHED
    assert await outlet.book.totals(number) == {}
    assert (await outlet.book.read(number)).audience == TO_URGENT
