"""Short codes: which there are, and what a typed one means."""

from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content import Content
from bot.models.sharing import Kind, Target
from bot.services.sharing import codes, typed
from bot.services.sharing.codes import DIGITS, LETTERS

SLUGS = st.from_regex(r"[a-z0-9]{1,8}(-[a-z0-9]{1,8}){0,2}", fullmatch=True)
TARGETS = st.sets(st.builds(Target, st.sampled_from(Kind), SLUGS), min_size=1, max_size=30)


@pytest.fixture(scope="module")
def all_of_it(printed: Content) -> set[Target]:
    language = printed.language("en")
    return {
        *(Target(Kind.PETITION, slug) for slug in language.petitions),
        *(Target(Kind.CASE, slug) for slug in language.cases),
        *(Target(Kind.ASK, slug) for slug in language.passages),
    }


def alike() -> tuple[Target, Target]:
    """Two petitions whose codes begin alike, as some will one day."""
    seen: dict[str, Target] = {}
    for number in count():
        target = Target(Kind.PETITION, f"petition-{number}")
        code = codes([target])[target]
        if code in seen:
            return seen[code], target
        seen[code] = target
    raise AssertionError


def test_a_code_of_what_is_published_today_is_short_and_stays(all_of_it: set[Target]) -> None:
    made = codes(all_of_it)
    assert len(set(made.values())) == len(all_of_it) > 40
    assert made[Target(Kind.PETITION, "cameroon-torture")] == "KCV6"
    assert {len(code) for code in made.values()} <= {4, 5}


@given(TARGETS)
def test_a_code_means_one_thing_and_is_no_word(targets: set[Target]) -> None:
    for target, code in codes(targets).items():
        assert typed(code, targets) == [target]
        assert typed(f" {code.lower()}\n", targets) == [target]
        assert set(code) & set(DIGITS)
        assert set(code) & set(LETTERS)
        assert set(code) <= set("CDFHJKMNPQRTVWXY34679")


@given(st.text(max_size=8))
def test_what_no_target_has_means_nothing(words: str) -> None:
    assert not typed(words, [])


@pytest.mark.parametrize("words", ["1977", "3", "FUEL", "A4", "K7QX please", "my code: K7QX", ""])
def test_a_year_or_a_word_is_no_code(words: str, all_of_it: set[Target]) -> None:
    assert not typed(words, all_of_it)


def test_two_that_begin_alike_get_longer_codes_and_the_printed_one_finds_both() -> None:
    first, second = alike()
    printed = codes([first])[first]
    both = codes([first, second])
    assert both[first] != both[second]
    assert {len(code) for code in both.values()} <= {5, 6}
    assert all(code.startswith(printed) for code in both.values())
    assert typed(printed, [first, second]) == sorted([first, second])
