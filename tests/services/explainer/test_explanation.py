"""What editors are told about a reply."""

from bot.cli._explanation import explained
from bot.content import Content
from bot.services.explainer import Explainer
from bot.services.explainer._rows import content_rows
from tests.services.explainer.conftest import TODAY

QUESTION = "are docters supposed to check prisoners"


def told(
    explainer: Explainer, content: Content, question: str, language: str = "en"
) -> dict[str, str]:
    """The lines by how they begin; of the candidates' own lines those of the first."""
    lines: dict[str, str] = {}
    for line in explained(explainer.explain(question, language, TODAY), content):
        head, said = line[:11].strip(), line[11:]
        if not head:
            head, sign, said = said.partition("  ")
            if not sign:
                continue  # a title and its file
        if head == "nearest":
            way, _, said = said.partition(" “")
            head = f"nearest {way}"
        lines.setdefault(head, said.strip())
    return lines


def test_an_answer_names_its_grounds(engine: Explainer, whole: Content) -> None:
    lines = told(engine, whole, QUESTION)
    assert lines["decision"] == "answer: this passage is shown (en)"
    assert lines["sureness"].startswith("0.")
    assert lines["repaired"] == "docters → doctors"
    assert lines["first"].endswith("/doctors.md)")
    assert float(lines["score"]) > 0
    assert lines["runner-up"].endswith(".md)")
    assert not lines["runner-up"].endswith("/doctors.md)")


def test_stems_come_with_weights_heaviest_first(engine: Explainer, whole: Content) -> None:
    stems = [one.rpartition(" ") for one in told(engine, whole, QUESTION)["stems"].split(", ")]
    weights = [float(weight) for _, _, weight in stems]
    assert {stem for stem, _, _ in stems} >= {"doctor", "prison"}
    assert weights == sorted(weights, reverse=True)
    every = engine.explain(QUESTION, "en", TODAY).candidates[0].stems.values()
    assert weights[0] > 1 > min(every)  # words of grammar weigh next to nothing, and are not shown


def test_the_nearest_examples_are_quoted_by_letters_and_by_meaning(
    engine: Explainer, whole: Content
) -> None:
    lines = told(engine, whole, QUESTION)
    assert "doctor" in lines["nearest by letters"].lower()
    assert lines["nearest by meaning"].strip("“”")


def test_without_an_encoder_nothing_is_nearest_by_meaning(
    by_words: Explainer, whole: Content
) -> None:
    lines = told(by_words, whole, QUESTION)
    assert "doctor" in lines["nearest by letters"].lower()
    assert "nearest by meaning" not in lines
    assert "danger" not in lines


def test_thresholds_stand_beside_what_was_reached(engine: Explainer, whole: Content) -> None:
    thresholds = engine.explain(QUESTION, "en", TODAY).thresholds
    lines = told(engine, whole, QUESTION)
    assert f"from {thresholds.answer:.2f} on this text is shown" in lines["sureness"]
    assert f"from {thresholds.suggest:.2f} on there are buttons" in lines["sureness"]
    assert f"from {thresholds.danger:.2f} on the support card is shown" in lines["danger"]
    hostile = told(engine, whole, "terrorists deserve whatever they get")["sureness"]
    assert f"from {thresholds.argument:.2f} on this text" in hostile
    greeting = told(engine, whole, "cheers mate, that was kind")["sureness"]
    assert f"from {thresholds.talk:.2f} on this text" in greeting


def test_a_long_message_must_sound_louder_and_the_limit_shown_is_the_one_that_held(
    engine: Explainer, whole: Content
) -> None:
    parts = "We read about the convention. Who signed it? What is banned? Who checks? Who pays?"
    of_long = engine.explain(f"{parts} When was it? Where is it kept?", "en", TODAY).thresholds
    of_short = engine.explain(QUESTION, "en", TODAY).thresholds
    assert of_long.danger > of_short.danger
    assert of_long.answer > of_short.answer
    said = told(engine, whole, f"{parts} When was it? Where is it kept?")["danger"]
    assert f"from {of_long.danger:.2f} on" in said


def test_a_decline_names_what_came_nearest(engine: Explainer, whole: Content) -> None:
    lines = told(engine, whole, "how do I fix a flat bicycle tyre")
    assert lines["decision"].startswith("decline: no vetted answer, since ")
    assert {"first", "runner-up", "sureness"} <= lines.keys()
    assert "bicycle" not in lines["repaired"]


def test_the_rule_that_was_raised_is_named_with_its_words(
    engine: Explainer, whole: Content
) -> None:
    lines = told(engine, whole, "my sister was beaten by the police last night")
    assert lines["decision"].startswith("support: the support card is shown")
    assert lines["because"].startswith("distress rule ")
    assert "my sister was beaten" in lines["because"]
    assert lines.keys() == {"decision", "because", "repaired"}
    assert lines["repaired"] == "no word"


def test_words_that_were_mended_before_a_rule_was_raised_are_named(
    engine: Explainer, whole: Content
) -> None:
    lines = told(engine, whole, "my brothr was arested at the univrsity")
    assert "my brother was arrested" in lines["because"]
    assert lines["repaired"] == "brothr → brother, arested → arrested"


def test_what_was_heard_without_a_rule_is_told_with_its_loudness(
    engine: Explainer, whole: Content
) -> None:
    message = "my flatmate went to the station to ask about it and nobody has seen him since"
    found = engine.explain(message, "en", TODAY)
    assert (found.loudness or 0) > found.thresholds.danger
    lines = told(engine, whole, message)
    assert lines.keys() == {"decision", "because", "danger", "heard in", "like", "and like"}
    assert lines["heard in"] == f"“{message}”"
    invented = {one.words for one in whole.disclosures if one.is_one}
    assert lines["like"].partition("“")[2].rstrip("”") in invented
    asked = lines["and like"].partition("“")[2].rstrip("”")
    rows = {row.words: row.owner for row in content_rows(whole)}
    assert found.heard
    assert rows[asked] == found.heard.owner


def test_danger_in_a_long_message_is_told_with_the_words_where_it_was_heard(
    engine: Explainer, whole: Content
) -> None:
    cry = "my flatmate went to the station to ask about it and nobody has seen him since"
    plain = "The summer was long and dry. We painted the corridor yellow. The bus was late. "
    around = f"{plain}We bought apples and a cup. The roof is new. "
    said = told(engine, whole, f"{around}{cry}. I read about rivers. {plain}")["heard in"]
    assert cry in said
    assert len(said) < 2 * len(cry)


def test_a_language_without_texts_and_a_message_without_words_are_named(
    engine: Explainer, whole: Content
) -> None:
    assert (
        "in a language that no text is in" in told(engine, whole, "Кто запретил пытки?")["decision"]
    )
    assert "no words" in told(engine, whole, "؟!")["decision"]


def test_the_explanation_is_that_of_the_reply(engine: Explainer, whole: Content) -> None:
    for question in (QUESTION, "hiya", "👍", "what is the banned of Peru", "je veux mourir"):
        found = engine.explain(question, "en", TODAY)
        assert found.reply == engine.ask(question, "en", TODAY)
