"""The engine on a small content of its own; the real one is measured, not tested."""

import gc
import random
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import FrameType

import pytest

from bot.content import Content, Meta, NotCovered, Passage, State, load
from bot.services.explainer import Explainer, Reply, as_json, losing_examples
from bot.services.explainer._confidence import Thresholds, load_calibration
from tests.content.folder import BAN, LAWYER, write

TODAY = date(2026, 11, 22)
OVERDUE = date(2027, 7, 1)
WITHDRAWN = date(2028, 1, 1)


@pytest.fixture
def content(tmp_path: Path) -> Content:
    return load(write(tmp_path))


@pytest.fixture
def explainer(content: Content) -> Explainer:
    return Explainer(content)


def name(reply: Reply) -> str:
    return reply.text.id if reply.text else ""


@pytest.mark.parametrize(
    ("question", "passage"),
    [
        ("when was torture banned", "ban"),
        ("When was torture banned?!", "ban"),
        ("why does a prisoner need a lawyer", "lawyer"),
        ("why would a prisoner need some lawyer", "lawyer"),
        ("why do prisoners need lawyers", "lawyer"),
        ("wy does a prisnoer need a lawer", "lawyer"),
        ("is torture ever justifeid", "never"),
        ("surely terrorists deserve it", "never"),
    ],
)
def test_a_question_finds_its_passage(explainer: Explainer, question: str, passage: str) -> None:
    reply = explainer.ask(question, "en", TODAY)
    assert (reply.kind, name(reply)) == ("answer", passage)


def test_an_example_is_a_promise(content: Content, explainer: Explainer) -> None:
    for text in content.language("en").entries:
        for example in text.examples:
            reply = explainer.ask(f" {example.upper()}? ", "en", TODAY)
            assert name(reply) == text.id, example


@pytest.mark.parametrize(
    ("question", "kind", "text"),
    [
        ("hello", "smalltalk", "greeting"),
        ("Hellooo!", "smalltalk", "greeting"),
        ("delete my data", "meta", "delete"),
        ("please delete my data", "meta", "delete"),
        ("how do I unsubscribe", "meta", "stop"),
        ("what is the weather like", "decline", "weather"),
        ("how many executions", "decline", "death"),
    ],
)
def test_small_talk_meta_and_what_is_not_covered(
    explainer: Explainer, question: str, kind: str, text: str
) -> None:
    reply = explainer.ask(question, "en", TODAY)
    assert (reply.kind, name(reply)) == (kind, text)


@pytest.mark.parametrize(
    "question",
    [
        "which tyres fit my old bicycle",
        "convert twelve pounds into euros",
        "qwertz uiop",
        "wer hat die weltmeisterschaft gewonnen",
        "كم عدد سكان القاهرة",
    ],
)
def test_what_nobody_wrote_about_is_declined_without_a_text(
    explainer: Explainer, question: str
) -> None:
    reply = explainer.ask(question, "en", TODAY)
    assert (reply.kind, reply.text, reply.options) == ("decline", None, ())


@pytest.mark.parametrize(
    "question",
    [
        "what is the banned of Peru",
        "when was Coldplay banned",
        "terrorists in Gotham",
        "prisoner of Azkaban",
        "unsubscribe from Netflix",
        "Netflix data",
        "is Pepsi justified",
        "what did Beethoven ban",
        "Detainee Fizzlewump",
        "can Gandalf deserve it",
        "Hello Kitty plushie",
        "Hello. Is Pepsi justified?",
    ],
)
def test_one_fitting_word_beside_unknown_ones_answers_nothing(
    explainer: Explainer, question: str
) -> None:
    assert explainer.ask(question, "en", TODAY).kind in {"suggest", "decline"}


@pytest.mark.parametrize("question", ["unsubscribe", "justified?", "pls is torture ilegal"])
def test_one_fitting_word_answers_when_the_others_say_nothing_else(
    explainer: Explainer, question: str
) -> None:
    assert explainer.ask(question, "en", TODAY).kind in {"answer", "meta"}


@pytest.mark.parametrize(
    "message", ["", "  ", "👍", "❤️🙏🏽", "?!…", "\u200f\u202e", "\u200d\ufe0f"]
)
def test_a_message_without_words_says_so(explainer: Explainer, message: str) -> None:
    reply = explainer.ask(message, "en", TODAY)
    assert (reply.kind, reply.reason) == ("decline", "no_words")


def test_direction_marks_and_case_do_not_hide_a_question(explainer: Explainer) -> None:
    assert name(explainer.ask("\u200fWHEN was\u202e torture banned", "en", TODAY)) == "ban"


def test_a_question_inside_a_long_message_is_found(explainer: Explainer) -> None:
    message = (
        "Hello! I am a nurse from a small town and I read the newspaper this morning. "
        "My neighbour and I talked about it over coffee. "
        "Why does a prisoner need a lawyer? Thanks!"
    )
    reply = explainer.ask(message, "en", TODAY)
    assert (reply.kind, name(reply)) == ("answer", "lawyer")


def test_a_greeting_gives_way_to_a_question(explainer: Explainer) -> None:
    reply = explainer.ask("Good morning. Is torture illegal?", "en", TODAY)
    assert (reply.kind, name(reply)) == ("answer", "ban")


def test_the_longest_message_telegram_allows_is_answered(explainer: Explainer) -> None:
    assert explainer.ask("torture. " * 455, "en", TODAY).kind in {"answer", "suggest", "decline"}
    assert explainer.ask("𝔸" * 4096, "en", TODAY).kind == "decline"


LONG = "The neighbours talked about tyres and pounds over coffee in their village. " * 53


@pytest.mark.parametrize("beginning", [LONG, LONG.replace(".", ","), "x. " * 1300])
def test_a_question_at_the_end_of_a_long_message_is_found(
    explainer: Explainer, beginning: str
) -> None:
    reply = explainer.ask(f"{beginning}\nWhy does a prisoner need a lawyer?", "en", TODAY)
    assert (reply.kind, name(reply)) == ("answer", "lawyer")


@pytest.mark.parametrize("beginning", [LONG, LONG.replace(".", ","), "ﷺ" * 4050])
def test_distress_at_the_end_of_a_long_message_is_seen(
    explainer: Explainer, beginning: str
) -> None:
    message = f"{beginning}. my brother was arrested"
    assert len(message) > 3900
    assert explainer.ask(message, "en", TODAY).kind == "support"


def steps(work: Callable[[], object]) -> int:
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


def unknown_words(letters: int) -> str:
    """Words that differ from each other and from the content's, as many as a message holds."""
    chance = random.Random(letters)
    return " ".join(
        "".join(chance.choice("bcdfghjklmnpqrstvwxz") for _ in range(letters))
        for _ in range(4096 // (letters + 1))
    )


@pytest.mark.parametrize(
    "message",
    ["ﷺ" * 4096, "a\n" * 2048, unknown_words(4)],
    ids=["unfolding", "lines", "words"],
)
def test_the_work_for_a_message_is_bounded(explainer: Explainer, message: str) -> None:
    assert steps(lambda: explainer.ask(message, "en", TODAY)) < 200_000


def test_several_threads_may_ask_at_once(explainer: Explainer) -> None:
    """Each asks with words that nobody asked with before, so that all are stemmed anew."""
    chance = random.Random(1)
    endings = ("ationally", "ingly", "fulness", "edly", "ies")
    unknown = [
        "".join(chance.choices("aeioubdglmnr", k=6)) + chance.choice(endings) for _ in range(6_000)
    ]
    asked = [
        f"why do prisoners need {' '.join(unknown[start : start + 50])} lawyers"
        for start in range(0, len(unknown), 50)
    ]
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(8) as threads:
            together = list(threads.map(lambda said: explainer.ask(said, "en", TODAY), asked))
    finally:
        sys.setswitchinterval(before)
    assert together == [explainer.ask(question, "en", TODAY) for question in asked]


def test_what_people_write_does_not_stay_in_memory(explainer: Explainer) -> None:
    chance = random.Random(0)
    explainer.ask("why does a prisoner need a lawyer", "en", TODAY)
    words = ["".join(chance.sample("bcdfghklmnprst", 12)) for _ in range(50)]
    for word in words:
        explainer.ask(f"why does {word} need a lawyer", "en", TODAY)
    gc.collect()
    kept = {text for held in gc.get_objects() if type(held) is dict for text in held}
    assert kept.isdisjoint(words)
    assert "lawyer" in kept


def test_the_answer_offers_other_passages_for_not_what_you_meant(explainer: Explainer) -> None:
    reply = explainer.ask("when was torture banned", "en", TODAY)
    assert reply.also
    assert len(reply.also) <= 2
    assert reply.text not in reply.also


@pytest.fixture
def hesitant(content: Content) -> Explainer:
    """Never sure enough to answer unless the question is an example, word for word."""
    return Explainer(
        content, replace(load_calibration(), thresholds=Thresholds(0.05, 1.0, 1.0, 1.0))
    )


def test_an_unsure_match_is_offered_behind_at_most_three_buttons(hesitant: Explainer) -> None:
    reply = hesitant.ask("police, questions and lawyers in custody", "en", TODAY)
    assert reply.kind == "suggest"
    assert reply.options[0].id == "lawyer"
    assert len(reply.options) <= 3
    assert all(isinstance(option, Passage | Meta) for option in reply.options)


def test_passages_are_not_offered_for_small_talk(hesitant: Explainer) -> None:
    reply = hesitant.ask("hello detainee", "en", TODAY)
    assert "greeting" in reply.why.split()[0]
    assert (reply.kind, reply.options) == ("decline", ())


def test_withdrawn_passages_are_not_offered(hesitant: Explainer) -> None:
    reply = hesitant.ask("police, questions and lawyers in custody", "en", WITHDRAWN)
    assert (reply.kind, reply.reason, reply.options) == ("decline", "withdrawn", ())


def test_an_overdue_passage_is_answered_and_says_so(explainer: Explainer) -> None:
    assert explainer.ask("is torture illegal", "en", TODAY).state is State.CURRENT
    reply = explainer.ask("is torture illegal", "en", OVERDUE)
    assert (reply.kind, reply.state) == ("answer", State.OVERDUE)


def test_a_withdrawn_passage_is_never_shown(tmp_path: Path) -> None:
    fresh = LAWYER.replace("2027-05-31", "2030-01-01")
    explainer = Explainer(load(write(tmp_path, en__explainer__protection__lawyer_md=fresh)))
    reply = explainer.ask("is torture illegal", "en", WITHDRAWN)
    assert (reply.kind, reply.reason, reply.text) == ("decline", "withdrawn", None)
    reply = explainer.ask("does a lawyer protect a detainee", "en", WITHDRAWN)
    assert (reply.kind, name(reply), reply.also) == ("answer", "lawyer", ())


@pytest.mark.parametrize("language", ["en", "", "xx", "fr"])
def test_an_unknown_language_is_answered_in_the_first_released_one(
    explainer: Explainer, language: str
) -> None:
    assert name(explainer.ask("is torture illegal", language, TODAY)) == "ban"


def test_distress_comes_before_everything_else(explainer: Explainer) -> None:
    reply = explainer.ask("Hello. When was torture banned? My brother was arrested", "en", TODAY)
    assert (reply.kind, name(reply)) == ("support", "support")
    assert "held" in reply.why


def test_misspelt_distress_is_recognised(explainer: Explainer) -> None:
    assert explainer.ask("my brothr was arested", "en", TODAY).kind == "support"


def test_why_names_stems_mended_words_and_thresholds(explainer: Explainer) -> None:
    why = explainer.ask("why would prisnoers need a lawyer", "en", TODAY).why
    assert "lawyer with p =" in why
    assert "prisnoers → prisoner" in why
    assert "runner-up" in why


def test_the_reply_as_json_holds_what_a_person_is_shown(explainer: Explainer) -> None:
    answer = as_json(explainer.ask("is torture illegal", "en", TODAY), "Org", "a@b.org")
    assert answer["kind"] == "answer"
    assert answer["passage"] == "ban"
    assert str(answer["text"]).endswith("As of: late 2014")
    support = as_json(explainer.ask("my sister was taken", "en", TODAY), "Org", "a@b.org")
    assert (support["passage"], support["text"]) == (None, "You are not alone\n\nWrite to a@b.org.")


def test_a_decline_and_a_suggestion_have_words_too(
    explainer: Explainer, hesitant: Explainer
) -> None:
    declined = as_json(explainer.ask("qwertz uiop", "en", TODAY), "Org", "a@b.org")
    wordless = as_json(explainer.ask("🙏", "en", TODAY), "Org", "a@b.org")
    unsure = as_json(hesitant.ask("lawyers in custody", "en", TODAY), "Org", "a@b.org")
    assert len({str(told["text"]) for told in (declined, wordless, unsure)}) == 3
    assert unsure["options"]
    assert (declined["options"], wordless["options"]) == ([], [])


def test_the_reply_to_what_is_not_covered_carries_its_text(explainer: Explainer) -> None:
    reply = explainer.ask("will it rain", "en", TODAY)
    assert reply.reason == "not_covered"
    assert isinstance(reply.text, NotCovered)


def test_an_example_that_only_its_exact_words_lead_to_is_told(tmp_path: Path) -> None:
    example = "access to a lawyer"
    folder = write(tmp_path, en__explainer__law__ban_md=BAN.replace("is the ban old", example))
    lawyer = folder / "en/explainer/protection/lawyer.md"
    assert [str(note) for note in losing_examples(load(folder))] == [
        (
            f"{folder}/en/explainer/law/ban.md, line 9: only its exact words lead here: asked a "
            f"little differently than “{example}”, the engine finds lawyer ({lawyer}). "
            "Word it more distinctly or move it there."
        )
    ]


def test_asking_changes_nothing(explainer: Explainer) -> None:
    first = explainer.ask("why do prisoners need lawyers", "en", TODAY)
    for question in ("lawyr", "hello", "🙏", "xyzzy"):
        explainer.ask(question, "en", TODAY)
    assert explainer.ask("why do prisoners need lawyers", "en", TODAY) == first
