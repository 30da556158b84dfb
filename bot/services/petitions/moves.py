"""Which state a petition may go to from which: the one table that decides."""

from collections.abc import Mapping
from datetime import datetime

from bot.errors import IllegalMove
from bot.models import PetitionState, Standing
from bot.services.audit import Audit
from bot.store import Connection
from bot.store import petitions as store

DRAFT, REVIEW, OPEN = PetitionState.DRAFT, PetitionState.REVIEW, PetitionState.OPEN
PAUSED, CLOSED = PetitionState.PAUSED, PetitionState.CLOSED
DELIVERED, WON, NOT_WON = PetitionState.DELIVERED, PetitionState.WON, PetitionState.NOT_WON
WITHDRAWN = PetitionState.WITHDRAWN

LEGAL: Mapping[PetitionState, frozenset[PetitionState]] = {
    DRAFT: frozenset({REVIEW, WITHDRAWN}),
    REVIEW: frozenset({DRAFT, OPEN, WITHDRAWN}),
    OPEN: frozenset({PAUSED, CLOSED, WITHDRAWN}),
    PAUSED: frozenset({OPEN, CLOSED, WITHDRAWN}),
    CLOSED: frozenset({DELIVERED, WITHDRAWN}),
    DELIVERED: frozenset({WON, NOT_WON, WITHDRAWN}),
    WON: frozenset({WITHDRAWN}),  # a family may ask for that at any time
    NOT_WON: frozenset({WITHDRAWN}),
    WITHDRAWN: frozenset(),
}
PUBLIC = frozenset(LEGAL) - {DRAFT, REVIEW}
"""Of these people may know."""
TERMS = "petition terms"
"""On record for a new goal or deadline, which moves nothing."""
_LIVING = frozenset({DRAFT, REVIEW, OPEN, PAUSED})
_NO_YES: Mapping[str, object] = {"approved_by": None, "starts_at": None}


def check_move(standing: Standing, wanted: PetitionState) -> None:
    """Let a legal move pass.

    Raises:
        IllegalMove: The table does not know this move.
    """
    if wanted not in LEGAL[standing.state]:
        raise IllegalMove(standing.slug, standing.state, wanted)


async def move(
    db: Connection,
    audit: Audit,
    standing: Standing,
    wanted: PetitionState,
    actor: str,
    now: datetime,
    **columns: object,
) -> None:
    """Bring a petition into another state, in the caller's transaction, and on record.

    `standing` was read in the same transaction; `actor` is a pseudonym. Where it ends, a yes that
    waits for its time is void: what it agreed to happens no more.

    Raises:
        IllegalMove: The table does not know this move. Nothing was done.
    """
    check_move(standing, wanted)
    moved = {"state": wanted, "moved_by": actor, "moved_at": now}
    ended = {} if wanted in _LIVING else _NO_YES
    await store.act(db, standing.slug, **{**moved, **ended, **columns})
    await audit.note_in(db, actor, f"petition {wanted}", f"petition:{standing.slug}")
