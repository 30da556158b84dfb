"""A send that fails too often is held before it has used up the audience."""

import pytest

from bot.delivery._breaker import Breaker
from bot.delivery.outcomes import AGAIN, AWAY, LOST, NO_CHAT, REFUSED, SENT, Meaning
from bot.models import DeliveryState, Reason

BLOCKED = Meaning(DeliveryState.FAILED, Reason.BLOCKED, is_unreachable=True)
GONE = Meaning(DeliveryState.FAILED, Reason.DEACTIVATED, is_unreachable=True)


def opened_after(outcomes: list[Meaning]) -> int | None:
    """How many outcomes it took; None when it stayed closed."""
    breaker = Breaker()
    for number, found in enumerate(outcomes, start=1):
        breaker.note(found)
        if breaker.is_open:
            return number
    return None


@pytest.mark.parametrize(
    ("outcomes", "expected"),
    [
        ([LOST] * 19 + [SENT] + [LOST] * 19, None),
        ([LOST] * 25, 20),
        ([REFUSED] * 10 + [NO_CHAT] * 10, 20),
        ([BLOCKED, GONE] * 500, None),
        ([LOST, *[BLOCKED] * 3] * 60, 200),
        ([*[SENT] * 19, LOST] * 9 + [SENT] * 500, None),  # nine in two hundred
        ([*[SENT] * 19, LOST] * 20, 200),  # ten
        ([*[SENT] * 500, *[*[SENT] * 9, REFUSED] * 9], None),
        ([*[SENT] * 500, *[*[SENT] * 9, REFUSED] * 10], 600),
        ([LOST, AGAIN, AWAY] * 20, 58),  # what is tried again is no outcome
    ],
)
def test_it_opens_at_twenty_in_a_row_or_one_in_twenty_of_two_hundred(
    outcomes: list[Meaning], expected: int | None
) -> None:
    assert opened_after(outcomes) == expected
