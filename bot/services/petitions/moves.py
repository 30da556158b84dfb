"""Which state a petition may go to from which: the one table that decides."""

from collections.abc import Mapping

from bot.errors import IllegalMove
from bot.models import PetitionState, Standing

LEGAL: Mapping[PetitionState, frozenset[PetitionState]] = {
    PetitionState.DRAFT: frozenset({PetitionState.OPEN}),
    PetitionState.OPEN: frozenset({PetitionState.OPEN, PetitionState.CLOSED}),  # open: new terms
    PetitionState.CLOSED: frozenset(),
}


def check_move(standing: Standing, wanted: PetitionState) -> None:
    """Let a legal move pass.

    Raises:
        IllegalMove: The table does not know this move.
    """
    if wanted not in LEGAL[standing.state]:
        raise IllegalMove(standing.slug, standing.state, wanted)
