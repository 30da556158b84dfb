"""Mends spelling against the words the content itself uses; there is no dictionary."""

from collections import defaultdict
from collections.abc import Mapping

from rapidfuzz import process
from rapidfuzz.distance import OSA

_SHORTEST = 4
_REACH = 2  # wrong letters in a long word
_FAR_COMMONER = 3


class Repair:
    """Knows a vocabulary, and which of its words a misspelt one most likely meant."""

    def __init__(
        self, vocabulary: Mapping[str, int], *, far_from: int = 7, is_certain: bool = True
    ) -> None:
        self._frequency = vocabulary
        self._is_certain = is_certain  # otherwise the first of equally near words is taken
        self._words = frozenset(word for word in vocabulary if len(word) >= _SHORTEST)
        self._far_from = far_from  # from this length on two letters may be wrong
        self._by_start: dict[tuple[str, int], list[str]] = defaultdict(list)
        self._by_length: dict[int, list[str]] = defaultdict(list)
        for word in sorted(self._words):
            self._by_start[word[0], len(word)].append(word)
            self._by_length[len(word)].append(word)

    def _reach(self, length: int) -> int:
        return _REACH if length >= self._far_from else 1

    def __call__(self, word: str) -> str | None:
        """The nearest word, or None when none is near or it is open which."""
        if len(word) < _SHORTEST or not word.isalpha():
            return None
        reach = self._reach(len(word))
        near = process.extract(
            word, self._candidates(word), scorer=OSA.distance, score_cutoff=reach, limit=None
        )
        likely = sorted(
            (distance, mended) for mended, distance, _ in near if _ends(word, mended, distance)
        )
        return self._chosen([mended for distance, mended in likely if distance == likely[0][0]])

    def _candidates(self, word: str) -> list[str]:
        """What begins alike, differs in its first letter only, or has the first two in disorder."""
        length, reach = len(word), self._reach(len(word))
        near = range(length - reach, length + reach + 1)
        found = [other for size in near for other in self._by_start.get((word[0], size), ())]
        alike = self._by_length.get(length, ())
        found += (other for other in alike if other[1:] == word[1:] and other[0] != word[0])
        begun = [other for other in self._by_length.get(length + 1, ()) if other[1:] == word]
        disordered = (word[1] + word[0] + word[2:], word[1:], *begun)
        first = sorted(word[:2])
        found += (mend for mend in disordered if mend in self._words and sorted(mend[:2]) == first)
        return found

    def _chosen(self, equally_near: list[str]) -> str | None:
        """A far commoner word is what was meant; words of one family are as good as each other."""
        if not equally_near:
            return None
        best, *others = sorted(equally_near, key=lambda word: -self._frequency[word])
        rivals = [word for word in others if word[:_SHORTEST] != best[:_SHORTEST]]
        commonest = max((self._frequency[word] for word in rivals), default=0)
        is_clear = self._frequency[best] >= _FAR_COMMONER * commonest
        return best if is_clear or not self._is_certain else None


def _ends(word: str, mended: str, distance: float) -> bool:
    """Two wrong letters are believed only when the word ends right."""
    return distance < 2 or word.rstrip("s")[-1:] == mended.rstrip("s")[-1:]
