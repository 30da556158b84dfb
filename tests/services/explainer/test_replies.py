"""Replies as the command line prints them, and what `content check` asks of the engine."""

from pathlib import Path

from bot.content import Content, load
from bot.services.explainer import Explainer, as_json, losing_examples
from tests.content.folder import BAN, write
from tests.services.explainer.conftest import LANGUAGES, TODAY


def told(explainer: Explainer, question: str, language: str = "en") -> dict[str, object]:
    return as_json(explainer.ask(question, language, TODAY), "Org", "a@b.org")


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
