"""What a message may cost: bounded work, and nothing that stays."""

import gc
import random
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from types import FrameType

import pytest

from bot.services.explainer import Explainer
from tests.services.explainer.conftest import TODAY, CountingEncoder

MOST_PARTS = 24
MOST_CALLS = 400_000
CONTAINERS = {dict, list, set, tuple, frozenset}


def unknown_words(letters: int) -> str:
    """Words that differ from each other and from the content's, as many as a message holds."""
    chance = random.Random(letters)
    return " ".join(
        "".join(chance.choice("bcdfghjklmnpqrstvwxz") for _ in range(letters))
        for _ in range(4096 // (letters + 1))
    )


LONG = {
    "unfolding": "a " + "ﷺ" * 4094,
    "lines": "a\n" * 2048,
    "words": unknown_words(4),
    "long words": unknown_words(12),
    "questions": "Is torture legal? " * 227,
    "different questions": "".join(f"Is no {number} legal? " for number in range(200)),
    "one word": f"{'a' * 40} " * 99,
    "Arabic": "هل التعذيب قانوني؟ " * 215,
}


@pytest.mark.parametrize("message", LONG.values(), ids=LONG.keys())
def test_at_most_24_parts_of_a_message_are_compared(
    engine: Explainer, counting: CountingEncoder, message: str
) -> None:
    before = counting.texts
    engine.ask(message, "en", TODAY)
    assert 0 < counting.texts - before <= MOST_PARTS


def calls(work: Callable[[], object]) -> int:
    """How many functions are called for it: time that does not hang on the machine."""
    called = 0

    def count(frame: FrameType, event: str, arg: object) -> None:
        nonlocal called
        called += event in {"call", "c_call"}

    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(None)
    return called


@pytest.mark.parametrize("message", LONG.values(), ids=LONG.keys())
def test_the_work_for_a_message_is_bounded(engine: Explainer, message: str) -> None:
    assert calls(lambda: engine.ask(message, "en", TODAY)) < MOST_CALLS


@contextmanager
def hasty_switching() -> Iterator[None]:
    """Threads take turns as often as they can, so that they meet in the middle of things."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    try:
        yield
    finally:
        sys.setswitchinterval(before)


def test_several_threads_may_ask_at_once(engine: Explainer) -> None:
    """Each asks with words that nobody asked with before, so that all are stemmed anew."""
    chance = random.Random(1)
    endings = ("ationally", "ingly", "fulness", "edly", "ies")
    unknown = [
        "".join(chance.choices("aeioubdglmnr", k=6)) + chance.choice(endings) for _ in range(480)
    ]
    asked = [
        f"why do prisoners need {' '.join(unknown[start : start + 40])} lawyers"
        for start in range(0, len(unknown), 40)
    ]
    with hasty_switching(), ThreadPoolExecutor(8) as threads:
        together = list(threads.map(lambda said: engine.ask(said, "en", TODAY), asked))
    assert together == [engine.ask(question, "en", TODAY) for question in asked]


def held_in_memory() -> str:
    """The strings in all containers that Python knows of, a line each."""
    gc.collect()
    containers = (held for held in gc.get_objects() if type(held) in CONTAINERS)
    return "\n".join({one for held in containers for one in held if type(one) is str})


def invented(count: int) -> Iterator[str]:
    """The same words at each call, so that the test need not hold them meanwhile."""
    chance = random.Random(0)
    return ("".join(chance.sample("bcdfghklmnprst", 12)) for _ in range(count))


def test_what_people_write_does_not_stay_in_memory(engine: Explainer) -> None:
    for word in invented(50):
        engine.ask(f"why does {word} need a lawyer", "en", TODAY)
    kept = held_in_memory()
    assert "access-to-lawyer" in kept
    assert [word for word in invented(50) if word in kept] == []
