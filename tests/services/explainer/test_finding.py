"""Questions find the texts that answer them. Nothing here stands in the content."""

import pytest

from bot.content import Content, Meta, NotCovered, Passage
from bot.services.explainer import Explainer
from tests.services.explainer.conftest import (
    TODAY,
    name,
    outcome,
)

ANSWERED = {
    "banned-since": [
        ("en", "In which decade did the world outlaw torture?"),
        ("en", "١٩٤٨ what happened"),
        ("es", "¿En qué década prohibió el mundo la tortura?"),
        ("ar", "في أي عقد حظر العالم التعذيب؟"),
        ("ar", "ماذا حدث في عام ١٩٤٨؟"),
    ],
    "is-torture-illegal": [
        ("en", "is it lawful to torture anyone anywhere"),
        ("fr", "Est-ce que la torture est légale quelque part ?"),
        ("es", "¿La tortura es legal en algún país?"),
        ("ar", "هل التعذيب قانوني في أي مكان؟"),
    ],
    "how-common": [
        ("en", "which countries still torture people nowadays"),
        ("fr", "Combien de pays torturent encore ?"),
        ("es", "¿Cuántos países siguen torturando?"),
        ("ar", "كم بلدا ما زال يمارس التعذيب؟"),
    ],
    "access-to-lawyer": [
        ("en", "What use is a solicitor to somebody the police are holding?"),
        ("fr", "À quoi sert un avocat quand on est en garde à vue ?"),
        ("es", "¿De qué le sirve un abogado a alguien detenido?"),
    ],
    "sleep-deprivation": [
        ("en", "does keeping a prisoner awake for days count as torture"),
        ("fr", "La privation de sommeil, c'est de la torture ?"),
        ("es", "Impedir que un preso duerma, ¿es tortura?"),
        ("ar", "هل حرمان السجين من النوم تعذيب؟"),
    ],
    "doctors": [
        ("en", "should doctors examine detainees"),
        ("fr", "les médecins doivent-ils examiner les détenus"),
        ("es", "¿deben los médicos examinar a los presos?"),
        ("ar", "هل على الأطباء فحص المعتقلين؟"),
    ],
    "cameroon-petition": [
        ("en", "what did Amnesty ask of Cameroon"),
        ("fr", "Qu'est-ce qu'Amnesty demande au Cameroun ?"),
        ("es", "¿Qué pide Amnistía a Camerún?"),
        ("ar", "بماذا تطالب منظمة العفو الكاميرون؟"),
    ],
}
HOSTILE = [
    ("en", "But if a bomb is about to blow up, you have to torture the guy"),
    ("en", "torturing one terrorist to save a thousand children is worth it"),
    ("en", "terrorists deserve whatever they get"),
    ("fr", "Mais s'il y a une bombe qui va exploser, il faut bien torturer"),
    ("es", "Si hay una bomba a punto de estallar, hay que torturar"),
    ("es", "los terroristas se lo merecen"),
    ("ar", "إذا كانت هناك قنبلة على وشك الانفجار فلا بد من تعذيبه"),
]
MISSPELT = [
    ("en", "are docters supposed to check prisoners", "doctors"),
    ("en", "is sleep deprivaton torture", "sleep-deprivation"),
    ("en", "forced confesions as evidence", "confessions"),
    ("en", "why is tortur wrong", "why-torture-is-wrong"),
    ("fr", "porquoi les tortionaires sont jamais jugés", "why-torturers-go-free"),
    ("es", "porqe casi nunca jusgan a los torturadores", "why-torturers-go-free"),
]
TALK = [
    ("en", "cheers mate, that was kind", "smalltalk", "thanks"),
    ("en", "you stupid machine", "smalltalk", "insult"),
    ("en", "wipe everything you have on me", "meta", "delete-my-data"),
    ("en", "stop texting me", "meta", "stop-messages"),
    ("en", "can I talk to a human being", "meta", "talk-to-person"),
    ("en", "who can read what I type here", "meta", "who-can-read-this-chat"),
    ("en", "have I signed already", "meta", "my-signature"),
    ("en", "change language to French", "meta", "language"),
    ("fr", "efface tout ce que tu sais sur moi", "meta", "delete-my-data"),
    ("fr", "bonjour", "smalltalk", "greeting"),
    ("es", "borra todo lo que sabes de mí", "meta", "delete-my-data"),
    ("es", "cómo dejo de recibir mensages", "meta", "stop-messages"),
    ("ar", "احذف كل ما تعرفه عني", "meta", "delete-my-data"),
    ("ar", "شكرا", "smalltalk", "thanks"),
]
NOT_COVERED = [
    ("en", "how many people were executed in Iran", "death-penalty"),
    ("en", "does God forgive torturers", "religion-and-philosophy"),
    ("en", "who will win the election", "politics"),
    ("en", "this homework is torture", "figures-of-speech"),
    ("fr", "ce devoir de maths me torture", "figures-of-speech"),
    ("es", "este examen es una tortura", "figures-of-speech"),
    ("ar", "هذا الامتحان تعذيب", "figures-of-speech"),
]


@pytest.mark.parametrize("passage", ANSWERED)
def test_a_question_finds_its_passage(engine: Explainer, passage: str) -> None:
    wanted = {asked: ("answer", asked[0], passage) for asked in ANSWERED[passage]}
    assert {(code, said): outcome(engine.ask(said, code, TODAY)) for code, said in wanted} == wanted


def test_hostile_arguments_get_the_passage_that_says_never(engine: Explainer) -> None:
    found = {said: outcome(engine.ask(said, code, TODAY)) for code, said in HOSTILE}
    assert found == {said: ("answer", code, "never-justified") for code, said in HOSTILE}


def test_misspelt_questions_find_theirs(engine: Explainer) -> None:
    found = {said: outcome(engine.ask(said, code, TODAY)) for code, said, _ in MISSPELT}
    assert found == {said: ("answer", code, text) for code, said, text in MISSPELT}


def test_talk_and_questions_about_the_bot(engine: Explainer) -> None:
    found = {said: outcome(engine.ask(said, code, TODAY)) for code, said, _, _ in TALK}
    assert found == {said: (kind, code, text) for code, said, kind, text in TALK}


def test_what_is_not_covered_is_declined_with_its_text(engine: Explainer) -> None:
    for code, said, text in NOT_COVERED:
        reply = engine.ask(said, code, TODAY)
        assert (outcome(reply), reply.reason) == (("decline", code, text), "not_covered"), said
        assert isinstance(reply.text, NotCovered)
        assert reply.options == reply.also == ()


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("en", "how do I fix a flat bicycle tyre"),
        ("en", "Star Wars prosecution"),
        ("en", "family phone plan contract"),
        ("fr", "le concert était mortel"),
        ("es", "cómo cambio la rueda de la bici"),
        ("ar", "طريقة عمل الكشري"),
    ],
)
def test_what_nobody_wrote_about_is_declined_without_a_text(
    engine: Explainer, code: str, said: str
) -> None:
    reply = engine.ask(said, code, TODAY)
    assert (reply.kind, reply.text, reply.options, reply.reason) == ("decline", None, (), "")


@pytest.mark.parametrize("code", ["en", "fr", "es", "ar"])
def test_an_example_is_a_promise(engine: Explainer, whole: Content, code: str) -> None:
    """One of each text; word for word it is what the text answers, whatever stands around it."""
    for number, text in enumerate(whole.language(code).entries):
        example = text.examples[number % len(text.examples)]
        reply = engine.ask(f" {example.upper()}? ", code, TODAY)
        assert reply.kind == "support" or name(reply) == text.id, example


def test_the_answer_offers_two_other_passages(engine: Explainer) -> None:
    for questions in ANSWERED.values():
        for code, said in questions:
            reply = engine.ask(said, code, TODAY)
            assert len(reply.also) == len(set(reply.also) - {reply.text}) == 2, said
            assert all(isinstance(other, Passage) for other in reply.also)


def test_an_unsure_match_is_offered_behind_three_buttons(hesitant: Explainer) -> None:
    reply = hesitant.ask("should a lawyer sit beside whoever is held", "en", TODAY)
    assert (reply.kind, reply.text, reply.options[0].id) == ("suggest", None, "access-to-lawyer")
    assert len(set(reply.options)) == 3
    assert all(isinstance(option, Passage | Meta) for option in reply.options)


def test_passages_are_not_offered_for_small_talk(hesitant: Explainer) -> None:
    reply = hesitant.ask("cheers mate, that was kind", "en", TODAY)
    assert reply.why.startswith("smalltalk/thanks")
    assert (reply.kind, reply.options) == ("decline", ())


def test_words_alone_find_what_is_asked_in_the_words_of_the_texts(by_words: Explainer) -> None:
    asked = {
        "In which decade did the world outlaw torture?": ("answer", "en", "banned-since"),
        "what did Amnesty ask of Cameroon": ("answer", "en", "cameroon-petition"),
        "terrorists deserve whatever they get": ("answer", "en", "never-justified"),
        "are docters supposed to check prisoners": ("answer", "en", "doctors"),
        "delete all my data please": ("meta", "en", "delete-my-data"),
        "how many people were executed in Iran": ("decline", "en", "death-penalty"),
        "how do I fix a flat bicycle tyre": ("decline", "en", ""),
    }
    assert {said: outcome(by_words.ask(said, "en", TODAY)) for said in asked} == asked
