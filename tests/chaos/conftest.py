"""A playground with a crowd, and an alert for it on a database of the test's own."""

import os
from collections.abc import AsyncIterator
from pathlib import Path
from random import Random

import pytest

from playground.server import serve
from playground.world import World
from tests.chaos.campaign import Campaign
from tests.chaos.fast import RATE

SEED = "CHAOS_SEED"


def pytest_configure() -> None:
    """One seed for all processes of a run."""
    os.environ.setdefault(SEED, str(Random().randrange(2**32)))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say the seed, and what the tests have to say beside passing."""
    told = [said for one in terminalreporter.getreports("passed") for said in one.user_properties]
    if told:
        terminalreporter.write_line(f"{SEED}={os.environ[SEED]}")
    for name, value in told:
        terminalreporter.write_line(f"{name}: {value}")


@pytest.fixture
async def campaign(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Campaign]:
    """For 60 people, or as many as the test's parameter says; some have blocked the bot."""
    size = getattr(request, "param", 60)
    world = World(rate=RATE, group_rate=RATE, crowd=size, crowd_acts=False)
    async with serve(world) as url:
        yield Campaign(world, url, tmp_path)
