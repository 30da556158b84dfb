"""One conversation in each further language, from the first word to the last."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.content import Content, load
from bot.services.explainer import Explainer
from tests.conftest import PETITION, Start
from tests.conversation import Chat, plain

LANGUAGES = ("en", "fr", "es", "ar")


@dataclass(frozen=True)
class Talk:
    """What a person of the playground says and taps, and what she reads."""

    person: int
    welcome: str
    question: str
    answer: tuple[str, ...]
    card: tuple[str, ...]
    add_my_name: str
    sign_as: str
    signed: str
    settings: str
    stop: str
    stopped: str
    menu: str


TALKS = (
    Talk(
        person=1,
        welcome="Bienvenue sur Vigil\n\nVoici le bot de Example Rights.",
        question="La torture est-elle légale ?",
        answer=("\n\nSource : Amnesty International", "\nDate : ", "Traduit par une machine"),
        card=("Destinataire : ", "31 mars 2027", "Ce que nous gardons si vous signez"),
        add_my_name="Ajouter mon nom",
        sign_as="Signer\xa0: \u2068Élise Fontaine\u2069",
        signed="Élise, merci. Vous êtes le numéro 1 sous « Cameroun",
        settings="Réglages\n\nLangue : Français.",
        stop="désabonnez-moi",
        stopped="C’est arrêté.",
        menu="Ce que je sais faire",
    ),
    Talk(
        person=4,
        welcome="Te damos la bienvenida a Vigil\n\nEste es el bot de Example Rights.",
        question="¿Es legal la tortura?",
        answer=("\n\nFuente: Amnistía Internacional", "\nFecha: ", "Traducción automática"),
        card=("Para: ", "31 de marzo de 2027", "Qué guardamos si firmas"),
        add_my_name="Añadir mi nombre",
        sign_as="Firmar como \u2068Inés Quiroga\u2069",
        signed="Inés, gracias. Eres el número 2 en «Camerún",
        settings="Ajustes\n\nIdioma: Español.",
        stop="darme de baja",
        stopped="No más mensajes.",
        menu="Qué puedo hacer",
    ),
    Talk(
        person=2,
        welcome="أهلا بك في Vigil\n\nهذا بوت Example Rights.",
        question="هل التعذيب قانوني؟",
        answer=("\n\nالمصدر: ", "\nتاريخ المعلومات: ", "ترجمة آلية"),
        card=("إلى: ", "31 مارس 2027", "ما نحتفظ به إذا وقّعت"),
        add_my_name="إضافة اسمي",
        sign_as="التوقيع باسم \u2068ليلى حداد\u2069",
        signed="ليلى، شكرا لك. توقيعك هو رقم 3 تحت «",
        settings="الإعدادات\n\nاللغة: العربية.",
        stop="إلغاء الاشتراك",
        stopped="توقفت الرسائل.",
        menu="ما أستطيع فعله",
    ),
)  # fmt: skip


@pytest.fixture
def content() -> Content:
    return load(Path("content"), LANGUAGES)


@pytest.fixture
def explainer(content: Content) -> Explainer:
    return Explainer(content)


async def test_a_conversation_in_each_language(start: Start) -> None:
    vigil = await start(languages=LANGUAGES)
    for talk in TALKS:
        await held(talk, vigil.chat(talk.person))


async def held(talk: Talk, chat: Chat) -> None:
    assert plain(await chat.say("/start")).startswith(talk.welcome)
    answer = plain(await chat.say(talk.question))
    for part in talk.answer:
        assert part in answer
    card = plain(await chat.link(f"petition-{PETITION}"))
    for part in talk.card:
        assert part in card
    await chat.tap(talk.add_my_name)
    assert plain(await chat.tap(talk.sign_as)).startswith(talk.signed)
    assert plain(await chat.say("/settings")).startswith(talk.settings)
    assert plain(await chat.say(talk.stop)).startswith(talk.stopped)
    assert talk.menu in await chat.say("/help")
