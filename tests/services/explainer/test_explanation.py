"""What editors are told about a reply."""

from bot.services.explainer import Explainer
from tests.services.explainer.conftest import TODAY

QUESTION = "are docters supposed to check prisoners"


def told(explainer: Explainer, question: str, language: str = "en") -> dict[str, str]:
    """The lines by how they begin; of the candidates' own lines those of the first."""
    lines: dict[str, str] = {}
    for line in explainer.explain(question, language, TODAY).lines():
        head, said = line[:10].strip(), line[11:]
        if not head:
            head, _, said = said.partition(": ")
        lines.setdefault(head, said)
    return lines


def test_an_answer_names_its_grounds(engine: Explainer) -> None:
    lines = told(engine, QUESTION)
    assert lines["decision"].startswith("answer doctors (en): explainer/doctors with p = 0.")
    assert lines["repaired"] == "docters → doctors"
    assert lines["foremost"].startswith("explainer/doctors, score ")
    assert lines["runner-up"].partition(",")[0] != "explainer/doctors"


def test_stems_come_with_weights_heaviest_first(engine: Explainer) -> None:
    stems = [one.rpartition(" ") for one in told(engine, QUESTION)["stems"].split(", ")]
    weights = [float(weight) for _, _, weight in stems]
    assert {stem for stem, _, _ in stems} >= {"doctor", "prison"}
    assert weights == sorted(weights, reverse=True)
    assert weights[0] > 1 > weights[-1]


def test_the_nearest_examples_are_quoted_by_letters_and_by_meaning(engine: Explainer) -> None:
    lines = told(engine, QUESTION)
    assert "doctor" in lines["nearest by letters"].lower()
    assert lines["nearest by meaning"].strip("“”")


def test_without_an_encoder_nothing_is_nearest_by_meaning(by_words: Explainer) -> None:
    lines = told(by_words, QUESTION)
    assert "doctor" in lines["nearest by letters"].lower()
    assert "nearest by meaning" not in lines
    assert "danger" not in lines


def test_thresholds_stand_beside_what_was_reached(engine: Explainer) -> None:
    thresholds = engine.explain(QUESTION, "en", TODAY).thresholds
    lines = told(engine, QUESTION)
    assert f"(answer from {thresholds.answer:.2f}, buttons from " in lines["sureness"]
    assert f"(support card from {thresholds.danger:.2f})" in lines["danger"]
    hostile = told(engine, "terrorists deserve whatever they get")["sureness"]
    assert f"(answer from {thresholds.argument:.2f}" in hostile
    greeting = told(engine, "cheers mate, that was kind")["sureness"]
    assert f"(answer from {thresholds.talk:.2f}" in greeting


def test_a_decline_names_what_came_nearest(engine: Explainer) -> None:
    lines = told(engine, "how do I fix a flat bicycle tyre")
    assert lines["decision"].startswith("decline (en): ")
    assert {"foremost", "runner-up", "sureness"} <= lines.keys()
    assert "bicycle" not in lines["repaired"]


def test_the_rule_that_was_raised_is_named_with_its_words(engine: Explainer) -> None:
    lines = told(engine, "my sister was beaten by the police last night")
    assert lines["decision"].startswith("support support (en): distress rule ")
    assert "my sister was beaten" in lines["decision"]
    assert lines.keys() == {"decision"}


def test_what_was_heard_without_a_rule_is_told_with_its_loudness(engine: Explainer) -> None:
    message = "my flatmate went to the station to ask about it and nobody has seen him since"
    explained = engine.explain(message, "en", TODAY)
    assert (explained.loudness or 0) > explained.thresholds.danger
    assert told(engine, message).keys() == {"decision", "danger"}


def test_a_language_without_texts_and_a_message_without_words_are_named(engine: Explainer) -> None:
    assert "in a language that no text is in" in told(engine, "Кто запретил пытки?")["decision"]
    assert "no words" in told(engine, "👍")["decision"]


def test_the_explanation_is_that_of_the_reply(engine: Explainer) -> None:
    for question in (QUESTION, "hiya", "👍", "what is the banned of Peru", "je veux mourir"):
        explained = engine.explain(question, "en", TODAY)
        assert explained.reply == engine.ask(question, "en", TODAY)
