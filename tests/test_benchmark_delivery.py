"""Each part of the delivery benchmark runs, with few messages, and tells what it found."""

import pytest

from benchmarks.delivery import limits, million, throughput
from benchmarks.delivery._senders import VIGIL
from benchmarks.delivery._stub import Rules, serving

Capture = pytest.CaptureFixture[str]


def test_every_client_that_is_installed_gets_its_answers() -> None:
    ways, _ = throughput.ways()
    with serving(Rules()) as stub:
        costs = {
            way: [throughput.measure(stub.url, way, flight=4, number=8)]
            for way in ways
            if not way.as_program  # whose settings of the collector would stay with the tests
        }
    told = "\n".join(throughput.rows(costs, flight=4))
    assert all(f"\n  {way.client} " in told for way in costs)


async def test_a_limit_is_kept_and_used() -> None:
    with serving(Rules(30)) as stub:
        run = await limits.measure(stub, VIGIL, limits.Length(30, 5))
    assert run.refused == 0
    assert run.used > 0.5
    assert run.waits


def test_people_are_written_to_across_a_kill_and_the_ledger_adds_up(capsys: Capture) -> None:
    million.run(million.Size(people=6_000, few=50, seconds=1, idle=0.5, fillings=1))
    told = capsys.readouterr().out
    assert "together 6,000" in told
    assert "none more than 1 time(s); 0 429s" in told
    assert "; 0 not at all" in told
