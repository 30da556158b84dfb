"""How far a family's words have come, and who keeps what they cannot replace."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from bot.models import Alert, AlertKind, DeliveryState, Ending, Reason
from bot.store import Connection, amendments, deliveries
from bot.store import alerts as store

_OPEN = (DeliveryState.PENDING, DeliveryState.SENDING)

Totals = Mapping[tuple[DeliveryState, str], int]


@dataclass(frozen=True, slots=True)
class Report:
    """How far the words of a family have come.

    Attributes:
        waiting: Whose message is still to be edited.
        out_of_reach: Whose message stays as it was, by reason.
        is_over: Nothing is to be edited any more.
        wants_picture: Messages with a picture wait for the one that is to stand in its place.
        is_frozen: All sends are stopped, these words with them.
    """

    ending: Ending
    edited: int
    waiting: int
    out_of_reach: Mapping[str, int]
    is_over: bool
    wants_picture: bool
    is_frozen: bool


async def report(db: Connection, ending: Ending) -> Report:
    about = await store.about(db, [f"case:{ending.case}"])
    ours = [one for one in about if one.kind is AlertKind.FAMILY]
    totals: Counter[tuple[DeliveryState, str]] = Counter()
    for one in ours:
        totals.update(await _reached(db, one))
    open_ones = sum(n for (state, _), n in totals.items() if state in _OPEN)
    return Report(
        ending,
        sum(n for (state, _), n in totals.items() if state is DeliveryState.SENT),
        open_ones,
        _by_reason(totals),
        all(one.ended_at is not None for one in ours) and not open_ones,
        any(one.wants_picture for one in ours),
        await deliveries.is_frozen(db),
    )


async def lost(db: Connection, original: Alert) -> Mapping[str, int]:
    """Who got it and keeps it since nobody knows which message it is, by reason.

    A message is known for 90 days at most, and no longer than its reader is. What the counters say
    of them is more than this by those whose message was changed or taken back before.
    """
    totals = await deliveries.totals(db, original.id)
    unnamed = _by_name(totals, {DeliveryState.SENT})
    for one in await store.amending(db, original.id):
        if one.kind is AlertKind.RECALL:
            unnamed.subtract(_by_name(await deliveries.totals(db, one.id), {DeliveryState.SENT}))
        elif one.kind is AlertKind.FAMILY:
            unnamed.subtract(_by_name(await deliveries.totals(db, one.id), set(DeliveryState)))
    everybody = max(0, unnamed.total() - await amendments.untold(db, original.id))
    erased = min(max(0, unnamed[Reason.ERASED]), everybody)
    found = {
        Reason.TOO_OLD: everybody - erased,
        Reason.ERASED: erased,
        Reason.NO_ANSWER: _number(totals, DeliveryState.UNKNOWN),
        Reason.IN_DIGEST: totals.get((DeliveryState.SKIPPED, Reason.IN_DIGEST), 0),
    }
    return {reason: number for reason, number in found.items() if number}


async def _reached(db: Connection, amendment: Alert) -> Totals:
    """Of everybody who got the original: also whom its ledger cannot name, or not yet."""
    assert amendment.amends is not None
    original = await store.alert(db, amendment.amends)
    assert original is not None  # what has recipients cannot be deleted
    totals = Counter(await deliveries.totals(db, amendment.id))
    for reason, number in (await lost(db, original)).items():
        totals[DeliveryState.SKIPPED, reason] += number
    untold = await amendments.untold(db, original.id)
    if amendment.ended_at is None:
        totals[DeliveryState.PENDING, ""] += untold
    else:
        totals[DeliveryState.SKIPPED, Reason.CANCELLED] += untold
    return totals


def _by_name(totals: Totals, states: set[DeliveryState]) -> Counter[str]:
    """Those who were erased since, and the others."""
    numbers: Counter[str] = Counter()
    for (state, reason), number in totals.items():
        if state in states:
            numbers[Reason.ERASED if reason == Reason.ERASED else ""] += number
    return numbers


def _number(totals: Totals, wanted: DeliveryState) -> int:
    return sum(number for (state, _), number in totals.items() if state is wanted)


def _by_reason(totals: Totals) -> Mapping[str, int]:
    """Of those who are not reached, nor will be."""
    reasons: Counter[str] = Counter()
    for (state, reason), number in totals.items():
        if state is not DeliveryState.SENT and state not in _OPEN:
            reasons[reason] += number
    return {reason: number for reason, number in reasons.items() if number}
