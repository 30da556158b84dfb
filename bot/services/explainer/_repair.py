"""Mends spelling against the words the content itself uses; there is no dictionary."""

from collections.abc import Iterable

from rapidfuzz import process
from rapidfuzz.distance import OSA

_SHORTEST = 4


class Repair:
    """Knows a vocabulary, and which of its words a misspelt one most likely meant."""

    def __init__(
        self, vocabulary: Iterable[str], *, far_from: int = 7, is_certain: bool = True
    ) -> None:
        self._is_certain = is_certain  # otherwise the first of equally near words is taken
        self._words = sorted({word for word in vocabulary if len(word) >= _SHORTEST})
        self._far_from = far_from  # from this length on two letters may be wrong

    def __call__(self, word: str) -> str | None:
        """The nearest word, or None when none is near or it is open which."""
        if len(word) < _SHORTEST or not word.isalpha():
            return None
        reach = 2 if len(word) >= self._far_from else 1
        near = process.extract(word, self._words, scorer=OSA.distance, score_cutoff=reach, limit=8)
        likely = [
            (distance, mended) for mended, distance, _ in near if _alike(word, mended, distance)
        ]
        if not likely:
            return None
        nearest = min(distance for distance, _ in likely)
        best = [mended for distance, mended in likely if distance == nearest]
        certain = len(best) == 1 or not self._is_certain or _one_family(best)
        return best[0] if certain else None


def _alike(word: str, mended: str, distance: float) -> bool:
    """Two wrong letters are believed only when the word begins and ends right."""
    if distance > 1:
        return word[0] == mended[0] and word[-1] == mended[-1]
    return word[0] == mended[0] or sorted(word[:2]) == sorted(mended[:2]) or word[1:] == mended[1:]


def _one_family(candidates: list[str]) -> bool:
    """Whether it hardly matters which was meant: tortured and tortures have one stem."""
    shortest = min(map(len, candidates))
    return len({word[: max(_SHORTEST, shortest - 2)] for word in candidates}) == 1
