"""A send is killed at every step of its way, and each time it ends right after a restart.

Some steps are inside a transaction: a trigger stops the process there until it is killed. Others
are between two: the playground withholds an answer, or the database shows that it is time.
"""

import pytest

from bot.models import AlertState
from playground.faults import Fault
from tests.chaos.campaign import Campaign
from tests.process import READY, listening, polling

pytestmark = pytest.mark.chaos
FIFTH = 700_000_005  # of the crowd
BLOCKED = 700_000_008  # has blocked the bot from the beginning

WHILE_WRITING = {
    "that it begins, in the midst of its recipients": (
        AlertState.APPROVED,
        f"BEFORE INSERT ON deliveries WHEN new.supporter_id = {FIFTH}",
    ),
    "the first claims": (
        AlertState.SENDING,
        "BEFORE UPDATE ON deliveries WHEN new.state = 'sending'",
    ),
    "the first outcomes, with their answers received": (
        AlertState.SENDING,
        "BEFORE UPDATE ON deliveries WHEN new.state = 'sent'",
    ),
    "one of several outcomes": (
        AlertState.SENDING,
        f"BEFORE UPDATE ON deliveries WHEN new.state = 'sent' AND new.supporter_id = {FIFTH}",
    ),
    "that somebody has blocked us": (
        AlertState.SENDING,
        "BEFORE UPDATE ON supporters WHEN new.unreachable_since IS NOT NULL",
    ),
    "that everything is sent": (
        AlertState.SENDING,
        "BEFORE UPDATE ON alerts WHEN new.state = 'finished'",
    ),
    "that a row waits again after a 429": (
        AlertState.SENDING,
        "BEFORE UPDATE ON deliveries WHEN new.state = 'pending'",
    ),
}


@pytest.mark.parametrize("step", WHILE_WRITING)
async def test_killed_while_it_writes(campaign: Campaign, step: str) -> None:
    state, event = WHILE_WRITING[step]
    await campaign.prepare(state)
    campaign.trap(event)
    if "429" in step:
        campaign.world.faults.add(Fault("flood", "sendMessage", chat=FIFTH, retry_after=1))
    async with campaign.running() as program:
        await campaign.trapped()
        await campaign.kill(program)
    written = campaign.states()
    campaign.spring()

    await completes(campaign)

    if state is AlertState.APPROVED:
        assert not written  # all recipients are there, or none
    if step in {"the first claims", "that everything is sent"}:
        assert campaign.states()["unknown"] == 0


async def test_killed_while_it_recovers(campaign: Campaign) -> None:
    await campaign.prepare()
    campaign.withhold(after_effect=True)
    with listening(campaign.world) as called:
        async with campaign.running() as program:
            await called("sendMessage", 0)
            await campaign.kill(program)
    campaign.world.faults.clear()
    on_the_wire = campaign.states()["sending"]
    campaign.trap("BEFORE UPDATE ON deliveries WHEN new.state = 'unknown'")
    async with campaign.running() as program:
        await campaign.trapped()
        await program.kill()
    assert campaign.states()["sending"] == on_the_wire
    campaign.spring()

    await completes(campaign)

    assert campaign.states()["unknown"] == on_the_wire


@pytest.mark.parametrize("after_effect", [False, True], ids=["and did nothing", "and were done"])
async def test_killed_with_requests_that_have_arrived(
    campaign: Campaign, after_effect: bool
) -> None:
    await campaign.prepare()
    campaign.withhold(after_effect=after_effect)
    with listening(campaign.world) as called:
        async with campaign.running() as program:
            await called("sendMessage", 0)
            await campaign.kill(program)
    campaign.world.faults.clear()
    had = campaign.received().total()

    await completes(campaign)

    assert campaign.states()["unknown"] == campaign.at_kills > 0
    assert (1 <= had <= campaign.at_kills) if after_effect else (had == 0)


async def test_killed_before_it_reached_telegram(campaign: Campaign) -> None:
    await campaign.prepare(AlertState.APPROVED)
    with listening(campaign.world) as called:
        async with campaign.running() as program:
            await called("getMe")
            await campaign.kill(program)

    await completes(campaign)

    assert campaign.states()["unknown"] == 0


async def test_killed_after_it_began_and_before_anybody_was_written_to(
    campaign: Campaign,
) -> None:
    """What waits at Telegram is not handled yet, so that nobody may be written to."""
    await campaign.prepare(AlertState.APPROVED)
    campaign.world.faults.add(Fault("server", "getUpdates", times=10_000))
    async with campaign.running() as program:
        await campaign.reaches("pending", len(campaign.people))
        await campaign.kill(program)
    assert campaign.states()["pending"] == len(campaign.people)
    campaign.world.faults.clear()

    await completes(campaign)

    assert campaign.states()["unknown"] == 0


async def test_killed_between_two_messages(campaign: Campaign) -> None:
    await campaign.prepare()
    async with campaign.running(rate=1) as program:
        await campaign.reaches("sent", 3)
        await campaign.kill(program)
    assert campaign.states()["pending"] > len(campaign.people) / 2

    await completes(campaign)


async def test_killed_while_telegram_says_wait(campaign: Campaign) -> None:
    await campaign.prepare()
    campaign.world.faults.add(Fault("flood", "sendMessage", chat=FIFTH, retry_after=300))
    with listening(campaign.world) as called:
        async with campaign.running() as program:
            await called("sendMessage", 429)
            await campaign.quiet()
            await campaign.kill(program)

    await completes(campaign)

    assert campaign.states()["unknown"] == 0


async def test_killed_while_it_is_paused_and_paused_after_it(campaign: Campaign) -> None:
    await campaign.prepare()
    async with campaign.running() as program:
        await campaign.reaches("sent", 5)
        campaign.set_state(AlertState.PAUSED)
        await campaign.quiet()
        await campaign.kill(program)
    before = campaign.rows()
    assert "pending" in before.values()

    async with campaign.running() as program:
        await program.says(READY)
        await polling(campaign.world)  # all that waited is handled: now sends may go on
        await program.end()
    assert campaign.rows() == before
    campaign.set_state(AlertState.SENDING)

    await completes(campaign)

    assert campaign.states()["unknown"] == 0


async def test_killed_after_the_end(campaign: Campaign) -> None:
    await campaign.prepare()
    async with campaign.running() as program:
        await campaign.finished()
        await campaign.kill(program)
    before = campaign.rows()

    await completes(campaign)

    assert campaign.rows() == before


async def completes(campaign: Campaign) -> None:
    """The next process brings it to its end, and the books are right."""
    async with campaign.running() as program:
        await program.says(READY)
        await campaign.finished()
        assert await program.end() == 0
    campaign.check()
    assert campaign.rows()[BLOCKED] in {"failed", "unknown"}
