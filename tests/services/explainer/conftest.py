"""The engine on the content as it is: in four languages, and by words alone."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bot.content import Content, load
from bot.services.explainer import Encoder, Explainer, Reply
from bot.services.explainer._confidence import Thresholds, load_calibration
from bot.services.explainer._encoder import Points
from tests.conftest import learned
from tests.process import CACHE_HOME

LANGUAGES = ("en", "fr", "es", "ar")
TODAY = date(2026, 11, 22)


class CountingEncoder(Encoder):
    """Knows how many texts it was given, which is what an answer costs."""

    texts = 0

    def points(self, texts: Sequence[str]) -> Points:
        self.texts += len(texts)
        return super().points(texts)


@pytest.fixture(scope="session")
def counting() -> CountingEncoder:
    return CountingEncoder(CACHE_HOME / "vigil-in-four-languages")


@pytest.fixture(scope="session")
def whole() -> Content:
    return load(Path("content"), LANGUAGES)


@pytest.fixture(scope="session")
def engine(whole: Content, counting: CountingEncoder) -> Explainer:
    return learned(whole, counting)


@pytest.fixture(scope="session")
def by_words(printed: Content) -> Explainer:
    """Without an encoder."""
    return Explainer(printed)


@pytest.fixture(scope="session")
def hesitant(printed: Content, encoder: Encoder) -> Explainer:
    """Never sure enough to answer unless the question is an example, word for word."""
    usual = load_calibration(by_meaning=True)
    thresholds = Thresholds(0.05, 1.0, 1.0, 1.0, 1.0, danger=usual.thresholds.danger)
    return Explainer(printed, replace(usual, thresholds=thresholds), encoder)


def name(reply: Reply) -> str:
    return reply.text.id if reply.text else ""


def outcome(reply: Reply) -> tuple[str, str, str]:
    return reply.kind, reply.language, name(reply)
