"""Cuts text into words and sentences, and words down to their stems."""

import re
from collections.abc import Iterator
from importlib.resources import files
from itertools import chain, groupby, pairwise
from threading import Lock

from Stemmer import Stemmer

from bot.content.folding import fold

# French: l’avocat is two words. English has none before its apostrophes that look so.
_ELISION = re.compile(r"\b(l|d|j|c|n|m|t|s|qu|jusqu|lorsqu|puisqu|quelqu)['’](?=\w)", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+")
_SENTENCE_END = re.compile(r"(?<=[.!?؟…])\s+|\n+")
_NOTHING_KEPT = 0  # of what was stemmed; by default it would keep ten thousand words of people
_ALGORITHMS = {"en": "english", "fr": "french", "es": "spanish", "ar": "arabic"}
_ARTICLE = "ال"
_SENTENCES = 8  # of a message are looked at one by one
_PIECES = 15  # of what is left; with the sentences and the whole, 24 are encoded for a message
_SENTENCE, _WHOLE = 40, 120  # words of a sentence and of the message that are looked at together
_LETTERS = 40  # of a word; no longer one is any
_BLESSINGS = {0xFDFA: " ", 0xFDFB: " "}  # single characters that unfold to a whole sentence

Words = tuple[str, ...]


def plain(message: str) -> str:
    """The message without what would make it many times as long once it is folded."""
    return message.translate(_BLESSINGS)


def words(text: str) -> list[str]:
    return _WORD.findall(fold(_ELISION.sub(r"\1 ", text)))


def parts(message: str) -> list[Words]:
    """The message; when it has several sentences also each of them, and each two neighbours.

    Of a long message the sentences that ask are looked at, then those at both ends.
    """
    sentences = list(_sentences(message))
    telling = _telling(sentences)
    spoken = list(dict.fromkeys(sentences[at][0] for at in telling))
    if len(spoken) < 2:
        return spoken
    whole = tuple(word for said in spoken for word in said)[:_WHOLE]
    beside = pairwise(spoken) if len(telling) == len(sentences) else ()
    pairs = [(*one, *two) for one, two in beside if len(one) + len(two) <= _SENTENCE]
    return list(dict.fromkeys([whole, *spoken, *pairs]))


def remainder(message: str) -> list[Words]:
    """What `parts` leaves out of a long message, from its beginning to its end in few pieces."""
    sentences = list(_sentences(message))
    telling = set(_telling(sentences))
    others = (said for at, (said, _) in enumerate(sentences) if at not in telling)
    left = list(dict.fromkeys(others))
    few = min(len(left), _PIECES)
    cuts = [at * len(left) // few for at in range(few + 1)] if few else []
    return [tuple(chain.from_iterable(left[start:end])) for start, end in pairwise(cuts)]


def _telling(sentences: list[tuple[Words, bool]]) -> list[int]:
    """The numbers of those that are looked at one by one."""
    ranked = sorted(range(len(sentences)), key=lambda at: _rank(at, sentences))
    return sorted(ranked[:_SENTENCES])


def _sentences(message: str) -> Iterator[tuple[Words, bool]]:
    """Each with whether it asks; a long one in pieces."""
    for sentence in _SENTENCE_END.split(message):
        asks = sentence.rstrip().endswith(("?", "؟"))
        spoken = (word for word, _ in groupby(words(sentence)))  # “no no no” is “no”
        said = [word for word in spoken if len(word) <= _LETTERS]
        for start in range(0, len(said), _SENTENCE):
            yield tuple(said[start : start + _SENTENCE]), asks


def _rank(at: int, sentences: list[tuple[Words, bool]]) -> tuple[bool, int]:
    return not sentences[at][1], min(at, len(sentences) - 1 - at)


class Stems:
    """A language's stemmer, for several threads at once.

    The words of the content are remembered. What people write is not.
    """

    def __init__(self, language: str, known: dict[str, str] | None = None) -> None:
        self._stemmer = Stemmer(_ALGORITHMS.get(language, "english"), _NOTHING_KEPT)
        self._stemming = Lock()  # the stemmer keeps its place in itself
        self._known = known if known is not None else {}
        self.function_words = frozenset(map(self._stem, function_words(language)))

    def __call__(self, word: str) -> str:
        return self._known.get(word) or self._stem(word)

    def remembered(self, word: str) -> str:
        """That of a word of the content."""
        stem = self._known.get(word)
        if stem is None:
            stem = self._known[word] = self._stem(word)
        return stem

    def _stem(self, word: str) -> str:
        bare = word.removeprefix(_ARTICLE) if len(word) > 4 else word
        with self._stemming:
            return str(self._stemmer.stemWord(bare))


def function_words(language: str) -> list[str]:
    text = files(__package__).joinpath("function_words.txt").read_text("utf-8")
    lines = (line.partition(":") for line in text.splitlines())
    return next((listed.split() for code, _, listed in lines if code == language), [])
