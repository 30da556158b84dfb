"""Makes an edited folder current while the bot runs: all of it, or nothing."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeAlias

from bot.content import Content, ContentError, ContentProblem
from bot.content.texts import Text
from bot.services.content._folder import Folder, Reading
from bot.services.explainer import Explainer
from bot.services.petitions import Petitions
from bot.services.shelf import Edition, Shelf

Make: TypeAlias = Callable[[Content], Explainer]
_UNREVIEWED = (
    "no person has reviewed this (review: pending), and VIGIL_ACCEPT_UNREVIEWED does not allow it."
)


@dataclass(frozen=True, slots=True)
class Reprint:
    """What is different from before, by place; `rules` says the same of what is not a text."""

    new: Sequence[str]
    changed: Sequence[str]
    gone: Sequence[str]
    rules: bool
    gaps: Sequence[ContentProblem] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.new or self.changed or self.gone or self.rules)


class Press:
    """Takes one order at a time: hold `lock` from looking at a file to having it current."""

    def __init__(
        self,
        folder: Folder,
        shelf: Shelf,
        petitions: Petitions,
        make: Make,
        *,
        accept_unreviewed: bool,
    ) -> None:
        self.folder = folder
        self.shelf = shelf
        self.accept_unreviewed = accept_unreviewed
        self.lock = asyncio.Lock()
        self._petitions = petitions
        self._make = make

    async def reload(self) -> Reprint:
        """Read the folder, check it, and let it be current from now on.

        Raises:
            ContentError: It holds faults. What was current stays so.
        """
        async with self.lock:
            return await self.reprint()

    async def reprint(self) -> Reprint:
        """What `reload` does, for whoever holds the lock."""
        reading = await asyncio.to_thread(self.folder.read)
        content = self.sound(reading)
        made = replace(
            _compared(self.shelf.edition.content, content, self.folder.path), gaps=reading.gaps
        )
        if made.is_empty:
            return made
        edition = Edition(content, await asyncio.to_thread(self._make, content))
        await self._petitions.keep_texts(content, lambda: self.shelf.replace(edition))
        return made

    def sound(self, reading: Reading) -> Content:
        """What was read, when it may be shown.

        Raises:
            ContentError: It may not.
        """
        if reading.content is None:
            raise ContentError(list(reading.faults))
        if reading.content.pending and not self.accept_unreviewed:
            raise ContentError(
                [
                    ContentProblem(Path(_place(text.path, self.folder.path)), 0, _UNREVIEWED)
                    for text in reading.content.pending
                ]
            )
        return reading.content


def _compared(old: Content, new: Content, folder: Path) -> Reprint:
    before, after = _texts(old, folder), _texts(new, folder)
    both = before.keys() & after.keys()
    return Reprint(
        new=sorted(after.keys() - before.keys()),
        changed=sorted(place for place in both if before[place] != after[place]),
        gone=sorted(before.keys() - after.keys()),
        rules=_rest(old) != _rest(new),
    )


def _texts(content: Content, folder: Path) -> Mapping[str, Text]:
    return {
        _place(text.path, folder): text
        for language in content.languages.values()
        for text in language.texts
    }


def _rest(content: Content) -> tuple[object, ...]:
    """Everything but the texts and the languages."""
    order = [
        [(subject.slug, subject.title) for subject in language.subjects]
        for language in content.languages.values()
    ]
    asked = [(one.questions, one.follow_ups) for one in content.languages.values()]
    return order, asked, replace(content, languages={})


def _place(path: Path, folder: Path) -> str:
    return path.relative_to(folder).as_posix() if path.is_relative_to(folder) else path.as_posix()
