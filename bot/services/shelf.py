"""What is said, as it is now: texts, and what finds them, change together or not at all."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any, Literal, TypeAlias

from bot.content import Case, Content, Petition
from bot.services.explainer import Explainer

Texts: TypeAlias = Callable[[], Content]
"""What is current. Ask at the moment of use: who keeps the answer speaks of yesterday's texts."""
Kind: TypeAlias = Literal["petitions", "cases"]
Layer: TypeAlias = Mapping[str, Mapping[str, Petition]] | Mapping[str, Mapping[str, Case]]
"""Texts by language and slug that were made in the chat."""


@dataclass(frozen=True, slots=True)
class Edition:
    """The content folder as it was read at one moment, and the explainer that was made of it."""

    content: Content
    explainer: Explainer


class Shelf:
    """Holds the edition that is current, and over it what was made in the chat."""

    def __init__(self, edition: Edition) -> None:
        self._edition = edition
        self._layers: dict[Kind, Layer] = {}
        self._content = edition.content

    @property
    def edition(self) -> Edition:
        """Both parts at once, for whoever must not get one old and one new; files alone."""
        return self._edition

    @property
    def explainer(self) -> Explainer:
        return self._edition.explainer

    def content(self) -> Content:
        """Files, and what was made in the chat, which goes before a file of the same name."""
        return self._content

    def replace(self, edition: Edition) -> None:
        """From the next question on this one answers; what was begun ends with the old one."""
        self._edition = edition
        self._content = self._laid()

    def lay(self, kind: Kind, texts: Layer) -> None:
        """Let these be all the texts of their kind that were made in the chat."""
        self._layers[kind] = texts
        self._content = self._laid()

    def _laid(self) -> Content:
        content = self._edition.content
        for kind, texts in self._layers.items():
            content = laid_over(content, kind, texts)
        return content


def laid_over(content: Content, kind: Kind, texts: Layer) -> Content:
    """The content with these texts in it."""
    languages = {}
    for code, language in content.languages.items():
        both: dict[str, Any] = {kind: {**getattr(language, kind), **texts.get(code, {})}}
        languages[code] = replace(language, **both)
    return replace(content, languages=MappingProxyType(languages))
