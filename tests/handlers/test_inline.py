"""`@bot cameroon` in any chat: which cards are offered, and what becomes of the one chosen."""

from pathlib import Path
from typing import Any

import orjson
import pytest

from bot.content import Content, load
from bot.models import Supporter
from tests.conftest import PETITION, Start, Vigil
from tests.conversation import Chat
from tests.handlers.rows import all_rows, rows_about
from tests.handlers.test_signing import LINK, sign

DRAFT = "free-samira"
SIGN = f"https://t.me/vigil_playground_bot?start={LINK}"


async def asked(chat: Chat, query: str) -> Any:
    """The answer to a query, as it went over the wire; None when there was none."""
    query_id = chat.world.ask_inline(chat.user, query, chat.id)["inline_query_id"]
    await chat.world.settled()
    answer = chat.world.inline_queries[query_id].answer
    return answer and answer | {"query": query_id, "button": _read(answer.get("button"))}


def _read(value: Any) -> Any:
    return orjson.loads(value) if isinstance(value, str) else value


async def titles(chat: Chat, query: str) -> list[str]:
    return [one["title"] for one in (await asked(chat, query))["results"]]


@pytest.fixture
def shelf(shelf: dict[str, Any]) -> dict[str, Any]:
    """Two open petitions, and one that nobody has opened."""
    first = shelf[PETITION]
    made = {"id": DRAFT, "title": "Free Samira", "addressee": "The Minister of Justice"}
    other = first.model_copy(update=made)
    prison = {"id": "the-wall", "title": "Élargissez Zoé", "addressee": "The authorities of Aix"}
    wall = first.model_copy(update=prison)
    return shelf | {DRAFT: other, "the-wall": wall}


async def test_words_find_open_petitions_and_a_card_leads_to_signing(vigil: Vigil) -> None:
    await vigil.services.petitions.open("the-wall")
    await sign(vigil.chat(1))
    amara = vigil.chat()
    cameroon, wall = await titles(amara, "")
    for query, found in {
        "cameroon": [cameroon],
        " Torture CAMER": [cameroon],
        "authorities": [cameroon, wall],  # of whom both ask
        "elargissez zo": [wall],
        "the-wall": [wall],
        "cameroon zoe": [],
        "samira": [],
        "minister": [],
        '"); DROP TABLE petitions; %_*.+(': [],
        "x" * 256: [],
    }.items():
        assert await titles(amara, query) == found, query

    answer = await asked(amara, "cameroon")
    (card,) = answer["results"]
    assert (card["type"], card["title"]) == ("article", cameroon)
    assert card["description"].startswith("We call on you to stop torture")
    said = card["input_message_content"]["message_text"]
    assert "As of 1 March 2027: 1 Telegram account has signed." in said
    assert card["reply_markup"]["inline_keyboard"] == [[{"text": "Sign", "url": SIGN}]]
    assert str(amara.user) not in str(answer["results"])

    replies = len(amara.messages)
    vigil.world.choose_inline(amara.user, answer["query"], card["id"])
    await vigil.world.settled()
    assert len(amara.messages) == replies + 1  # it is not taken for a question
    assert amara.messages[-1]["via_bot"]["username"] == "vigil_playground_bot"
    assert "Add my name" in await _follow(amara)


async def _follow(chat: Chat) -> list[str]:
    await chat.link(LINK)
    return chat.buttons


async def test_nothing_is_kept_of_who_asks_or_what(vigil: Vigil) -> None:
    amara = vigil.chat()
    before = await all_rows(vigil.database)
    for words in ("cameroon", "where is my brother", "/forgetme", "stop"):
        await asked(amara, words)

    after = await all_rows(vigil.database)
    assert len(after.pop("handled_updates")) == 4 + len(before.pop("handled_updates"))
    assert after == before
    assert not any((await rows_about(vigil.database, amara.user)).values())
    assert amara.messages == []  # an inline query opens no chat, and nobody is written to


async def test_where_nothing_is_found_a_button_leads_to_the_list(chat: Chat) -> None:
    answer = await asked(chat, "nothing like it")
    assert answer["results"] == []
    assert answer["button"]["text"] == "No open petition has these words. See all of them"
    assert (await chat.link(answer["button"]["start_parameter"])).startswith("Petitions that you")


async def test_a_dialog_is_not_moved_by_a_query(vigil: Vigil) -> None:
    amara = vigil.chat()
    await amara.link(LINK)
    await amara.tap("Add my name")
    await amara.tap("Write another name")
    await asked(amara, "Leyla Kaya")
    await amara.say("Leyla Kaya")
    assert "Sign as \u2068Leyla Kaya\u2069" in amara.buttons


async def test_one_language_is_the_same_for_all_so_that_telegram_may_share_it(chat: Chat) -> None:
    answer = await asked(chat, "")
    assert (str(answer.get("is_personal")).lower(), int(answer["cache_time"])) == ("false", 5)


class TestTwoLanguages:
    @pytest.fixture
    def content(self) -> Content:
        return load(Path("content"), ("en", "fr"))

    async def test_each_finds_cards_in_her_own(self, start: Start) -> None:
        vigil = await start(languages=("en", "fr"))
        amara, elise, noor = (vigil.chat(person) for person in (0, 1, 5))
        await vigil.services.supporters.speak(Supporter(noor.user, "en"), "fr")
        assert [(await titles(chat, "Cam"))[0][:8] for chat in (amara, elise, noor)] == [
            "Cameroon",
            "Cameroun",
            "Cameroun",
        ]
        answer = await asked(elise, "cameroun sécurité")
        (card,) = answer["results"]
        assert card["reply_markup"]["inline_keyboard"][0][0]["url"] == SIGN
        assert str(answer["is_personal"]).lower() == "true"
