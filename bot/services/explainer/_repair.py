"""Mends spelling against the words the content itself uses; there is no dictionary."""

from collections.abc import Mapping

from rapidfuzz import process
from rapidfuzz.distance import OSA

_SHORTEST = 4
_FAR_COMMONER = 3


class Repair:
    """Knows a vocabulary, and which of its words a misspelt one most likely meant."""

    def __init__(
        self, vocabulary: Mapping[str, int], *, far_from: int = 7, is_certain: bool = True
    ) -> None:
        self._frequency = vocabulary
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
        return self._chosen([mended for distance, mended in likely if distance == nearest])

    def _chosen(self, equally_near: list[str]) -> str | None:
        """A far commoner word is what was meant; words of one family are as good as each other."""
        best, *others = sorted(equally_near, key=lambda word: -self._frequency[word])
        rivals = [word for word in others if word[:_SHORTEST] != best[:_SHORTEST]]
        commonest = max((self._frequency[word] for word in rivals), default=0)
        is_clear = self._frequency[best] >= _FAR_COMMONER * commonest
        return best if is_clear or not self._is_certain else None


def _alike(word: str, mended: str, distance: float) -> bool:
    """Two wrong letters are believed only when the word begins and ends right."""
    if distance > 1:
        return word[0] == mended[0] and word.rstrip("s")[-1:] == mended.rstrip("s")[-1:]
    return word[0] == mended[0] or sorted(word[:2]) == sorted(mended[:2]) or word[1:] == mended[1:]
