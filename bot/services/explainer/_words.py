"""Cuts text into words and sentences, and words down to their stems."""

import re
from collections.abc import Iterator
from importlib.resources import files
from itertools import pairwise

import snowballstemmer

from bot.content.folding import fold

_WORD = re.compile(r"[^\W_]+")
_SENTENCE_END = re.compile(r"(?<=[.!?؟…])\s+|\n+")
_ALGORITHMS = {"en": "english", "fr": "french", "es": "spanish", "ar": "arabic"}
_ARTICLE = "ال"
_LONGEST = 12  # sentences of a message that are looked at one by one


def words(text: str) -> list[str]:
    return _WORD.findall(fold(text))


def segments(text: str) -> list[str]:
    """The message; when it has several sentences also each of them, and each two neighbours."""
    sentences = [part.strip() for part in _SENTENCE_END.split(text) if _WORD.search(part)]
    if len(sentences) < 2:
        return [text]
    sentences = sentences[:_LONGEST]
    pairs = [f"{one} {two}" for one, two in pairwise(sentences)]
    return list(dict.fromkeys([text, *sentences, *pairs]))


class Stems:
    """A language's stemmer. Stemming is slow, so each word is done once."""

    def __init__(self, language: str) -> None:
        self._stemmer = snowballstemmer.stemmer(_ALGORITHMS.get(language, "english"))
        self._known: dict[str, str] = {}
        self.function_words = frozenset(self(word) for word in _function_words(language))

    def __call__(self, word: str) -> str:
        stem = self._known.get(word)
        if stem is None:
            bare = word.removeprefix(_ARTICLE) if len(word) > 4 else word
            stem = str(self._stemmer.stemWord(bare))
            if len(self._known) < 50_000:  # people write any number of different words
                self._known[word] = stem
        return stem

    def of(self, text: str) -> Iterator[str]:
        return (self(word) for word in words(text))


def _function_words(language: str) -> list[str]:
    text = files(__package__).joinpath("function_words.txt").read_text("utf-8")
    lines = (line.partition(":") for line in text.splitlines())
    return next((listed.split() for code, _, listed in lines if code == language), [])
