"""What is said, as it is now: texts, and what finds them, change together or not at all."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from bot.content import Content
from bot.services.explainer import Explainer

Texts: TypeAlias = Callable[[], Content]
"""What is current. Ask at the moment of use: who keeps the answer speaks of yesterday's texts."""


@dataclass(frozen=True, slots=True)
class Edition:
    """The content folder as it was read at one moment, and the explainer that was made of it."""

    content: Content
    explainer: Explainer


class Shelf:
    """Holds the edition that is current."""

    def __init__(self, edition: Edition) -> None:
        self._edition = edition

    @property
    def edition(self) -> Edition:
        """Both parts at once, for whoever must not get one old and one new."""
        return self._edition

    @property
    def explainer(self) -> Explainer:
        return self._edition.explainer

    def content(self) -> Content:
        return self._edition.content

    def replace(self, edition: Edition) -> None:
        """From the next question on this one answers; what was begun ends with the old one."""
        self._edition = edition
