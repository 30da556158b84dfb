"""A passage past its date says so; one long past it is not shown."""

from dataclasses import replace
from datetime import date, timedelta
from types import MappingProxyType

import pytest

from bot.content import Content, Passage, State
from bot.services.explainer import Encoder, Explainer
from tests.services.explainer.conftest import TODAY, name

QUESTION = "is sleep deprivaton torture"
LAST_DAY = date(2027, 5, 31)
OVERDUE = LAST_DAY + timedelta(days=1)
WITHDRAWN = LAST_DAY + timedelta(days=365)


def test_every_passage_of_the_content_ends_on_the_day_that_is_used_here(whole: Content) -> None:
    for language in whole.languages.values():
        assert {passage.review_by for passage in language.passages.values()} == {LAST_DAY}


def test_an_overdue_passage_is_answered_and_says_so(engine: Explainer) -> None:
    for day, state in (
        (TODAY, State.CURRENT),
        (LAST_DAY, State.CURRENT),
        (OVERDUE, State.OVERDUE),
    ):
        reply = engine.ask(QUESTION, "en", day)
        assert (reply.kind, name(reply), reply.state) == ("answer", "sleep-deprivation", state)


def test_a_withdrawn_passage_is_named_and_never_shown(engine: Explainer) -> None:
    reply = engine.ask(QUESTION, "en", WITHDRAWN)
    assert (reply.kind, reply.reason, reply.text) == ("decline", "withdrawn", None)
    assert (reply.options, reply.also) == ((), ())
    assert reply.withheld
    assert reply.withheld.id == "sleep-deprivation"


def test_withdrawn_passages_are_not_offered(hesitant: Explainer) -> None:
    reply = hesitant.ask("should a lawyer sit beside whoever is held", "en", WITHDRAWN)
    assert (reply.reason, reply.text, reply.options) == ("withdrawn", None, ())


def test_what_does_not_grow_old_is_said_all_the_same(engine: Explainer) -> None:
    reply = engine.ask("wipe everything you have on me", "en", WITHDRAWN)
    assert (reply.kind, name(reply)) == ("meta", "delete-my-data")
    assert reply.also == ()


@pytest.fixture(scope="module")
def one_fresh(printed: Content, encoder: Encoder) -> Explainer:
    """Everything has been withdrawn but the passage about sleep."""
    english = printed.language("en")
    sleep = english.passages["sleep-deprivation"]
    kept = sleep.model_copy(update={"review_by": date(2040, 1, 1)})
    passages: dict[str, Passage] = {**english.passages, sleep.id: kept}
    language = replace(english, passages=MappingProxyType(passages))
    return Explainer(replace(printed, languages={"en": language}), encoder=encoder)


def test_beside_a_fresh_answer_nothing_withdrawn_is_offered(one_fresh: Explainer) -> None:
    assert len(one_fresh.ask(QUESTION, "en", TODAY).also) == 2
    reply = one_fresh.ask(QUESTION, "en", WITHDRAWN)
    assert (reply.kind, name(reply), reply.also) == ("answer", "sleep-deprivation", ())
