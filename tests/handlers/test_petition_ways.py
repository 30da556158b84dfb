"""A petition's card: how far it has come, and what it leads to when it can be signed no more."""

import pytest
import sqlalchemy as sa

from bot.store.schema import petitions
from tests.conftest import PETITION, Shelf, Start, Vigil
from tests.conversation import Chat
from tests.handlers.test_following import CASE
from tests.handlers.test_inline import asked
from tests.handlers.test_signing import LINK

FAR, SAME_SUBJECT, SAME_CASE = "a-far-one", "b-same-subject", "c-same-case"
BARS = {
    1: "█░░░░░░░░░",  # one is full as soon as somebody has signed
    4: "█░░░░░░░░░",
    5: "██░░░░░░░░",
    13: "█████░░░░░",
    24: "█████████░",
    25: "█████░░░░░",  # half of the way to 50
    49: "█████████░",
    51: "█████░░░░░",
    99: "█████████░",
    499: "█████████░",
    750: "███████░░░",
    999_999: "█████████░",
}
"""What is drawn at so many signatures; full it never is, since the goal goes ahead."""


@pytest.fixture
def shelf(shelf: Shelf) -> Shelf:
    """Three beside the first: the farther it is, the earlier its name."""
    first = shelf[PETITION].model_copy(update={"case": CASE})
    shelf[PETITION] = first
    for slug, subject, case in (
        (FAR, "definition", None),
        (SAME_SUBJECT, first.subject, None),
        (SAME_CASE, "definition", CASE),
    ):
        shelf[slug] = first.model_copy(
            update={"id": slug, "title": slug, "subject": subject, "case": case}
        )
    return shelf


async def drawn(vigil: Vigil, signatures: int) -> str:
    """The bar on the card of a petition that has so many."""
    async with vigil.database.write() as db:
        row = sa.update(petitions).where(petitions.c.slug == PETITION)
        await db.execute(row.values(signatures=signatures))
    card = await vigil.chat().link(LINK)
    return next((line for line in card.splitlines() if set(line) & set("█░")), "")


async def test_a_bar_shows_how_far_it_is_to_the_next_goal(vigil: Vigil) -> None:
    assert await drawn(vigil, 0) == ""
    for signatures, bar in BARS.items():
        assert await drawn(vigil, signatures) == bar, signatures


async def test_what_has_closed_leads_to_the_nearest_that_is_open(start: Start) -> None:
    vigil = await start()
    amara = vigil.chat()
    for slug in (FAR, SAME_SUBJECT, SAME_CASE):
        await vigil.services.petitions.open(slug)
    await vigil.services.petitions.close(PETITION)
    for nearest in (SAME_CASE, SAME_SUBJECT, FAR):
        await amara.link(LINK)
        assert amara.buttons[-1] == nearest
        await amara.tap(nearest)
        assert "Add my name" in amara.buttons
        await vigil.services.petitions.close(nearest)
    await amara.link(LINK)
    assert not {FAR, SAME_SUBJECT, SAME_CASE} & set(amara.buttons)


async def test_beside_her_link_stands_a_way_to_send_the_card(vigil: Vigil) -> None:
    """It opens the list of chats with the petition's name typed, and that finds its card."""
    amara = vigil.chat()
    await amara.link(LINK)
    await amara.tap("Share")
    typed = sends(amara)["Send the petition's card"]
    assert typed == PETITION
    (card,) = (await asked(amara, typed))["results"]
    assert card["title"] == "Cameroon: no torture for the sake of security"


def sends(chat: Chat) -> dict[str, str]:
    """What the buttons under the newest message type into a chat that is chosen."""
    rows = chat.last["reply_markup"]["inline_keyboard"]
    every = (one for row in rows for one in row)
    return {
        one["text"]: one["switch_inline_query"] for one in every if "switch_inline_query" in one
    }
