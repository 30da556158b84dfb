"""What people send beside plain questions."""

from pathlib import Path

import pytest

from bot.services.explainer import Explainer
from tests.services.explainer.conftest import LANGUAGES, TODAY, name, outcome

DATA = Path(__file__).parents[1] / "explainer_data"
STRANGE = {
    "German": "Wer hat die Folter eigentlich verboten und warum ist sie nicht abgeschafft?",
    "Portuguese": "quem proibiu a tortura e quando isso foi?",
    "Turkish": "İşkence ne zaman yasaklandı ve neden hâlâ var?",
    "Polish": "Kiedy zakazano tortur i dlaczego nadal istnieją?",
    "Dutch": "Waarom is martelen niet toegestaan en wie heeft dat besloten?",
    "Swahili": "Lini mateso yalipigwa marufuku na kwa nini bado yapo?",
    "Russian": "Кто запретил пытки?",
    "Chinese": "什么是酷刑？",
    "Japanese": "拷問はいつ禁止されましたか",
    "Hindi": "यातना पर प्रतिबंध कब लगा",
    "Hebrew": "עינויים זה חוקי?",
    "Persian": "شکنجه از چه زمانی ممنوع شده است و چرا هنوز هست؟",
    "Urdu": "تشدد پر پابندی کب لگی؟",
}
NEIGHBOURS = {
    "Portuguese": [
        "A tortura funciona?",
        "O que é tortura?",
        "A tortura é legal?",
        "Quem assinou a convenção contra a tortura?",
        "Os presos têm direito a um advogado?",
        "É permitido torturar terroristas?",
    ],
    "Italian": [
        "La tortura funziona?",
        "Che cos'è la tortura?",
        "La tortura è illegale?",
        "la privazione del sonno è tortura?",
        "I detenuti hanno diritto a un avvocato?",
        "quando è stata vietata la tortura?",
    ],
    "Catalan": [
        "La tortura és legal?",
        "Què és la tortura?",
        "Des de quan està prohibida la tortura?",
        "Els presos tenen dret a un advocat?",
    ],
    "Romanian": [
        "Tortura este legală?",
        "Ce este tortura?",
        "De când este interzisă tortura?",
        "Au deținuții dreptul la un avocat?",
    ],
    "German": ["Ist Folter legal?", "Was ist Folter?", "Seit wann ist Folter verboten?"],
    "Dutch": ["Is marteling legaal?", "Wat is marteling?", "Sinds wanneer is marteling verboden?"],
    "Turkish": ["İşkence yasal mı?", "İşkence nedir?", "İşkence işe yarar mı?"],
    "Persian": ["شکنجه چیست؟", "آیا شکنجه قانونی است؟"],
    "Urdu": ["تشدد کیا ہے؟", "کیا تشدد قانونی ہے؟"],
    "Russian": ["Что такое пытки?", "Законны ли пытки?"],
}
OUR_OWN = {
    "en": ["does São Paulo's police torture people", "is torture legal in România"],
    "fr": ["la torture est-elle légale à São Paulo", "tu parles kreyòl ?", "quan est-ce interdit"],
    "es": ["o es legal la tortura", "que és la tortura en mi país", "la tortura es legal, no?"],
}
PAINT = "Blue, green and yellow paint is on sale at the shop. " * 76


@pytest.mark.parametrize(
    "message",
    ["", "  ", "😭", "🎈🏳️‍🌈", "?!…", "؟", "---", "\u200f\u202e", "\u200d\ufe0f", "\n" * 4096],
)
def test_a_message_without_words_says_so(engine: Explainer, message: str) -> None:
    reply = engine.ask(message, "ar", TODAY)
    assert (outcome(reply), reply.reason) == (("decline", "ar", ""), "no_words")


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize(
    ("signs", "talk"),
    [
        ("👍", "acknowledgement"),
        ("👍🏿👍🏿!!", "acknowledgement"),
        ("🙏🏽", "thanks"),
        ("❤️❤️❤️", "thanks"),
        ("🎈👋", "greeting"),
        ("🤣…", "laughter"),
    ],
)
def test_a_sign_is_small_talk(engine: Explainer, code: str, signs: str, talk: str) -> None:
    assert outcome(engine.ask(signs, code, TODAY)) == ("smalltalk", code, talk)


@pytest.mark.parametrize(
    "written",
    [
        "\u200fSINCE when has\u202e torture been FORBIDDEN",
        "Since when has t\u200bo\u200br\u200bt\u200bu\u200br\u200be been forbidden?!?!",
        "  since\twhen has\ntorture been forbidden…",
    ],
)
def test_marks_case_and_spaces_do_not_hide_a_question(engine: Explainer, written: str) -> None:
    assert outcome(engine.ask(written, "en", TODAY)) == ("answer", "en", "banned-since")


@pytest.mark.parametrize("greeting", ["Hi! ", "Hello there, ", "Good evening. ", "Thanks! And "])
def test_a_greeting_gives_way_to_a_question(engine: Explainer, greeting: str) -> None:
    reply = engine.ask(f"{greeting}When did the world begin to ban torture?", "en", TODAY)
    assert outcome(reply) == ("answer", "en", "banned-since")


@pytest.mark.parametrize(
    ("code", "before", "question", "after"),
    [
        (
            "en",
            "I bake bread for a living. My oven is new.",
            "Is sleep deprivation torture?",
            "Bye",
        ),
        ("fr", "Bonjour ! Il pleut.", "Depuis quand la torture est-elle interdite ?", "Merci !"),
        ("es", "Buenos días.", "Impedir que un preso duerma, ¿es tortura?", "Gracias."),
        ("ar", "أعيش في الريف مع قطتي.", "هل حرمان السجين من النوم تعذيب؟", "شكرا!"),
    ],
)
def test_a_question_among_other_sentences_is_found(
    engine: Explainer, code: str, before: str, question: str, after: str
) -> None:
    alone = engine.ask(question, code, TODAY)
    assert alone.kind == "answer"
    assert outcome(engine.ask(f"{before} {question} {after}", code, TODAY)) == outcome(alone)


@pytest.mark.parametrize("beginning", [PAINT, PAINT.replace(".", ","), "x. " * 1300])
def test_a_question_at_the_end_of_a_long_message_is_found(
    engine: Explainer, beginning: str
) -> None:
    reply = engine.ask(f"{beginning}\nIs sleep deprivation a kind of torture?", "en", TODAY)
    assert outcome(reply) == ("answer", "en", "sleep-deprivation")


@pytest.mark.parametrize("word", ["𝔸", "a", "ض", "ha", "torture", "ﷺ"])
def test_one_endless_word_is_no_word(engine: Explainer, word: str) -> None:
    reply = engine.ask((word * 4096)[:4096], "en", TODAY)
    assert (reply.kind, reply.reason, reply.options) == ("decline", "no_words", ())


@pytest.mark.parametrize("word", ["prisoner ", "тюрьма ", "ham "])
def test_one_word_again_and_again_is_no_question(engine: Explainer, word: str) -> None:
    assert engine.ask((word * 4096)[:4096], "en", TODAY).kind in {"suggest", "decline"}


def test_a_newspaper_article_about_something_else_is_not_answered(engine: Explainer) -> None:
    article = (DATA / "newspaper_article.txt").read_text("utf-8")
    assert 2_900 < len(article) < 4_096
    assert engine.ask(article, "en", TODAY).kind in {"suggest", "decline"}


def test_a_question_in_two_scripts_is_read_in_that_of_most_of_it(engine: Explainer) -> None:
    cyrillic = str.maketrans("oa", "оа")  # as people write to slip past a filter
    written = "is torture illegal anywhere".translate(cyrillic)
    assert outcome(engine.ask(written, "en", TODAY)) == ("answer", "en", "is-torture-illegal")
    mixed = engine.ask("torture تعذيب torture пытка", "en", TODAY)
    assert (mixed.kind in {"suggest", "decline"}, mixed.language) == (True, "en")


def test_a_language_that_no_text_is_in_is_declined_in_the_persons_own(engine: Explainer) -> None:
    for code in ("en", "fr", "es", "ar"):
        found = {tongue: engine.ask(said, code, TODAY) for tongue, said in STRANGE.items()}
        assert {tongue: (outcome(reply), reply.reason) for tongue, reply in found.items()} == (
            dict.fromkeys(STRANGE, (("decline", code, ""), "language"))
        )


@pytest.mark.parametrize("tongue", NEIGHBOURS)
def test_a_language_near_to_ours_is_not_taken_for_it(engine: Explainer, tongue: str) -> None:
    for code in ("en", "fr", "es", "ar"):
        replies = {said: engine.ask(said, code, TODAY) for said in NEIGHBOURS[tongue]}
        assert {said: (outcome(reply), reply.reason) for said, reply in replies.items()} == (
            dict.fromkeys(NEIGHBOURS[tongue], (("decline", code, ""), "language"))
        )


def test_a_foreign_name_or_a_wrong_accent_is_no_other_language(engine: Explainer) -> None:
    for code, questions in OUR_OWN.items():
        for said in questions:
            reply = engine.ask(said, code, TODAY)
            assert (reply.language, reply.reason == "language") == (code, False), said


@pytest.mark.parametrize(
    "said",
    [
        "levaram o meu filho ontem à noite e não sabemos onde está",
        "hanno portato via mio figlio e non sappiamo dove sia",
        "es van endur el meu fill i no sabem on és",
        "quero morrer",
        "voglio morire",
    ],
)
def test_danger_is_heard_in_a_language_near_to_ours(engine: Explainer, said: str) -> None:
    for code in ("en", "fr", "es", "ar"):
        assert engine.ask(said, code, TODAY).kind == "support", code


def test_what_is_not_heard_there_is_declined_with_the_way_to_support(engine: Explainer) -> None:
    reply = engine.ask("meu irmão foi preso e torturado pela polícia", "es", TODAY)
    assert reply.kind == "support" or (reply.kind, reply.reason) == ("decline", "language")


@pytest.mark.parametrize(
    ("said", "kinds", "text"),
    [
        ("are retards protected from torture too", {"answer"}, "protects-everyone"),
        (
            "does keeping these bastards awake for days count as torture",
            {"answer"},
            "sleep-deprivation",
        ),
        ("do the fucking pigs ever get punished for torturing people", {"suggest", "decline"}, ""),
    ],
)
def test_a_slur_changes_nothing_about_the_question(
    engine: Explainer, said: str, kinds: set[str], text: str
) -> None:
    reply = engine.ask(said, "en", TODAY)
    assert (reply.kind in kinds, name(reply)) == (True, text)


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("en", "what is the banned of Peru"),
        ("en", "when was Coldplay banned"),
        ("en", "terrorists in Gotham"),
        ("en", "prisoner of Azkaban"),
        ("en", "unsubscribe from Netflix"),
        ("en", "Netflix data"),
        ("en", "what did Beethoven ban"),
        ("en", "Detainee Fizzlewump"),
        ("en", "Hello Kitty plushie"),
        ("en", "Cameroon football squad"),
        ("en", "lawyer jokes"),
        ("fr", "les prisonniers d'Azkaban"),
        ("es", "el prisionero de Azkaban"),
        ("ar", "بيانات نتفليكس"),
    ],
)
def test_one_fitting_word_beside_unknown_ones_answers_nothing(
    engine: Explainer, code: str, said: str
) -> None:
    assert engine.ask(said, code, TODAY).kind in {"suggest", "decline"}


@pytest.mark.parametrize(
    "said", ["unsubscribe", "justified?", "sleep deprivation", "waterboarding"]
)
def test_one_fitting_word_answers_when_it_is_all_there_is(engine: Explainer, said: str) -> None:
    assert engine.ask(said, "en", TODAY).kind in {"answer", "meta"}
