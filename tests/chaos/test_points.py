"""One send to a thousand people, in which the process is killed twenty-five times anywhere.

A run says its CHAOS_SEED, which repeats it as far as two processes can be repeated.
"""

import asyncio
import os
from collections.abc import Callable
from random import Random

import pytest

from tests.chaos.campaign import Campaign
from tests.process import listening

PEOPLE, KILLS, WORKERS = 1_000, 25, 16
FAST = "tests.chaos.fast"
FURTHEST = 22  # messages between two kills; what is on the wire then comes on top

pytestmark = pytest.mark.chaos


@pytest.mark.parametrize("campaign", [PEOPLE], indirect=True)
async def test_killed_at_any_point_a_send_reaches_everybody_once_at_most(
    campaign: Campaign, record_property: Callable[[str, object], None]
) -> None:
    random, received = Random(os.environ["CHAOS_SEED"]), campaign.world.crowd.received
    await campaign.prepare()
    for _ in range(KILLS):
        point = received.total() + random.randint(1, FURTHEST)
        with listening(campaign.world) as called:
            async with campaign.running(FAST) as program:
                while received.total() < point:
                    await called("sendMessage")
                await asyncio.sleep(random.uniform(0, 0.02))
                await campaign.kill(program)
    async with campaign.running(FAST) as program:
        await campaign.finished()
        await program.end()

    states, had = campaign.states(), campaign.received().total()
    record_property(f"{KILLS} kills, {campaign.at_kills} rows on the wire", dict(states))
    campaign.check()
    assert states["sent"] + states["skipped"] + states["failed"] + states["unknown"] == PEOPLE
    assert states["unknown"] == campaign.at_kills <= KILLS * WORKERS
    assert states["sent"] <= had <= states["sent"] + states["unknown"]
    people = set(campaign.people)
    answers = {call.status for call in campaign.world.calls if call.chat_id in people}
    assert answers == {200, 403}  # never too fast, that is
