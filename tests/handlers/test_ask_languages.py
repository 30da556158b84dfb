"""A question is answered in its own language, whatever language the person has chosen."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.content import Content, Passage, load, owner
from bot.i18n import Translator
from bot.services.explainer import Encoder, Explainer
from handlers.marks import mark
from tests.conftest import NOON, Start, Vigil, learned
from tests.conversation import Chat, plain
from tests.handlers.rows import rows_about
from tests.process import CACHE_HOME

LANGUAGES = ("en", "fr", "es", "ar")
AMARA, ELISE, LEILA, INES = 0, 1, 2, 4  # English, French, Arabic, Spanish
ASKED = (
    (AMARA, "fr", "La torture est-elle légale ?"),
    (ELISE, "es", "¿Por qué está prohibida la tortura?"),
    (INES, "ar", "هل التعذيب قانوني؟"),
    (LEILA, "en", "Is torture legal anywhere in the world?"),
)
ACTIONS = {
    "alerts": "alerts",
    "cost-and-donations": "contact",
    "delete-my-data": "forgetme",
    "follow-cases": "cases",
    "how-to-sign": "petitions",
    "how-to-use": "help",
    "is-signing-safe": "privacy",
    "is-this-a-scam": None,
    "language": "settings",
    "my-signature": "mysignatures",
    "pass-question-on": "contact",
    "report-mistake": "contact",
    "see-my-data": "mydata",
    "settings": "settings",
    "share": None,
    "stop-messages": "stop",
    "talk-to-person": "contact",
    "what-is-kept": "privacy",
    "where-answers-come-from": "ask",
    "which-petitions": "petitions",
    "which-subjects": "ask",
    "who-can-read-this-chat": "privacy",
    "who-runs-this": "contact",
    "withdraw-signature": "mysignatures",
}


@pytest.fixture(scope="module")
def whole() -> Content:
    return load(Path("content"), LANGUAGES)


@pytest.fixture(scope="module")
def engine(whole: Content) -> Explainer:
    return learned(whole, Encoder(CACHE_HOME / "vigil-in-four-languages"))


@pytest.fixture
def content(whole: Content) -> Content:
    return whole


@pytest.fixture
def explainer(engine: Explainer) -> Explainer:
    return engine


@pytest.fixture
async def vigil(start: Start) -> Vigil:
    return await start(languages=LANGUAGES)


async def test_a_shared_answer_is_titled_as_it_was_read_and_opens_in_the_readers_language(
    vigil: Vigil, whole: Content
) -> None:
    amara, elise = vigil.chat(AMARA), vigil.chat(ELISE)
    answer = plain(await amara.say("La torture est-elle légale ?"))
    passages = whole.language("fr").passages.values()
    french = next(one for one in passages if answer.startswith(plain(one.title)))
    shared = plain(await amara.tap("Partager"))
    assert shared.startswith(f"Partager « {plain(french.title)} »")
    assert f"?start=ask-{french.id}\n" in shared
    english = whole.language("en").passages[french.id]
    assert (await amara.link(f"ask-{french.id}")).startswith(english.title)
    assert plain(await elise.link(f"ask-{french.id}")).startswith(plain(french.title))


@dataclass(frozen=True)
class Talk:
    """One person who asks in a language that is not hers."""

    chat: Chat
    content: Content
    t: Translator

    def body(self, name: str) -> str:
        return plain(self.content.language(self.t.language).passages[name].body)

    def says(self, english: str, **values: object) -> str:
        return plain(self.t(english, **values).striptags())

    async def tap(self, english: str) -> str:
        return plain(await self.chat.tap(self.t(english).unescape()))


async def test_an_answer_its_buttons_and_what_they_open_are_in_the_questions_language(
    vigil: Vigil, content: Content, engine: Explainer
) -> None:
    for person, language, question in ASKED:
        chat, t = vigil.chat(person), vigil.services.catalogues[language]
        own = chat.world.people[chat.user].language
        assert own != language
        talk = Talk(chat, content, t)
        await answered(talk, question, engine, own)
        await looked_around(talk)
        assert (await chat.say("/help")).startswith(_help(vigil, own))
        await kept(talk)


async def answered(talk: Talk, question: str, engine: Explainer, own: str) -> None:
    chat, t = talk.chat, talk.t
    found = engine.ask(question, own, NOON.date())
    assert isinstance(found.text, Passage)
    assert found.language == t.language
    answer = plain(await chat.say(question))
    assert talk.body(found.text.id) in answer
    assert f"/support_{t.language}" in answer
    assert answer.endswith(
        talk.says(
            "<i>In {language}, like your question; everything else is in {other}.</i>",
            language=t.name_of(t.language),
            other=t.name_of(own),
        )
    )
    assert [plain(label) for label in chat.buttons] == [
        talk.says("Not what you meant?"),
        talk.says("More on this"),
        talk.says("All subjects"),
        talk.says("Share"),
        talk.says("Always answer in {language}", language=t.name_of(t.language)),
    ]
    assert await talk.tap("Not what you meant?") == answer
    assert talk.body(found.also[0].id) in plain(await chat.tap(found.also[0].title))


async def looked_around(talk: Talk) -> None:
    """Subjects, a decline and the support card keep to the language of the first answer."""
    await talk.tap("All subjects")
    subject = talk.content.language(talk.t.language).subjects[0]
    await talk.chat.tap(subject.title)
    first = subject.passages[0]
    assert talk.body(first.id) in plain(await talk.chat.tap(first.title))
    card = await talk.chat.say(f"/support_{talk.t.language}")
    assert card.startswith(talk.content.language(talk.t.language).support.title)
    assert [plain(one) for one in talk.chat.buttons] == [talk.says("Reach a person")]


def _help(vigil: Vigil, language: str) -> str:
    said = vigil.services.catalogues[language](
        "Write me a question in your own words, or use one of these:\n\n{commands}", commands=""
    )
    return str(said).rstrip("\u200f\n")


async def kept(talk: Talk) -> None:
    """One tap, and everything else is in that language, too."""
    chat, t = talk.chat, talk.t
    passage = next(iter(talk.content.language(t.language).passages))
    await chat.send_data(f"ask:passage:{passage}:{t.language}")
    shown = plain(await chat.tap(chat.buttons[-1]))
    assert "/settings" in shown
    assert talk.body(passage) in [plain(one.get("text", "")) for one in chat.messages][-2]
    await chat.link(f"ask-{passage}")
    assert talk.says("All subjects") == plain(chat.buttons[-1])
    assert f"/support_{t.language}" not in chat.last["text"]


async def test_the_way_from_a_cry_to_the_team_is_in_the_language_of_the_cry(
    vigil: Vigil, content: Content
) -> None:
    chat, cry = vigil.chat(AMARA), "Mon frère a été arrêté et battu par la police hier soir"
    french = Talk(chat, content, vigil.services.catalogues["fr"])
    card = content.language("fr").support.title
    assert (await chat.say(cry)).startswith(card)
    assert (await french.tap("Reach a person")).startswith("Ici, vous pouvez écrire")
    await chat.say("/cancel")

    assert (await chat.say("/contact")).startswith("Here you can write")
    assert plain(await chat.say(cry)).startswith("L’équipe n’a pas reçu votre message")
    assert chat.replies[0].startswith(card)
    assert plain(await chat.say(cry)).startswith("C’est transmis.")
    arabic = "أخي اعتقلته الشرطة أمس وضربوه"
    intro = plain(await chat.say(f"/contact {arabic}"))
    assert chat.replies[0].startswith(content.language("ar").support.title)
    assert intro.startswith("يمكنك هنا الكتابة")

    await chat.say("Quel temps fait-il à Paris ce soir ?")
    assert (await french.tap("Reach a person")).startswith("Ici, vous pouvez écrire")
    assert (await chat.say("/help")).startswith("Write me a question")


async def test_a_language_that_no_text_is_in_is_declined_in_all_four(vigil: Vigil) -> None:
    amara = vigil.chat(AMARA)
    for question in ("Является ли пытка законной в России?", "拷問は違法ですか"):
        lines = plain(await amara.say(question)).split("\n")
        assert lines[:4] == [
            "I cannot read this language. I can answer you in English.",
            "Je ne comprends pas cette langue. Je peux vous répondre en français.",
            "No entiendo este idioma. Puedo responderte en español.",
            "لا أفهم هذه اللغة. أستطيع أن أجيبك باللغة العربية.",
        ]
        assert amara.buttons == ["Pass it to the team", "Reach a person", "Subjects"]


async def test_questions_about_the_bot_have_the_same_button_in_every_language(
    vigil: Vigil, content: Content
) -> None:
    amara = vigil.chat(AMARA)
    await amara.say("hello")
    for language in LANGUAGES:
        texts = content.language(language).meta
        assert {name: text.action for name, text in texts.items()} == ACTIONS
        for text in texts.values():
            await amara.send_data(f"ask:pick:{mark(owner(text))}:{language}")
            (first, *_), *_ = amara.last["reply_markup"]["inline_keyboard"]
            wanted = f"go:{text.action}" if text.action else f"ask:else:{mark(owner(text))}"
            assert first["callback_data"].removesuffix(f":{language}") == wanted


async def test_why_follows_what_was_shown_last_for_half_an_hour(
    start: Start, content: Content
) -> None:
    vigil = await start(languages=LANGUAGES)
    chat, shown = vigil.chat(), content.language("en").passages["definition"]

    async def offered(words: str, language: str = "en") -> bool:
        await chat.say(words)
        passages = content.language(language).passages
        return chat.buttons[: len(shown.related)] == [passages[one].title for one in shown.related]

    await chat.link("ask-definition")
    assert (await rows_about(vigil.database, chat.user))["last_read"] == [
        {"supporter_id": chat.user, "passage": "definition", "until": NOON.replace(minute=30)}
    ]
    chat = (await start(languages=LANGUAGES)).chat()
    assert await offered("Why?")
    assert await offered("tell me more!")
    assert await offered("Pourquoi ?", "fr")
    chat.world.clock.jump(NOON.replace(minute=30) - NOON)
    for words in ("why?", "tell me more", "Continue…"):
        assert not await offered(words)
        assert "half an hour at most" in chat.last["text"]


async def test_what_was_shown_last_is_dropped_once_something_else_was_said(vigil: Vigil) -> None:
    chat = vigil.chat()
    for said in ("Which bicycle tyres fit my wheels?", "I was tortured by the police last night"):
        await chat.link("ask-definition")
        await chat.say(said)
        assert (await rows_about(vigil.database, chat.user))["last_read"] == []
    assert "I cannot tell what that is about." in await chat.say("tell me more")
