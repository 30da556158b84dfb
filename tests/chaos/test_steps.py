"""A send to a thousand people is killed at each step of its way, and ends right after a restart.

Some steps are inside a transaction: a trigger stops the process there until it is killed. Others
are between two: the playground withholds an answer, or the books show that it is time.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from bot.models import AlertState, DeliveryState
from bot.store.audiences import _CHUNK
from playground.faults import Fault
from tests.chaos.books import stored
from tests.chaos.campaign import Campaign
from tests.process import READY, listening, polling

pytestmark = pytest.mark.chaos

CLAIM = f"BEFORE UPDATE ON deliveries WHEN new.state = {stored(DeliveryState.SENDING)}"
ANSWER = f"BEFORE UPDATE ON deliveries WHEN new.state = {stored(DeliveryState.SENT)}"
RETURN = f"BEFORE UPDATE ON deliveries WHEN new.state = {stored(DeliveryState.PENDING)}"
DOUBT = f"BEFORE UPDATE ON deliveries WHEN new.state = {stored(DeliveryState.UNKNOWN)}"
SKIP = f"BEFORE UPDATE ON deliveries WHEN new.state = {stored(DeliveryState.SKIPPED)}"
ONE = " AND new.supporter_id = {one}"


@dataclass(frozen=True)
class Step:
    """Where the process stands still; `one` in an event is a person whom no failure meets."""

    event: str
    state: AlertState = AlertState.SENDING


WHILE_WRITING = {
    "it begins, amid its recipients": Step(
        "BEFORE INSERT ON deliveries WHEN new.supporter_id = {one}", AlertState.APPROVED
    ),
    "the first claims": Step(CLAIM),
    "one of several claims": Step(CLAIM + ONE),
    "the first outcomes, answered": Step(ANSWER),
    "one of several outcomes": Step(ANSWER + ONE),
    "an answer that was lost": Step(DOUBT),
    "somebody has blocked us": Step(
        "BEFORE UPDATE ON supporters WHEN new.unreachable_since IS NOT NULL"
    ),
    "a row waits again after a 429": Step(RETURN),
    "everything is sent": Step("BEFORE UPDATE ON alerts WHEN new.state = 'finished'"),
    "the report has gone out": Step("BEFORE UPDATE ON alerts WHEN new.reported_at IS NOT NULL"),
}


@pytest.mark.parametrize("name", WHILE_WRITING)
async def test_killed_while_it_writes(campaign: Campaign, name: str) -> None:
    step = WHILE_WRITING[name]
    await campaign.prepare(step.state)
    one = campaign.spared(500)
    campaign.books.trap(step.event.format(one=one))
    if step.event == RETURN:
        campaign.world.faults.add(Fault("flood", "sendMessage", chat=one, retry_after=1))
    async with campaign.running() as program:
        await campaign.trapped()
        await campaign.kill(program)
    written = campaign.states()
    campaign.check_meanwhile()
    campaign.books.spring()

    await campaign.completes()

    campaign.tell(f"step, writing: {name}")
    if step.state is AlertState.APPROVED:
        assert not written  # nobody of those who are written together
    if step.event in {CLAIM, WHILE_WRITING["everything is sent"].event}:
        assert not campaign.on_the_wire


@pytest.mark.parametrize("campaign", [_CHUNK + 500], indirect=True)
async def test_killed_between_two_parts_of_the_recipients(campaign: Campaign) -> None:
    await campaign.prepare(AlertState.APPROVED)
    second = campaign.people[_CHUNK + 1]
    campaign.books.trap(f"BEFORE INSERT ON deliveries WHEN new.supporter_id = {second}")
    async with campaign.running() as program:
        await campaign.trapped()
        await campaign.kill(program)
    assert campaign.states().total() == _CHUNK
    campaign.check_meanwhile()
    campaign.books.spring()
    async with campaign.running() as program:
        await campaign.written(len(campaign.people))
        campaign.books.expire(datetime.now(UTC))  # or it would take its time
        await campaign.becomes(AlertState.EXPIRED)
        assert await program.end() == 0

    campaign.check(AlertState.EXPIRED)
    campaign.tell("step: between two parts of 20,500 recipients; expired")


async def test_killed_while_it_recovers(campaign: Campaign) -> None:
    await campaign.prepare()
    campaign.withhold(after_effect=True)
    with listening(campaign.world) as called:
        async with campaign.running() as program:
            await called("sendMessage", 0)
            await campaign.kill(program)
    campaign.world.faults.waiting.clear()
    on_the_wire = campaign.people_in(DeliveryState.SENDING)
    campaign.books.trap(DOUBT)
    async with campaign.running() as program:
        await campaign.trapped()
        await campaign.kill(program)
    assert campaign.people_in(DeliveryState.SENDING) == on_the_wire
    campaign.books.spring()

    await campaign.completes()

    campaign.tell("step: it recovers")


@pytest.mark.parametrize("after_effect", [False, True], ids=["nothing done", "done"])
async def test_killed_with_requests_that_have_arrived(
    campaign: Campaign, after_effect: bool
) -> None:
    await campaign.prepare()
    campaign.withhold(after_effect=after_effect)
    with listening(campaign.world) as called:
        async with campaign.running() as program:
            await called("sendMessage", 0)
            await campaign.kill(program)
    campaign.world.faults.waiting.clear()
    had = sum(campaign.received().values())

    await campaign.completes()

    campaign.tell(f"step: on the wire, {'done' if after_effect else 'and nothing done'}")
    assert (1 <= had <= len(campaign.on_the_wire)) if after_effect else (had == 0)


async def test_killed_before_it_reached_telegram(campaign: Campaign) -> None:
    await campaign.prepare(AlertState.APPROVED)
    with listening(campaign.world) as called:
        async with campaign.running() as program:
            await called("getMe")
            await campaign.kill(program)
    assert not campaign.on_the_wire

    await campaign.completes()

    campaign.tell("step: before it reached Telegram")


async def test_killed_after_it_began_and_before_anybody_was_written_to(
    campaign: Campaign,
) -> None:
    """What waits at Telegram is not handled yet, so that nobody may be written to."""
    await campaign.prepare(AlertState.APPROVED)
    campaign.world.faults.add(Fault("server", "getUpdates", times=10_000))
    async with campaign.running() as program:
        await campaign.becomes(AlertState.SENDING)
        await campaign.kill(program)
    assert campaign.asked == 0
    assert set(campaign.states()) <= {DeliveryState.PENDING}
    campaign.world.faults.waiting.clear()

    await campaign.completes()

    campaign.tell("step: begun, and nobody written to yet")


async def test_killed_between_two_messages(campaign: Campaign) -> None:
    await campaign.prepare()
    async with campaign.running("bot", rate=1) as program:
        await campaign.reaches(DeliveryState.SENT, 3)
        await campaign.kill(program)
    assert len(campaign.people_in(DeliveryState.PENDING)) > len(campaign.people) / 2

    await campaign.completes()

    campaign.tell("step: between two messages")


async def test_killed_while_telegram_says_wait(campaign: Campaign) -> None:
    await campaign.prepare()
    one = campaign.spared(300)
    campaign.world.faults.add(Fault("flood", "sendMessage", chat=one, retry_after=300))
    async with campaign.running() as program:
        await campaign.is_told_to_wait(one)
        await campaign.quiet()
        await campaign.kill(program)
    assert not campaign.on_the_wire

    await campaign.completes()

    campaign.tell("step: Telegram says wait")


async def test_killed_while_it_is_paused_and_paused_after_it(campaign: Campaign) -> None:
    await campaign.prepare()
    async with campaign.running() as program:
        await campaign.reaches(DeliveryState.SENT, 5)
        campaign.books.set_state(AlertState.PAUSED)
        await campaign.quiet()
        await campaign.kill(program)
    before = campaign.books.rows()
    assert DeliveryState.PENDING in before.values()
    campaign.check_meanwhile()

    async with campaign.running() as program:
        await program.says(READY)
        await polling(campaign.world)  # all that waited is handled: now sends may go on
        await program.end()
    assert campaign.books.rows() == before
    campaign.books.set_state(AlertState.SENDING)

    await campaign.completes()

    campaign.tell("step: paused")


@pytest.mark.parametrize(
    "event", ["BEFORE UPDATE ON alerts WHEN new.state = 'expired'", SKIP, None], ids=str
)
async def test_killed_while_its_time_runs_out(campaign: Campaign, event: str | None) -> None:
    await campaign.prepare()
    async with campaign.running("bot") as program:
        await campaign.reaches(DeliveryState.SENT, 5)
        if event:
            campaign.books.trap(event)
        campaign.books.expire(datetime.now(UTC))
        if event:
            await campaign.trapped()
        else:
            await campaign.becomes(AlertState.EXPIRED)
        await campaign.kill(program)
    campaign.check_meanwhile()
    if event:
        campaign.books.spring()

    await campaign.completes(AlertState.EXPIRED)

    assert campaign.people_in(DeliveryState.SKIPPED)
    campaign.tell(f"step: it expires, {when(event)}")


def when(event: str | None) -> str:
    if event is None:
        return "and has"
    return "amid those who still wait" if event == SKIP else "as it is written"


async def test_killed_after_the_end(campaign: Campaign) -> None:
    await campaign.prepare()
    async with campaign.running() as program:
        await campaign.becomes(AlertState.FINISHED)
        await campaign.kill(program)
    before = campaign.books.rows()

    await campaign.completes()

    assert campaign.books.rows() == before
    campaign.tell("step: after the end")
