"""What a benchmark says of a reply, and when two messages are all but the same."""

import json
from pathlib import Path

import numpy as np
import pytest

from benchmarks._decision import Limits, decide, limits
from benchmarks._questions import Found, Question, Shown, read_set
from tools._twins import alike_by_letters, alike_by_meaning, same

SIGNED = Shown("explainer/convention", "By 2014, ١٥٦ states had “signed” the Convention.")
YEAR = Shown("explainer/ban", "Since 1948.")
FACTS = Question("en", "how many?", "direct", ("answer",), must=("156",), some=("signé|signed",))


@pytest.mark.parametrize(
    ("question", "found", "verdict"),
    [
        (FACTS, Found("answer", SIGNED, (), ()), "right"),
        (FACTS, Found("answer", YEAR, (), ()), "wrong"),
        (FACTS, Found("suggest", None, (YEAR, SIGNED), ()), "button"),
        (FACTS, Found("suggest", None, (YEAR,), ()), "missed"),
        (FACTS, Found("support", None, (), ()), "missed"),
        (FACTS, Found("decline", None, (), ()), "declined"),
        (
            Question("en", "x", "near_miss", ("decline", "suggest")),
            Found("suggest", None, (YEAR,), ()),
            "right",
        ),
        (Question("en", "x", "out_of_scope", ("decline",)), Found("answer", YEAR, (), ()), "wrong"),
        (
            Question("en", "hi", "smalltalk", ("smalltalk",), owner="smalltalk/greeting"),
            Found("smalltalk", Shown("smalltalk/goodbye", "Bye."), (), ()),
            "missed",
        ),
    ],
)
def test_a_reply_is_judged_as_a_person_would_take_it(
    question: Question, found: Found, verdict: str
) -> None:
    assert question.judge(found) == verdict


def test_facts_are_found_without_accents_and_in_any_digits() -> None:
    signed = Question("fr", "x", "direct", ("answer",), must=("a signe",), never=("1984",))
    assert signed.fits(Shown("a", "Il a  signé."))
    assert not signed.fits(Shown("a", "Il a signé en ١٩٨٤."))


def test_a_set_is_read_with_its_own_expectations_or_those_of_its_kind(tmp_path: Path) -> None:
    rows = [
        {"lang": "en", "q": "a", "kind": "out_of_scope", "expect": "decline"},
        {"lang": "en", "q": "b", "kind": "direct", "must": ["1948"], "expect": ["answer", "meta"]},
        {"lang": "ar", "q": "c", "kind": "hostile", "any": ["x"], "not": ["y"]},
    ]
    path = tmp_path / "set.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)) + "\n\n", "utf-8")

    assert [*read_set(path)] == [
        Question("en", "a", "out_of_scope", ("decline",)),
        Question("en", "b", "direct", ("answer", "meta"), must=("1948",)),
        Question("ar", "c", "hostile", ("answer",), some=("x",), never=("y",)),
    ]


def test_a_method_that_only_ranks_answers_as_surely_as_it_may() -> None:
    def ranked(score: float, *found: Shown) -> Found:
        return Found("", None, (), found, score)

    right = Question("en", "x", "explainer", ("answer",), owner=YEAR.owner)
    near = Question("en", "x", "near", ("decline",), owner="near")
    asked = [(right, ranked(score, YEAR)) for score in (3.0, 5.0)]
    asked += [(right, ranked(4.0, SIGNED)), (near, ranked(2.0, SIGNED)), (near, ranked(1.0, YEAR))]
    found = limits(asked)
    assert 4.0 < found.answer < 5.0
    assert 2.0 < found.suggest < 3.0

    limit = Limits(suggest=2.0, answer=4.0)
    assert decide(ranked(5.0, YEAR, SIGNED), limit).shown == YEAR
    assert decide(ranked(3.0, YEAR, SIGNED), limit).options == (YEAR, SIGNED)
    assert decide(ranked(1.0, YEAR), limit).kind == "decline"
    assert decide(ranked(5.0, Shown("not_covered/weather", ""), YEAR), limit).kind == "decline"
    assert decide(ranked(5.0), limit).kind == "decline"


def test_messages_that_are_all_but_the_same() -> None:
    ones = ["Is torture EVER justified?", "who signed the convention then", "🙏"]
    others = ["is torture ever justified", "who signed the convention", "will it rain", "🙏"]

    assert [*same(ones, others)] == [(0, 0)]
    assert [*alike_by_letters(ones, others)] == [(0, 0), (1, 1)]
    points = np.eye(3, dtype=np.float32)
    assert [*alike_by_meaning(points, points[[2, 0]])] == [(0, 1), (2, 0)]
