"""What the words of a message and their letters tell, learnt from all examples at once.

Each word, each two neighbours and each group of letters in a message speaks for or against each
class: softmax regression, by Adagrad. A class is a text, a place of what no text answers, messages
of somebody in danger, or messages that only sound so.
"""

import zlib
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from bot.services.explainer._grams import grams
from bot.services.explainer._postings import Numbers, Whole
from bot.services.explainer._words import Words

Buckets: TypeAlias = NDArray[np.int32]

_BUCKETS = 1 << 16  # of groups of letters, and as many of words; a few share one
_ROUNDS, _BATCH, _SEED = 3, 256, 20141010
_PACE, _SLOWEST, _CALM = 2.0, 0.1, 0.04  # Adagrad's step, its last share, and what it begins with
_FINEST = 127  # of the steps in which a weight is kept, in one byte
_NOTHING = np.empty(0, np.int32)
_LEAST = -10.0  # logarithm of a probability; below it there is nothing to tell apart


class Wording(NamedTuple):
    """A weight of each bucket for each class, in `steps` of the class."""

    weights: NDArray[np.int8]
    steps: Numbers

    def told(self, messages: Sequence[Words]) -> Numbers:
        """For each message the logarithm of the probability of each class, down to -10."""
        held, sums = _marks(messages), np.empty((len(messages), len(self.steps)), np.float32)
        for at in range(len(messages)):
            sums[at] = self._sum(held, at)
        return np.maximum(_log_softmax(sums * self.steps), _LEAST)

    def _sum(self, held: "_Marks", at: int) -> Numbers:
        span = slice(held.starts[at], held.starts[at + 1])
        found: Numbers = held.weights[span] @ self.weights[held.buckets[span]].astype(np.float32)
        return found


class _Marks(NamedTuple):
    """What several messages hold; that of message `n` stands from `starts[n]` on."""

    buckets: Buckets
    weights: Numbers  # those of letters and those of words are each of length 1
    starts: Whole


def learn_wording(messages: Sequence[Words], classes: Whole, number: int) -> Wording:
    """From messages with their classes, of which there are so many."""
    held = _marks(messages)
    weights = np.zeros((2 * _BUCKETS, number), np.float32)
    moved = np.full(2 * _BUCKETS, _CALM, np.float32)
    for pace, batch in _batches(len(messages)):
        buckets, amounts = _dense(held, batch)
        errors = np.exp(_log_softmax(amounts @ weights[buckets]))
        errors[np.arange(len(batch)), classes[batch]] -= 1
        slope = amounts.T @ errors
        moved[buckets] += np.square(slope).sum(axis=1)
        weights[buckets] -= pace * slope / np.sqrt(moved[buckets])[:, np.newaxis]
    furthest = np.maximum(weights.max(axis=0), -weights.min(axis=0))
    steps: Numbers = np.maximum(furthest, np.float32(1e-6)) / np.float32(_FINEST)
    weights /= steps  # where it lies: with all languages it is sixty megabytes
    return Wording(np.rint(weights, out=weights).astype(np.int8), steps)


def _batches(messages: int) -> Iterator[tuple[float, Whole]]:
    """Numbers of messages that are learnt from together, each with the length of the step."""
    chance, few = np.random.default_rng(_SEED), -(-messages // _BATCH)
    for step in range(_ROUNDS * few):
        if step % few == 0:
            batches = np.array_split(chance.permutation(messages), few)
        slowed = 1 - (1 - _SLOWEST) * step / (_ROUNDS * few)
        yield _PACE * slowed, batches[step % few]


def _dense(held: _Marks, batch: Whole) -> tuple[Buckets, Numbers]:
    """The buckets that any of the messages holds, and how much of them each does."""
    spans = [slice(held.starts[at], held.starts[at + 1]) for at in batch]
    rows = np.repeat(np.arange(len(batch)), [span.stop - span.start for span in spans])
    buckets, columns = np.unique(
        np.concatenate([held.buckets[span] for span in spans]), return_inverse=True
    )
    amounts = np.zeros((len(batch), len(buckets)), np.float32)
    amounts[rows, columns] = np.concatenate([held.weights[span] for span in spans])
    return buckets, amounts


def _marks(messages: Sequence[Words]) -> _Marks:
    spoken = dict.fromkeys(word for said in messages for word in said)
    letters = {word: np.fromiter(grams(word), np.int32) % _BUCKETS for word in spoken}
    found = [_mark(said, letters) for said in messages]
    return _Marks(
        np.concatenate([_NOTHING, *(buckets for buckets, _ in found)]),
        np.concatenate([_NOTHING.astype(np.float32), *(weights for _, weights in found)]),
        np.cumsum([0, *(len(buckets) for buckets, _ in found)]),
    )


def _mark(said: Words, letters: Mapping[str, Buckets]) -> tuple[Buckets, Numbers]:
    phrases = (*said, *(f"{one} {two}" for one, two in pairwise(said)))
    whole = (_BUCKETS + zlib.crc32(phrase.encode()) % _BUCKETS for phrase in phrases)
    lettered = np.concatenate([_NOTHING, *(letters[word] for word in said)])
    (some, those), (others, these) = _counted(lettered), _counted(np.fromiter(whole, np.int32))
    return np.concatenate([some, others]), np.concatenate([those, these])


def _counted(buckets: Buckets) -> tuple[Buckets, Numbers]:
    unique, counts = np.unique(buckets, return_counts=True)
    return unique, (counts / (np.linalg.norm(counts) or 1)).astype(np.float32)


def _log_softmax(scores: Numbers) -> Numbers:
    standing = scores - scores.max(axis=1, keepdims=True)
    found: Numbers = standing - np.log(np.exp(standing).sum(axis=1, keepdims=True))
    return found
