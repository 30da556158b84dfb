"""The goal on the card, and the bar towards it: steps that lead to the petition's own goal."""

import pytest

from bot.store import petitions
from tests.conftest import PETITION, Vigil
from tests.handlers.test_signing import LINK


@pytest.mark.parametrize(
    ("signed", "goal", "full", "said"),
    [
        (1, 10, 1, "The next goal is 10."),
        (9, 10, 9, "The next goal is 10."),
        (10, 10, 4, "The next goal is 25."),
        (24, 40, 9, "The next goal is 25, on the way to 40."),
        (25, 40, 6, "The next goal is 40."),
        (26, 40, 6, "The next goal is 40."),
        (39, 40, 9, "The next goal is 40."),
        (40, 40, 8, "The next goal is 50."),
        (41, 40, 8, "The next goal is 50."),
        (60, 50, 6, "The next goal is 100."),
        (700, 1_000, 7, "The next goal is 1,000."),
        (700, 800, 8, "The next goal is 800."),
        (700, 5_000, 7, "The next goal is 1,000, on the way to 5,000."),
        (26, None, 5, "The next goal is 50."),
    ],
)
async def test_steps_lead_to_the_goal_that_an_admin_set_and_not_past_it(
    signed: int, goal: int | None, full: int, said: str, vigil: Vigil
) -> None:
    async with vigil.database.write() as db:
        await petitions.change(db, PETITION, signatures=signed, goal=goal)

    card = await vigil.chat().link(LINK)

    assert f"{'█' * full}{'░' * (10 - full)}\n" in card
    assert f"signed. {said}\n" in card
