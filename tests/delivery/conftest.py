import pytest


@pytest.fixture(autouse=True)
def _durations(monkeypatch: pytest.MonkeyPatch) -> None:
    """PTB warns about seconds as numbers until one has chosen timedeltas."""
    monkeypatch.setenv("PTB_TIMEDELTA", "true")
