"""Mends the spelling of a hand in fear: one slip in a word, toward the words of the rules.

What is mended here can raise an alarm, so only such slips are believed as fingers make: letters
in disorder, one missing, doubled, too many or wrong, and a space forgotten.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

_SHORTEST = 4  # letters of a word in which a slip is recognised; below it only little words are
_SURER = 5  # letters from which one may be missing, too many or wrong
_SURER_IN_ARABIC = 6  # its words are short and near to each other
_HALF = 2  # letters at least on either side of a forgotten space
_ALIKE = tuple(map(frozenset, ("بتثني", "جحخ", "دذ", "رز", "سش", "صض", "طظ", "عغ", "فق")))
_DISORDER, _NUMBER, _WRONG = 1, 2, 3  # the likelier slip comes first

Near = Mapping[str, Sequence[str]]


class Slips:
    """Knows the words of one language's rules; of equally near `little` ones the first is meant."""

    def __init__(
        self, words: Iterable[str], little: Sequence[str], brief: Iterable[str] = ()
    ) -> None:
        """`brief` are words that may stand beside a longer one where a space was forgotten."""
        long = sorted(word for word in words if len(word) >= _SHORTEST)
        self._near, self._near_little = _by_rest(long), _by_rest(little)
        self._little = tuple(little)
        self._long, self._whole = frozenset(long), frozenset([*little, *long, *brief])

    def __call__(self, word: str) -> str | None:
        """What a word that nobody knows was most likely meant to be; None when nothing is near."""
        if len(word) < _SHORTEST:
            return self._meant_little(word)
        ranked = [(_slip(word, near), near) for near in _likely(word, self._near)]
        meant = min(((slip, near) for slip, near in ranked if slip), default=None)
        if meant:
            return meant[1]
        return self._meant_little(word) if len(word) == _SHORTEST else self._parted(word)

    def _meant_little(self, word: str) -> str | None:
        likely = _likely(word, self._near_little)
        near = [little for little in likely if _is_little_slip(word, little)]
        return min(near, key=self._little.index, default=None)

    def _parted(self, word: str) -> str | None:
        """Two words of the rules between which the space is missing."""
        for cut in range(_HALF, len(word) - _HALF + 1):
            halves = {word[:cut], word[cut:]}
            if halves <= self._whole and not self._long.isdisjoint(halves):
                return f"{word[:cut]} {word[cut:]}"
        return None


def _by_rest(words: Iterable[str]) -> Near:
    """Words by themselves and by what is left of them without one letter."""
    near: dict[str, list[str]] = defaultdict(list)
    for word in words:
        for rest in _rests(word):
            near[rest].append(word)
    return dict(near)


def _rests(word: str) -> set[str]:
    return {word, *(word[:at] + word[at + 1 :] for at in range(len(word)))}


def _likely(word: str, near: Near) -> Iterable[str]:
    """The words that share all but a letter with this one."""
    found = near.keys() & _rests(word)
    return dict.fromkeys(one for rest in sorted(found) for one in near[rest]) if found else ()


def _slip(word: str, meant: str) -> int:
    """The kind of slip that made `word` out of `meant`; 0 when it takes more than one."""
    start = _common(word, meant)
    rest, of_meant = word[start:], meant[start:]
    if len(word) == len(meant):
        if rest[2:] == of_meant[2:] and rest[:2] == of_meant[:2][::-1]:
            return _DISORDER
        return _wrong(rest, of_meant, meant) if rest[1:] == of_meant[1:] else 0
    longer, shorter = (rest, of_meant) if len(word) > len(meant) else (of_meant, rest)
    if longer[1:] != shorter:
        return 0
    if start and longer[0] == (word if longer is rest else meant)[start - 1]:
        return _DISORDER  # one letter twice, or a double one once
    return _number(start, len(shorter), meant)


def _is_little_slip(word: str, meant: str) -> bool:
    """Of two letters none may be wrong: nothing would be left to know the word by."""
    start = _common(word, meant)
    rest, of_meant = word[start:], meant[start:]
    if len(word) == len(meant):
        is_wrong = rest[1:] == of_meant[1:] and len(meant) > _HALF
        return is_wrong or rest == of_meant[:2][::-1] + of_meant[2:]
    return rest[1:] == of_meant or rest == of_meant[1:]


def _common(one: str, other: str) -> int:
    pairs = zip(one, other, strict=False)
    return next((at for at, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))


def _wrong(rest: str, of_meant: str, meant: str) -> int:
    if _is_arabic(meant):
        looks_alike = any({rest[0], of_meant[0]} <= letters for letters in _ALIKE)
        return _WRONG if looks_alike and len(meant) >= _SURER else 0
    return _WRONG if len(meant) >= _SURER else 0


def _number(start: int, left: int, meant: str) -> int:
    """In Arabic a letter more or less at either end is grammar."""
    if _is_arabic(meant):
        return _NUMBER if start and left and len(meant) >= _SURER_IN_ARABIC else 0
    return _NUMBER if len(meant) >= _SURER else 0


def _is_arabic(word: str) -> bool:
    return "\u0620" <= word[0] <= "\u064a"
