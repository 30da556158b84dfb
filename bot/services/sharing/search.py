"""Finds petitions by words, while they are being typed."""

import re
from collections.abc import Iterable, Iterator

from bot.content import Petition
from bot.content.folding import fold
from bot.models import Standing

_WORD = re.compile(r"\w+")
Open = tuple[Petition, Standing]


def found(words: str, petitions: Iterable[Open]) -> Iterator[Open]:
    """Those in whose title, addressee or name each of the words begins one; all, without words."""
    wanted = _WORD.findall(fold(words))
    return (one for one in petitions if all(_begins(word, one[0]) for word in wanted))


def _begins(word: str, petition: Petition) -> bool:
    told = fold(f"{petition.title} {petition.addressee} {petition.slug} {petition.id}")
    return any(one.startswith(word) for one in _WORD.findall(told))
