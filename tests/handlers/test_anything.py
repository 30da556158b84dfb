"""Whatever is written or pressed, something calm comes back and nothing breaks."""

import random
import unicodedata

from playground.control_error import ControlError
from tests.conftest import PETITION, Vigil
from tests.conversation import Chat
from tests.handlers.test_signing import LINK, counted

WORDS = "torture stop /ask /start petition- I my am was police name 1e309 NULL ../../ ; -- -1"
MARKUP = "<b> </b> &amp; & {contact} {0} %s \\ \" ' ` * _ [x](y) $ ${x}"
SCRIPTS = "😀 👩\u200d👩\u200d👧 ليلى توقف 測試 ñ Ünder ٣ ࠀ ꙮ 𝕿𝖔𝖗𝖙𝖚𝖗𝖊 ﷽ ﬁ İ ß"
UNSEEN = ("\u202e", "\u200f", "\u2066", "\u200d", "\ufeff", "\u0301\u0301\u0301", "\U000e0041")
PIECES = (*WORDS.split(), *MARKUP.split(), *SCRIPTS.split(), *UNSEEN)
PARTS = ("sign", "named", "typed", "other", "counted", "petition", "withdraw", "do", "ask", "go",
         "passage", "subject", "meta", "case", "choose", "follow", "alert", "urgent", "news", "yes",
         "off", "said", "forget", "nothing", "mydata", "stop", "angel-colon", PETITION,
         "what-torture-is", "0", "a" * 40, "é", "")  # fmt: skip


async def test_any_words_get_an_answer(chat: Chat, vigil: Vigil) -> None:
    dice = random.Random(2027)
    for _ in range(150):
        words = " ".join(dice.choices(PIECES, k=dice.randint(1, 12)))
        try:
            answer = await chat.say(words)
        except ControlError:  # nothing is left of it that could be sent
            continue
        assert answer, words
        assert "broke" not in answer, words
    assert await counted(vigil) == (0, 0)


async def test_any_words_are_a_name_or_refused_with_a_reason(chat: Chat, vigil: Vigil) -> None:
    dice = random.Random(2028)
    for _ in range(60):
        await chat.link(LINK)
        await chat.tap("Add my name")
        await chat.tap("Write another name")
        words = " ".join(dice.choices(PIECES, k=dice.randint(1, 4)))
        try:
            answer = await chat.say(words)
        except ControlError:
            continue
        assert answer, words
        assert "broke" not in answer, words
    assert await counted(vigil) == (0, 0)


async def test_any_button_is_answered(chat: Chat, vigil: Vigil) -> None:
    dice = random.Random(2029)
    await chat.link(LINK)
    card = chat.last["message_id"]
    for _ in range(200):
        data = ":".join(dice.choices(PARTS, k=dice.randint(1, 4)))[:64] or "none"
        answer = await chat.send_data(data, card)
        assert "broke" not in answer, data
        assert vigil.world.queries == {}, data


async def test_no_message_of_ours_ever_shows_markup_or_a_gap(chat: Chat, vigil: Vigil) -> None:
    for words in ("/start", "/help", "/ask", "/petitions", "/privacy", "/contact", "/cases",
                  "/alerts", "/stop", "/mydata", "/forgetme", "/id", "/cancel",
                  "/mysignatures"):  # fmt: skip
        await chat.say(words)
    await chat.link(LINK)
    for message in chat.messages:
        text = message.get("text", "")
        assert not any(mark in text for mark in ("<b>", "<i>", "&amp;", "{", "}", "None"))
        assert not any(unicodedata.category(one) == "Cc" and one != "\n" for one in text)
