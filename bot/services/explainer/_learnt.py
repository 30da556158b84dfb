"""What the engine knows of the content: learnt once for each state of it, then read from the cache.

Learning takes half a gigabyte for half a minute. It is done in a process of its own, so that the
bot goes on answering meanwhile, and gets the memory back.
"""

import logging
import os
import pickle
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.content import Content
from bot.content.disclosures import Disclosure
from bot.content.questions import EVERYDAY, NEAR
from bot.services.explainer._cache import fingerprint
from bot.services.explainer._encoder import Encoder, Points
from bot.services.explainer._lexicon import Lexicon, lexicon_of
from bot.services.explainer._meaning import Lessons, Meanings, learn
from bot.services.explainer._postings import Numbers
from bot.services.explainer._rows import Row, content_rows
from bot.services.explainer._wording import Wording, learn_wording
from bot.services.explainer._words import Words, words

ELSEWHERE = (EVERYDAY, NEAR)
log = logging.getLogger(__name__)

_VERSION = "13"  # changes whenever the way of learning does
_PREFIX = "learnt-"
_MEANT, _WORDED = "meant", "worded"  # beside the languages
_DANGER, _ONLY_SOUNDS = -2, -1  # classes after those of the places
_ALL_BUT_SURE = -1e-4  # logarithm of a probability whose odds can be told


@dataclass(frozen=True)
class Material:
    """What is learnt from; `bodies` by language and text."""

    rows: tuple[Row, ...]
    bodies: Mapping[str, Mapping[str, str]]
    disclosures: tuple[Disclosure, ...]

    @property
    def places(self) -> dict[str, int]:
        """A number for each text, and for the two places of what no text answers."""
        names = dict.fromkeys((*(row.owner for row in self.rows), *ELSEWHERE))
        return {name: at for at, name in enumerate(names)}

    @property
    def fingerprint(self) -> str:
        return fingerprint(self._all())

    def _all(self) -> Iterator[str]:
        yield _VERSION
        yield from (f"{r.owner} {r.language} {r.field} {r.words}" for r in self.rows)
        yield from (f"{one.is_one} {one.words}" for one in self.disclosures)
        for code, texts in self.bodies.items():
            yield from (f"{code} {name} {body}" for name, body in texts.items())


@dataclass(frozen=True)
class Learnt:
    """By the numbers of the material's places; `meanings` and `wording` only with an encoder."""

    lexicons: Mapping[str, Lexicon]
    meanings: Meanings | None
    wording: Wording | None

    def told(self, parts: Sequence[Words]) -> Numbers:
        """What the words of each part say of each class: the logarithms of probabilities.

        Classes are the places in their order, then danger, then what only sounds so.
        """
        assert self.wording
        return self.wording.told(parts)

    def loudness(self, told: Numbers, points: Points) -> Numbers:
        """How much parts sound like somebody in danger, by their words and where they lie."""
        assert self.meanings
        sure = np.minimum(told[:, _DANGER], _ALL_BUT_SURE)
        return self.meanings.loudness(points, sure - np.log1p(-np.exp(sure)))

    def arrays(self) -> dict[str, NDArray[Any]]:
        assert self.meanings
        assert self.wording
        named = {code: lexicon.arrays() for code, lexicon in self.lexicons.items()}
        named |= {_MEANT: self.meanings.arrays(), _WORDED: self.wording._asdict()}
        return {
            f"{part}/{name}": array
            for part, arrays in named.items()
            for name, array in arrays.items()
        }

    @classmethod
    def of_arrays(cls, arrays: Mapping[str, NDArray[Any]]) -> "Learnt":
        parted: dict[str, dict[str, NDArray[Any]]] = {}
        for name, array in arrays.items():
            part, _, field = name.partition("/")
            parted.setdefault(part, {})[field] = array
        meanings = Meanings.of_arrays(parted.pop(_MEANT))
        wording = Wording(**parted.pop(_WORDED))
        lexicons = {code: Lexicon.of_arrays(part) for code, part in parted.items()}
        return cls(lexicons, meanings, wording)


def material(content: Content) -> Material:
    bodies = {
        code: {name: text.body for name, text in language.by_owner.items()}
        for code, language in content.languages.items()
    }
    return Material(content_rows(content), bodies, content.disclosures)


def recall(known: Material, encoder: Encoder | None) -> Learnt:
    """From the cache, else learnt now; without an encoder there is nothing worth keeping."""
    if encoder is None:
        return study(known, None)
    name = _PREFIX + known.fingerprint
    kept = encoder.cache.kept(name)
    if kept is None:
        log.info("Learning what the texts mean: once for each state of them, about half a minute.")
    if kept is None and _study_apart(known, encoder.cache.folder):
        kept = encoder.cache.kept(name)
    return Learnt.of_arrays(kept) if kept else study(known, encoder)


def _study_apart(known: Material, folder: Path) -> bool:
    """In another process; whether that could be done.

    Not by multiprocessing, whose own helper process would stay as long as we run.
    """
    command = f"from {__name__} import study_and_keep; study_and_keep()"
    try:
        done = subprocess.run(
            [sys.executable, "-c", command],
            input=pickle.dumps((known, folder)),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
            check=False,
        )
    except OSError:
        return False
    return done.returncode == 0


def study_and_keep() -> None:
    """What `_study_apart` begins: the material comes on standard input."""
    known, folder = pickle.load(sys.stdin.buffer)  # noqa: S301 - from our own parent
    encoder = Encoder(folder)
    learnt = study(known, encoder)
    encoder.cache.keep(_PREFIX + known.fingerprint, learnt.arrays())
    encoder.cache.forget_old(_PREFIX)


def study(known: Material, encoder: Encoder | None) -> Learnt:
    places = known.places
    aside = {at for name, at in places.items() if name.startswith("not_covered/")}
    aside |= {places[name] for name in ELSEWHERE}
    lexicons = {
        code: lexicon_of(
            [row for row in known.rows if row.language == code],
            texts,
            places,
            aside,
            code,
            by_letters=encoder is None,
        )
        for code, texts in known.bodies.items()
    }
    if encoder is None:
        return Learnt(lexicons, None, None)
    return Learnt(lexicons, _meanings(known, places, encoder), _wording(known, places))


def _wording(known: Material, places: Mapping[str, int]) -> Wording:
    texts = [*(row.words for row in known.rows), *(one.words for one in known.disclosures)]
    number = len(places) + 2
    classes = [places[row.owner] for row in known.rows]
    classes += [number + (_DANGER if one.is_one else _ONLY_SOUNDS) for one in known.disclosures]
    messages = [tuple(words(text)) for text in texts]
    return learn_wording(messages, np.array(classes, np.int64), number)


def _meanings(known: Material, places: Mapping[str, int], encoder: Encoder) -> Meanings:
    asked = [said(row.words) for row in known.rows]
    told = [said(one.words) for one in known.disclosures]
    points = encoder.content_points([*asked, *told])
    return learn(
        Lessons(
            rows=points[: len(asked)],
            owners=np.array([places[row.owner] for row in known.rows], np.int64),
            are_asked=np.array([row.field != "synonym" for row in known.rows]),
            places=len(places),
            told=points[len(asked) :],
            are_ones=np.array([one.is_one for one in known.disclosures], np.bool_),
        )
    )


def said(message: str) -> str:
    """As a part of a message is compared; what holds no words stays as it is."""
    return " ".join(words(message)) or message


def asked_rows(rows: Sequence[Row], places: Mapping[str, int]) -> list[Row]:
    """Those that somebody could ask, in the order of `Meanings.rows`."""
    asked = (row for row in rows if row.field != "synonym")
    return sorted(asked, key=lambda row: places[row.owner])
