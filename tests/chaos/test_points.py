"""Five sends to a thousand people each, in which the process is killed ten times anywhere.

A run says its CHAOS_SEED, which repeats it as far as two processes can be repeated.
"""

import asyncio
from random import Random

import pytest

from bot.models import DeliveryState
from tests.chaos.campaign import Campaign

SENDS, KILLS = 5, 10

pytestmark = pytest.mark.chaos


@pytest.mark.parametrize("number", range(1, SENDS + 1))
async def test_killed_at_any_point_a_send_reaches_everybody_once_at_most(
    campaign: Campaign, seed: int, number: int
) -> None:
    random, asked = Random(seed), 0
    await campaign.prepare()
    for left in range(KILLS, 0, -1):
        # The points that are left lie anywhere among the messages that are left.
        asked += int(campaign.states()[DeliveryState.PENDING] * random.betavariate(1, left))
        async with campaign.running() as program:
            await campaign.calls(asked)
            await asyncio.sleep(random.uniform(0, 0.05))
            await campaign.kill(program)
        campaign.check_meanwhile()
        campaign.tell(f"points, send {number}: killed {KILLS - left + 1:2}")
        asked = max(asked, campaign.asked)
    await campaign.completes()
    campaign.check_pace()
    campaign.tell(f"points, send {number}: the end")
