"""A reply is in the language of the question where that is clear, else in the person's own."""

import pytest

from bot.services.explainer import Explainer
from tests.services.explainer.conftest import LANGUAGES, TODAY, outcome

BANNED_SINCE = {
    "en": "Since when has torture been forbidden?",
    "fr": "Depuis quand la torture est-elle proscrite ?",
    "es": "¿Desde cuándo está vetada la tortura?",
    "ar": "منذ متى صار التعذيب محظورا؟",
}


@pytest.mark.parametrize("setting", LANGUAGES)
def test_the_questions_own_language_wins_over_the_setting(engine: Explainer, setting: str) -> None:
    found = {code: outcome(engine.ask(said, setting, TODAY)) for code, said in BANNED_SINCE.items()}
    assert found == {code: ("answer", code, "banned-since") for code in LANGUAGES}


@pytest.mark.parametrize("setting", ["en", "fr", "es"])
def test_what_could_be_either_language_is_answered_in_the_persons_own(
    engine: Explainer, setting: str
) -> None:
    for said in ("ok", "1948", "Amnesty International"):
        assert engine.ask(said, setting, TODAY).language == setting, said


@pytest.mark.parametrize("setting", ["", "xx", "pt-BR"])
def test_an_unknown_setting_counts_as_the_first_released_language(
    engine: Explainer, setting: str
) -> None:
    assert outcome(engine.ask("1948", setting, TODAY)) == ("answer", "en", "banned-since")
    assert outcome(engine.ask(BANNED_SINCE["fr"], setting, TODAY))[1] == "fr"


def test_arabic_digits_are_digits(engine: Explainer) -> None:
    wanted = ("answer", "ar", "banned-since")
    for said in ("ماذا حدث في عام ١٩٤٨؟", "ماذا حدث في عام 1948؟", "سنة ١٩٤٨"):
        assert outcome(engine.ask(said, "ar", TODAY)) == wanted
    assert outcome(engine.ask("١٩٤٨", "fr", TODAY)) == outcome(engine.ask("1948", "fr", TODAY))


def test_a_language_that_is_not_released_is_a_strange_one(explainer: Explainer) -> None:
    reply = explainer.ask(BANNED_SINCE["ar"], "en", TODAY)
    assert (outcome(reply), reply.reason) == (("decline", "en", ""), "language")
