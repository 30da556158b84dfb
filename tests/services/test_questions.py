"""What is left of a question, and which questions are put together."""

from time import process_time

import pytest

from bot.models.questions import Question
from bot.services.explainer import Encoder
from bot.services.questions import kept_words
from bot.services.questions._groups import Group, gathered, wordings
from bot.services.questions._likeness import Encode, Likeness

KEPT = (
    ("Write to amara.k@mail.example.org or me", "Write to … or me"),
    ("Is @amara_k on (@vk) safe?", "Is … on … safe?"),
    ("Call +237 699 12 34 56, 00237-699-12-34-56!", "Call …, …!"),
    ("اتصل على ٠٦٩٩١٢٣٤٥٦ الآن", "اتصل على … الآن"),
    ("My paper is AB1234567", "My paper is AB…"),
    ("See https://t.me/x?y=1, t.me/joinchat or tg://user?id=5", "See … … or …"),
    ("Who pays for Amnesty.ORG/en and vk.com?", "Who pays for … and …?"),
    ("Banned in 1948? Article 5, 156 countries, U.S.", None),
    ("Why did they... do it.Why not, e.g. 2007-08", None),
    ("Pourquoi l'art.5 dit-il ça ?", None),
    ("one\u202etwo\x00\nthree\u2028four", "one two three four"),
)
LONG = ("a", "a.", "a-", "-", "@", "a@", "1 ", "+(", "a.b-", "www.", "12345 . ")


@pytest.mark.parametrize(("asked", "kept"), KEPT)
def test_nothing_that_leads_to_somebody_is_kept(asked: str, kept: str | None) -> None:
    assert kept_words(asked) == (kept or asked)
    assert kept_words(kept_words(asked)) == kept_words(asked)


def test_a_long_message_is_cut_and_costs_no_time() -> None:
    begun = process_time()
    found = [kept_words(part * 4096) for part in LONG]
    assert max(map(len, found)) == 600
    assert process_time() - begun < 2  # some hundredths; one of them took a second and a half


def by_letters(_: object) -> None:
    """Nothing knows meanings."""


ASKED = (
    "Which book should I read?",
    "why do cats purr",
    "WHICH BOOK, should I read",
    "Should I read which book?",
    "Which book",
    "Why do cats purr?",
)


def groups(asked: tuple[str, ...], percent: int, encode: Encode) -> list[Group]:
    found = wordings([Question(number, "en", text) for number, text in enumerate(asked)])
    near = Likeness().near([one.text for one in found], percent, encode)
    return gathered(found, near)


def test_without_meanings_words_in_any_order_are_put_together() -> None:
    book, cats, part = groups(ASKED, 80, by_letters)

    assert [(one.text, one.times) for one in book.wordings] == [(ASKED[0], 2), (ASKED[3], 1)]
    assert (cats.lead.text, cats.times) == (ASKED[1], 2)
    assert part.times == 1  # the beginning of a question is another one
    assert [one.digest for one in groups(ASKED, 80, by_letters)] == [
        one.digest for one in (book, cats, part)
    ]
    assert book.digest not in {one.digest for one in groups((*ASKED, ASKED[0]), 80, by_letters)}


def test_by_meaning_languages_are_no_hindrance() -> None:
    asked = ("Which book should I read?", "Quel livre devrais-je lire ?", "¿Qué libro debo leer?")
    found = groups((*asked, "Why do cats purr?"), 70, Encoder().points)
    assert sorted(one.text for one in found[0].wordings) == sorted(asked)
    assert len(groups(asked, 99, Encoder().points)) == len(asked)
