"""The rules of petitions, beneath what people read."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.content import Content, load
from bot.errors import IllegalMove, PetitionClosed, PetitionNotOpen, PetitionUnknown, TextChanged
from bot.models import PetitionState, Standing, Supporter
from bot.services.petitions import Card, Petitions
from bot.store import Database, open_database
from tests.conftest import KEY, NOON, PETITION, wishes_of

AMARA = Supporter(510000001, "en")


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    opened = await open_database(tmp_path / "vigil.db", KEY)
    yield opened
    await opened.close()


@pytest.fixture
def petitions(database: Database, content: Content) -> Petitions:
    return Petitions(database, lambda: content, wishes_of(database), lambda: NOON)


@pytest.mark.parametrize(
    ("signatures", "goal"),
    [
        (0, 25), (24, 25), (25, 50), (99, 100), (100, 250), (250, 500), (499, 500), (500, 1_000),
        (999, 1_000), (1_000, 2_500), (2_500, 5_000), (4_999, 5_000), (5_000, 10_000),
        (123_456, 250_000), (500_000, 1_000_000),
    ],
)  # fmt: skip
def test_the_next_goal_is_the_next_round_number(
    signatures: int, goal: int, content: Content
) -> None:
    petition = content.language("en").petitions[PETITION]
    card = Card(petition, 1, Standing(PETITION, PetitionState.OPEN, 1, signatures), None)
    assert card.next_goal == goal


async def test_nothing_is_signed_before_it_is_opened_or_after_it_is_closed(
    petitions: Petitions,
) -> None:
    with pytest.raises(PetitionNotOpen):
        await petitions.sign(PETITION, AMARA, None, 1)
    await petitions.open(PETITION)
    await petitions.close(PETITION)
    with pytest.raises(PetitionClosed):
        await petitions.sign(PETITION, AMARA, None, 1)
    with pytest.raises(IllegalMove):
        await petitions.open(PETITION)


async def test_what_has_no_file_cannot_be_opened_nor_closed(petitions: Petitions) -> None:
    with pytest.raises(PetitionUnknown):
        await petitions.open("no-such")
    with pytest.raises(PetitionUnknown):
        await petitions.close("no-such")


async def test_a_text_that_is_not_the_one_shown_cannot_be_signed(petitions: Petitions) -> None:
    await petitions.open(PETITION)
    with pytest.raises(TextChanged):
        await petitions.sign(PETITION, AMARA, "Amara", 2)
    assert await petitions.signed_by(AMARA) == []


async def test_opening_again_sets_new_terms_and_keeps_the_rest(petitions: Petitions) -> None:
    first = await petitions.open(PETITION, NOON + timedelta(days=1), 100)
    await petitions.sign(PETITION, AMARA, "Amara", 1)
    again = await petitions.open(PETITION, NOON + timedelta(days=9), 500)

    assert (again.closes_at, again.goal) == (NOON + timedelta(days=9), 500)
    assert (again.signatures, again.version, again.opened_at) == (1, 1, first.opened_at)


async def test_a_signature_that_stands_comes_back_unchanged(petitions: Petitions) -> None:
    await petitions.open(PETITION)
    first = (await petitions.sign(PETITION, AMARA, "Amara", 1)).mine
    again = (await petitions.sign(PETITION, AMARA, "Somebody else", 1)).mine

    assert first
    assert first.is_new
    assert again
    assert not again.is_new
    assert (again.number, again.name) == (1, "Amara")


async def test_somebody_signs_the_text_in_the_language_that_she_reads(database: Database) -> None:
    content = load(Path("content"), ("en", "fr"))
    petitions = Petitions(database, lambda: content, wishes_of(database), lambda: NOON)
    standing = await petitions.open(PETITION)
    for person, language in enumerate(("fr", "en"), start=1):
        reader = Supporter(person, language)
        card = await petitions.card(PETITION, reader)
        made = (await petitions.sign(PETITION, reader, None, card.version)).mine
        assert made
        assert made.is_new
        (signed,) = await petitions.signed_by(reader)
        assert signed.title == content.language(language).petitions[PETITION].title
        assert (card.version == standing.version) == (language == "en")
