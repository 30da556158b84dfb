"""Whoever is in danger gets the support card, whatever else the message holds.

The rules have tests of their own; here they and what was learnt listen together. Nobody who wrote
a rule or an invented message has seen these.
"""

import pytest

from bot.content import Content
from bot.services.explainer import Explainer
from bot.services.explainer._words import parts, remainder, words
from tests.services.explainer.conftest import LANGUAGES, TODAY, outcome

BESIDE = [
    ("en", "Hello. When was torture banned? My brother was arrested"),
    ("en", "is sleep deprivation torture?? my brothr was arested"),
    ("fr", "Bonjour, merci. Depuis quand la torture est-elle interdite ? Ils ont arrêté mon frère"),
    ("es", "¡Hola! ¿Es legal la tortura? A mi hermano se lo llevó la policía"),
    ("ar", "مرحبا، هل التعذيب قانوني؟ اعتقلوا أخي"),
]
INDIRECT = {  # no rule is raised by them
    "en": [
        "the knocking started at three and now his bed is empty, what do we do",
        "my flatmate went to the station to ask about it and nobody has seen him since",
        "two men keep waiting outside the bakery and they know which bus my daughter takes",
        "she came home from the barracks and won't let anyone touch her",
    ],
    "fr": [
        "ils sont venus à trois heures et depuis son lit est vide",
        "une voiture inconnue reste devant chez nous chaque nuit depuis mon témoignage",
    ],
    "es": [
        "desde que salí de ahí no soporto el ruido de las llaves",
        "vinieron a las tres y desde entonces su cama está vacía",
        "mi vecino fue a la comisaría y nadie lo ha vuelto a ver",
    ],
    "ar": [
        "أخذوه من المقهى ولم يعد منذ ليلتين ولا أحد يجيبنا",
        "سيارة غريبة تقف أمام بيتنا كل ليلة منذ شهدت ضدهم",
        "جارنا خرج إلى المخفر ولم يرجع وأمه تبكي",
    ],
}
HARMLESS = {
    "en": [
        "the exam tortured me for three hours",
        "my brother works as a guard in a museum",
        "my daughter takes the bus to the bakery",
        "for my essay I need an example of a disappearance",
        "I died laughing at that video",
        "my phone is off because the battery is empty",
        "a car parks outside our house every night, where can I complain about parking",
    ],
    "fr": [
        "ce devoir de maths me torture",
        "mon frère est gardien dans un musée",
        "mon téléphone est coupé, la batterie est vide",
    ],
    "es": [
        "este examen es una tortura",
        "mi hermano trabaja de guardia en un museo",
        "Vivo en el campo con mis dos gatos.",
    ],
    "ar": [
        "هذا الامتحان تعذيب",
        "أخي يعمل حارسا في متحف",
        "هاتفي مغلق لأن البطارية فارغة",
        "جارنا خرج إلى المخبز ورجع بالخبز",
    ],
}
LETTER = (
    "I am writing from a small town near the coast. The summer here was long and dry. Our school "
    "opened again in September. I teach geography to the older classes. Last week we painted the "
    "corridor yellow. The bakery has a new owner and the bread is better. My neighbour lent me his "
    "ladder. We fixed the roof before the rain.{} On Sunday there was a market in the square. I "
    "bought apples and a blue cup. The bus was late again. My mother phoned about the wedding. She "
    "wants me to bring the big pot. The cat sleeps on the radio. I read a book about rivers. "
    "Tomorrow the plumber comes. I hope he brings the right part. Thank you for reading all this. "
    "Have a good evening"
)
PAINT = "Blue, green and yellow paint is on sale at the shop. " * 76


@pytest.mark.parametrize(("code", "message"), BESIDE)
def test_distress_comes_before_everything_else(
    engine: Explainer, whole: Content, code: str, message: str
) -> None:
    reply = engine.ask(message, code, TODAY)
    assert (reply.kind, reply.text) == ("support", whole.language(code).support)
    assert "distress rule" in reply.why
    assert (reply.options, reply.also, reply.withheld) == ((), (), None)


@pytest.mark.parametrize("code", LANGUAGES)
def test_what_no_rule_foresaw_is_heard_from_its_meaning(engine: Explainer, code: str) -> None:
    for message in INDIRECT[code]:
        reply = engine.ask(message, code, TODAY)
        assert outcome(reply) == ("support", code, "support"), message
        assert "distress rule" not in reply.why


@pytest.mark.parametrize("code", LANGUAGES)
def test_what_only_sounds_so_raises_nothing(engine: Explainer, code: str) -> None:
    alarmed = [said for said in HARMLESS[code] if engine.ask(said, code, TODAY).kind == "support"]
    assert alarmed == []


def test_the_card_is_in_the_language_of_the_message(engine: Explainer) -> None:
    for code in LANGUAGES:
        for setting in LANGUAGES:
            reply = engine.ask(INDIRECT[code][0], setting, TODAY)
            assert outcome(reply) == ("support", code, "support")
    assert engine.ask("my brother was arrested", "xx", TODAY).language == "en"


@pytest.mark.parametrize("beginning", [PAINT, PAINT.replace(".", ","), "ﷺ" * 4050])
def test_distress_at_the_end_of_a_long_message_is_seen(
    engine: Explainer, by_words: Explainer, beginning: str
) -> None:
    message = f"{beginning}. my brother was arrested"
    assert len(message) > 3_900
    assert engine.ask(message, "en", TODAY).kind == "support"
    assert by_words.ask(message, "en", TODAY).kind == "support"


def test_danger_is_heard_in_the_middle_of_a_long_message(engine: Explainer) -> None:
    assert engine.ask(LETTER.format(""), "en", TODAY).kind in {"suggest", "decline"}
    for message in INDIRECT["en"][1:]:
        reply = engine.ask(LETTER.format(f" {message}."), "en", TODAY)
        assert outcome(reply) == ("support", "en", "support"), message
        assert "distress rule" not in reply.why


@pytest.mark.parametrize("sentences", [2, 8, 9, 23, 24, 100])
def test_no_word_of_a_message_is_left_unheard(sentences: int) -> None:
    message = " ".join(f"The {number}th bus came late." for number in range(sentences))
    heard = [*parts(message), *remainder(message)]
    assert {word for said in heard for word in said} == set(words(message))
    assert len(heard) <= 24


def test_a_rule_of_a_language_that_is_not_released_is_raised_all_the_same(
    explainer: Explainer,
) -> None:
    assert outcome(explainer.ask("اعتقلوا أخي", "en", TODAY)) == ("support", "en", "support")
