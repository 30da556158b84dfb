"""What is typed into a petition, beneath the dialog."""

import pytest

from bot.errors import EntryRefused
from bot.services.petitions.entries import clean_entry, clean_words, read_goal, slug_of


@pytest.mark.parametrize(
    ("field", "typed", "reason"),
    [
        ("title", " \n\t ", EntryRefused.EMPTY),
        ("title", "\u200e\u200f", EntryRefused.EMPTY),
        ("title", "…!?", EntryRefused.EMPTY),
        ("title", "a" * 81, EntryRefused.TOO_LONG),
        ("title", "😀" * 41, EntryRefused.TOO_LONG),
        ("ask", "Free \u202eariмaS", EntryRefused.INVISIBLE),
        ("ask", "Free \u2066Samira", EntryRefused.INVISIBLE),
        ("body", "Write to {minister}.", EntryRefused.BRACES),
        ("as_of", "last month", EntryRefused.NO_YEAR),
    ],
)
def test_what_cannot_stand_on_a_card_is_refused(field: str, typed: str, reason: str) -> None:
    with pytest.raises(EntryRefused) as refusal:
        clean_entry(field, typed)
    assert refusal.value.reason == reason


def test_words_keep_what_can_be_seen() -> None:
    assert clean_words(" =HYPERLINK(1)\x00 \n now ") == "=HYPERLINK(1) now"
    assert clean_entry("title", "😀 e\u0301 می\u200cخواهم") == "😀 é می\u200cخواهم"
    assert clean_entry("body", " One.\n\nTwo. ") == "One.\n\nTwo."


def test_a_goal_is_read_in_any_digits() -> None:
    assert [read_goal(one) for one in ("1", "1,000", "1 000", "1.000", "١٠٠٠", "100000000")] == [
        1, 1_000, 1_000, 1_000, 1_000, 100_000_000,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "goal"),
    [("10.000", 10_000), ("1’000’000", 1_000_000), ("1,00,000", 100_000), ("٢٬٥٠٠", 2_500)],
)
def test_marks_stand_between_thousands(typed: str, goal: int) -> None:
    assert read_goal(typed) == goal


@pytest.mark.parametrize("typed", ["1.5", "1,50", "10.000,00", "1.000,500", "1 0", "1..000", ".5"])
def test_what_is_no_whole_number_is_not_made_one(typed: str) -> None:
    with pytest.raises(EntryRefused) as refusal:
        read_goal(typed)
    assert refusal.value.reason == EntryRefused.NO_NUMBER


@pytest.mark.parametrize(
    "typed", ["", "0", "-1", "½", "1e3", "100000001", f"{1:012}9", "9" * 5_000]
)
def test_no_goal_is_zero_or_beyond_reach(typed: str) -> None:
    with pytest.raises(EntryRefused):
        read_goal(typed)


def test_a_name_for_links_comes_from_the_title() -> None:
    assert slug_of("Free Samira!") == "free-samira"
    assert slug_of("Égalité pour tous les détenus politiques du pays") == (
        "egalite-pour-tous-les-detenus"
    )
    assert slug_of("حرّية") == "petition"
    assert len(slug_of("a" * 300)) <= 40
