"""Questions that mean the same: gathered, counted, the most asked first."""

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.content.folding import fold
from bot.models.questions import Question

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Wording:
    """A way of asking; capitals, accents and points do not tell two apart."""

    text: str
    language: str
    questions: tuple[int, ...]

    @property
    def times(self) -> int:
        return len(self.questions)


@dataclass(frozen=True, slots=True)
class Group:
    """What is answered together. The first wording is the one that most others are like."""

    wordings: tuple[Wording, ...]

    @property
    def lead(self) -> Wording:
        return self.wordings[0]

    @property
    def times(self) -> int:
        return sum(wording.times for wording in self.wordings)

    @property
    def languages(self) -> Sequence[str]:
        """Of its wordings, the most used first."""
        used = Counter[str]()
        for wording in self.wordings:
            used[wording.language] += wording.times
        return [code for code, _ in used.most_common()]

    @property
    def questions(self) -> Sequence[int]:
        return [number for wording in self.wordings for number in wording.questions]

    @property
    def digest(self) -> str:
        """Of exactly these questions: a button means them and no others."""
        whole = hashlib.sha256()
        for wording in sorted(self.wordings, key=lambda one: one.questions):
            whole.update(f"{wording.text}\0{wording.questions}\0".encode())
        return whole.hexdigest()[:12]


def folded(text: str) -> str:
    """What two texts have in common that are the same question."""
    return " ".join(_WORD.findall(fold(text))) or text.strip()


def wordings(questions: Sequence[Question]) -> list[Wording]:
    """Each way of asking once, in the order in which they came."""
    same: dict[str, list[Question]] = defaultdict(list)
    for question in questions:
        same[folded(question.text)].append(question)
    return [
        Wording(
            found[0].text,
            Counter(one.language for one in found).most_common(1)[0][0],
            tuple(one.id for one in found),
        )
        for found in same.values()
    ]


def gathered(found: Sequence[Wording], near: NDArray[np.bool_]) -> list[Group]:
    """Groups around the wordings that most questions are like; the largest first.

    `near` says for every two of them whether they are alike. The same questions make the same
    groups.
    """
    groups = [Group(tuple(found[at] for at in members)) for members in _members(found, near)]
    return sorted(groups, key=lambda group: (-group.times, min(group.questions)))


def _members(found: Sequence[Wording], near: NDArray[np.bool_]) -> Iterator[list[int]]:
    times = np.array([wording.times for wording in found], dtype=np.float32)
    drawn = np.array([times[row].sum() for row in near])
    is_free = np.ones(len(found), dtype=np.bool_)
    for lead in np.argsort(-drawn, kind="stable"):
        if is_free[lead]:
            is_free[lead] = False
            others = np.flatnonzero(near[lead] & is_free)
            is_free[others] = False
            yield [int(lead), *others[np.argsort(-times[others], kind="stable")].tolist()]
