"""“Why?” and “tell me more” offer what is linked to the passage that was shown."""

from datetime import timedelta

import pytest

from bot.content import Content
from bot.services.explainer import Explainer
from tests.services.explainer.conftest import LANGUAGES, TODAY, name

SHOWN = "sleep-deprivation"
ASKED = {"en": "WHY?", "fr": "Pourquoi ?", "es": "¿Por qué?", "ar": "لماذا؟"}


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_follow_up_offers_what_is_linked(engine: Explainer, whole: Content, code: str) -> None:
    language = whole.language(code)
    reply = engine.ask(ASKED[code], code, TODAY, after=SHOWN)
    assert (reply.kind, reply.reason, reply.text) == ("suggest", "follow_up", None)
    assert reply.language == code
    wanted = tuple(language.passages[other] for other in language.passages[SHOWN].related)[:3]
    assert reply.options == wanted
    assert wanted


def test_every_follow_up_of_the_content_is_recognised(engine: Explainer, whole: Content) -> None:
    for code in LANGUAGES:
        for message in sorted(whole.language(code).follow_ups):
            reply = engine.ask(message, code, TODAY, after=SHOWN)
            assert (reply.reason, reply.language) == ("follow_up", code), message


def test_only_a_whole_message_is_one(engine: Explainer) -> None:
    reply = engine.ask("why should doctors examine detainees", "en", TODAY, after=SHOWN)
    assert (reply.kind, name(reply)) == ("answer", "doctors")


@pytest.mark.parametrize("after", [None, "", "no-such-passage", "greeting"])
def test_after_nothing_there_is_nothing_to_follow(engine: Explainer, after: str | None) -> None:
    reply = engine.ask("tell me more", "en", TODAY, after=after)
    assert (reply.kind, reply.reason, reply.text) == ("decline", "follow_up", None)


def test_what_is_withdrawn_is_not_offered(engine: Explainer) -> None:
    later = TODAY + timedelta(days=3_650)
    assert engine.ask("why", "en", later, after=SHOWN).options == ()


def test_a_cry_for_help_is_no_follow_up(engine: Explainer) -> None:
    assert engine.ask("why did they take my brother?", "en", TODAY, after=SHOWN).kind == "support"
