"""Which language a message is in, by its script and its words; in doubt none is named."""

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from importlib.resources import files
from itertools import pairwise

from bot.content.folding import fold
from bot.services.explainer._words import function_words

STRANGE = ""  # a language that no text is in

_GRAMMAR, _KNOWN = 2.0, 1.0  # what a word says for a language that has it
_CLEAR = 2.0  # so much more must speak for another language than for the one that was set
_MARK = 4.0  # what a word, or two, says that only a neighbour of our languages has
_SHARE = 0.5  # of a message's letters, which tell its script
_ARABIC = re.compile("[\u0600-\u06ff\u0750-\u077f]")
_PERSIAN_OR_URDU = re.compile("[پچژگکیټڼڕێۆەڤ]")
_SPANISH = re.compile("[¿¡]")
_LATIN = re.compile("[a-zA-Z\u00c0-\u024f\u1e00-\u1eff]")
_WORD = re.compile(r"[^\W\d_]+")
_FOREIGN_LETTER = re.compile("[ãõășțţ]")
_LETTER = re.compile(r"[^\W\d_]")


class Tongues:
    """`known` are the words of each language's texts, as folded as what is asked about."""

    def __init__(self, known: Mapping[str, Collection[str]]) -> None:
        self._known = known
        self._grammar = {code: frozenset(function_words(code)) for code in known}
        ours = frozenset[str]().union(*self._grammar.values(), *known.values())
        self._others = {code: said - ours for code, said in _listed("other_languages.txt")}
        self._neighbours = dict(_listed("neighbours.txt"))

    def hear(self, message: str, words: Sequence[str], language: str) -> str:
        """The code of the message's language; the given one in doubt; `STRANGE` for any other."""
        script = _script(fold(message))
        if script == "arabic":
            if "ar" not in self._known or len(_PERSIAN_OR_URDU.findall(message)) > 1:
                return STRANGE
            return "ar"
        if script == "strange":
            return STRANGE
        if "es" in self._known and _SPANISH.search(message):
            return "es"
        return self._by_words(words, language)

    def is_a_neighbours(self, message: str, words: Sequence[str]) -> bool:
        """Whether it is in a language so near to one of ours that it is taken for it.

        Its accents tell, and its little words; names do not, which stand in any language.
        """
        if _script(fold(message)) != "latin" or _SPANISH.search(message):
            return False
        written = _WORD.findall(unicodedata.normalize("NFC", message))
        foreign = {word for word in written if word.islower() and _FOREIGN_LETTER.search(word)}
        single = [word.lower() for word in written]
        said = {*single, *("_".join(two) for two in pairwise(single))}
        heard = max((said & (marks | foreign) for marks in self._neighbours.values()), key=len)
        others = set(words) - {fold(mark) for mark in heard}
        ours = max((self._points(others, code) for code in self._known if code != "ar"), default=0)
        return len(heard) > 0 and _MARK * len(heard) >= ours

    def _by_words(self, words: Sequence[str], language: str) -> str:
        said = Counter(words)
        points = {code: self._points(said, code) for code in self._known if code != "ar"}
        if not points:
            return STRANGE
        best = max(points, key=lambda code: (points[code], code == language))
        if self._sounds_strange(said, points[best]):
            return STRANGE
        if points[best] >= points.get(language, 0.0) + _CLEAR:
            return best
        return language if language in points else best

    def _points(self, said: Iterable[str], code: str) -> float:
        grammar, known = self._grammar[code], self._known[code]
        return sum(_GRAMMAR if word in grammar else _KNOWN * (word in known) for word in said)

    def _sounds_strange(self, said: Mapping[str, int], ours: float) -> bool:
        heard = max(sum(word in other for word in said) for other in self._others.values())
        return heard > 0 and _GRAMMAR * heard >= ours


def _script(message: str) -> str:
    letters = len(_LETTER.findall(message))
    if not letters:
        return "none"
    if len(_ARABIC.findall(message)) > _SHARE * letters:
        return "arabic"
    return "latin" if len(_LATIN.findall(message)) >= _SHARE * letters else "strange"


def _listed(name: str) -> list[tuple[str, frozenset[str]]]:
    text = files(__package__).joinpath(name).read_text("utf-8")
    lines = (line.partition(":") for line in text.splitlines() if not line.startswith("#"))
    return [(code, frozenset(listed.split())) for code, _, listed in lines]
