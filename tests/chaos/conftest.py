"""A playground with a crowd, and an alert for it on a database of the test's own."""

import os
from collections.abc import AsyncIterator
from pathlib import Path
from random import Random
from zlib import crc32

import pytest

from playground.server import serve
from playground.world import World
from tests.chaos.campaign import Campaign, Tell
from tests.chaos.fast import RATE

SEED = "CHAOS_SEED"
PEOPLE = 1_000
HEADS = ("wait", "wire", "sent", "skipped", "failed", "unknown", "delivered", "resumed")


def pytest_configure() -> None:
    """One seed for all processes of a run."""
    os.environ.setdefault(SEED, str(Random().randrange(2**32)))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What became of everybody at each kill and at each end, and the seed."""
    reports = [*terminalreporter.getreports("passed"), *terminalreporter.getreports("failed")]
    lines = [line for one in reports for name, line in one.user_properties if name == "chaos"]
    if not lines:
        return
    width = max(len(name) for name, *_ in lines)
    terminalreporter.write_line("")
    for name, *numbers in [("", *HEADS), *sorted(lines)]:
        cells = (f"{number:>{len(head)}}" for number, head in zip(numbers, HEADS, strict=True))
        terminalreporter.write_line(f"{name:<{width}}  {'  '.join(cells)}")
    terminalreporter.write_line(f"{SEED}={os.environ[SEED]}")


@pytest.fixture
def seed(request: pytest.FixtureRequest) -> int:
    """Another one for each test."""
    return crc32(f"{os.environ[SEED]} {request.node.name}".encode())


@pytest.fixture
async def campaign(
    request: pytest.FixtureRequest, tmp_path: Path, seed: int, record_property: Tell
) -> AsyncIterator[Campaign]:
    """For a thousand people, or as many as the test's parameter says; some have blocked the bot.

    Telegram's limits are as they are, but that of all messages, which is raised.
    """
    size = getattr(request, "param", PEOPLE)
    world = World(rate=RATE, private_burst=3, crowd=size, crowd_acts=False)
    async with serve(world) as url:
        yield Campaign(world, url, tmp_path, seed, record_property)
