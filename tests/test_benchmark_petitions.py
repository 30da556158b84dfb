"""Each part of the petitions' benchmark runs, with few people, and tells what it found."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.petitions import card, signing
from benchmarks.petitions._programs import Folder
from benchmarks.petitions._server import Server, serving
from tests.process import CACHE_HOME

FEW = signing.Size(per_second=30, seconds=1, audience=40)


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    monkeypatch.setenv("XDG_CACHE_HOME", str(CACHE_HOME))  # what texts mean takes long to compute
    with serving() as started:
        yield started


def test_who_signs_beside_a_send_is_counted_and_told_the_number(
    server: Server, tmp_path: Path
) -> None:
    ours = signing.of_vigil(Folder(tmp_path / "ours"), server, FEW)
    usual = signing.of_naive(Folder(tmp_path / "usual"), server, FEW)
    assert (ours.lost, ours.twice, ours.locked, ours.errors) == (0, 0, 0, 0)
    assert len(ours.heard.waits) == len(usual.heard.waits) == 30


def test_cards_are_opened_and_what_is_behind_them_is_proven(
    server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    card.run(card.Size(few=2, many=30, taps=6))
    told = capsys.readouterr().out
    assert "\nVigil " in told
    assert "\nnaive " in told
    assert "db verify, 30 links: proven in " in told
