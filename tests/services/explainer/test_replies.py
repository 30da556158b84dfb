"""Replies as the command line prints them, and what `content check` asks of the engine."""

from datetime import date
from pathlib import Path

import pytest

from bot.cli._ask import speech
from bot.content import Content, load
from bot.i18n import Catalogues
from bot.services.explainer import Explainer, Speech, as_json, losing_examples
from tests.content.folder import BAN, write
from tests.services.explainer.conftest import LANGUAGES, TODAY


def told(explainer: Explainer, question: str, language: str = "en") -> dict[str, object]:
    return as_json(explainer.ask(question, language, TODAY), Speech("Org", "a@b.org"))


def test_an_answer_comes_with_title_source_and_date(engine: Explainer, whole: Content) -> None:
    for code in LANGUAGES:
        passage = whole.language(code).passages["banned-since"]
        answer = told(engine, passage.examples[0], code)
        assert (answer["kind"], answer["passage"]) == ("answer", passage.id)
        assert answer["options"] == []
        for shown in (passage.title, passage.body, passage.source, passage.as_of):
            assert shown in str(answer["text"])


def test_the_support_card_is_filled_in_and_is_no_passage(engine: Explainer) -> None:
    support = told(engine, "my brother was arrested")
    assert (support["kind"], support["passage"]) == ("support", None)
    assert "a@b.org" in str(support["text"])
    assert "{" not in str(support["text"])


def test_a_decline_and_a_suggestion_have_words_too(engine: Explainer, hesitant: Explainer) -> None:
    declined = told(engine, "how do I fix a flat bicycle tyre")
    wordless = told(engine, "🙏")
    not_covered = told(engine, "how many people were executed in Iran")
    unsure = told(hesitant, "should a lawyer sit beside whoever is held")
    texts = {str(one["text"]) for one in (declined, wordless, not_covered, unsure)}
    assert len(texts - {""}) == 4
    assert [one["options"] for one in (declined, wordless, not_covered)] == [[], [], []]
    assert isinstance(unsure["options"], list)
    assert {"title", "text"} == unsure["options"][0].keys()


OVERDUE, WITHHELD = date(2027, 8, 1), date(2029, 1, 1)
WARNING = "This text is past its review date; parts of it may no longer be right."


def shown(explainer: Explainer, question: str, code: str, day: date) -> str:
    """With the sentences of the catalogue, as the command line says it."""
    reply = explainer.ask(question, code, day)
    return str(as_json(reply, speech(reply, "Org", "a@b.org", Catalogues(LANGUAGES)))["text"])


@pytest.mark.parametrize("code", LANGUAGES)
def test_stale_facts_say_so_on_the_command_line_too(
    engine: Explainer, whole: Content, code: str
) -> None:
    passage, t = whole.language(code).passages["banned-since"], Catalogues(LANGUAGES)[code]
    current, overdue, withheld = (
        shown(engine, passage.examples[0], code, day) for day in (TODAY, OVERDUE, WITHHELD)
    )
    assert passage.body in current
    assert t.plain(WARNING) not in current
    assert overdue == f"{t.plain(WARNING)}\n\n{current}"
    assert passage.body not in withheld
    assert f"{passage.title}" in withheld
    assert t.date(passage.review_by) in withheld


def test_a_line_says_that_a_machine_translated_an_answer(engine: Explainer, whole: Content) -> None:
    line = "Translated by a machine; no person has checked it yet."
    french = Catalogues(LANGUAGES)["fr"].plain(f"{{text}}\n\n<i>{line}</i>")
    for code, words in (("en", line), ("fr", french[len("{text}\n\n<i>") : -len("</i>")])):
        passage = whole.language(code).passages["banned-since"]
        is_unchecked = passage.translated_by == "machine" and passage.review != "approved"
        assert shown(engine, passage.examples[0], code, TODAY).endswith(words) is is_unchecked


def test_another_language_is_declined_in_all_four(engine: Explainer) -> None:
    lines = shown(engine, "Что такое пытки?", "fr", TODAY).split("\n")
    assert lines[0] == "I cannot read this language. I can answer you in English."
    assert len(set(lines)) == len(LANGUAGES)


def test_asking_changes_nothing(engine: Explainer) -> None:
    first = engine.ask("are docters supposed to check prisoners", "en", TODAY)
    for question in ("docter", "hello", "🙏", "xyzzy", "je veux mourir"):
        engine.ask(question, "en", TODAY)
    assert engine.ask("are docters supposed to check prisoners", "en", TODAY) == first


def test_nearest_names_texts_for_whatever_is_asked(engine: Explainer) -> None:
    found = engine.nearest("should doctors examine detainees", "en")
    assert found[0].id == "doctors"
    assert len(set(found)) == len(found) > 3
    assert engine.nearest("how do I fix a flat bicycle tyre", "fr")[0].path.parts[1] == "fr"
    assert engine.nearest("👍", "en") == ()


def test_points_lie_near_for_the_same_meaning_in_two_languages(
    engine: Explainer, by_words: Explainer
) -> None:
    points = engine.points(["Is torture legal?", "La torture est-elle légale ?", "I like plums"])
    assert points is not None
    assert points[0] @ points[1] > points[0] @ points[2] + 0.3
    assert by_words.points(["Is torture legal?"]) is None


def test_an_example_that_another_text_wins_is_a_problem(tmp_path: Path) -> None:
    assert losing_examples(load(write(tmp_path))) == []
    example = "access to a lawyer"
    folder = write(tmp_path, en__explainer__law__ban_md=BAN.replace("is the ban old", example))
    lawyer = folder / "en/explainer/protection/lawyer.md"
    assert [str(problem) for problem in losing_examples(load(folder))] == [
        (
            f"{folder}/en/explainer/law/ban.md, line 9: only its exact words lead here: asked a "
            f"little differently than “{example}”, the engine finds lawyer ({lawyer}). "
            "Word it more distinctly or move it there."
        )
    ]
