"""What a correction or a recall does to the alert that it is about, and to others of its kind."""

from collections.abc import Sequence
from datetime import datetime

from bot.models import TAKES_BACK, Alert, AlertKind, AlertState, Reason, Standing
from bot.services.alerts._desk import Desk
from bot.services.alerts.moves import origins
from bot.store import Connection, amendments, deliveries
from bot.store import alerts as store


async def is_recalled(db: Connection, number: int) -> bool:
    """Whether an admin has said that this alert shall be taken back, or its family has."""
    return any(
        one.kind in TAKES_BACK and _is_decided(one) for one in await store.amending(db, number)
    )


async def stands(db: Connection, alert: Alert) -> bool:
    """Whether people have it or are to get it, and nobody has taken it back."""
    has_come_to_nothing = alert.ended_at is not None and alert.started_at is None
    if alert.state is AlertState.DRAFT or has_come_to_nothing:
        return False
    return not await is_recalled(db, alert.id)


async def outcome_of(db: Connection, petition: Standing, but: int = 0) -> Alert | None:
    """The message, other than this one, that tells what came of a petition; a draft tells nobody.

    What was told before its list was handed over was no outcome of it.
    """
    since = petition.delivered_at
    if since is None:
        return None
    for one in await store.about(db, [f"petition:{petition.slug}"]):
        is_late = one.started_at is None or one.started_at >= since
        is_other = one.kind is AlertKind.OUTCOME and one.id != but
        if is_other and is_late and await stands(db, one):
            return one
    return None


async def is_outdated(db: Connection, alert: Alert) -> bool:
    """Whether trying again would bring back words that have been corrected or recalled since."""
    if alert.amends is None:
        return await is_recalled(db, alert.id)
    others = await store.amending(db, alert.amends)
    return any(one.started_at is not None and one.id > alert.id for one in others)


async def make_way(desk: Desk, db: Connection, amendment: Alert) -> bool:
    """End what would still bring other words; False while any of it is on the wire.

    With a correction, who has not had the alert yet gets the new words: the alert has them from
    now on. Where it stood still for them, it goes on as soon as those are known who had the old.
    """
    assert amendment.amends is not None
    original = await desk.alert(db, amendment.amends)
    others = [one for one in await store.amending(db, original.id) if one.id != amendment.id]
    if amendment.kind in TAKES_BACK:
        await end([original, *others], desk.now(), db)
    else:
        await hold_for_correction(db, original)
        await end([one for one in others if one.kind is AlertKind.CORRECTION], desk.now(), db)
    if await amendments.is_on_the_wire(db, original.id, *(one.id for one in others)):
        return False
    if amendment.kind is AlertKind.CORRECTION:
        await _rewrite(desk, db, original, amendment)
    return True


def begins(original: Alert, now: datetime) -> datetime | None:
    """When what takes it back may begin, once that is decided; None until `Pictures` has one."""
    return None if original.picture else now


async def hold_for_correction(db: Connection, original: Alert) -> None:
    await store.move(
        db, original.id, {AlertState.SENDING}, AlertState.PAUSED, reason=amendments.BEING_CORRECTED
    )


async def end(alerts: Sequence[Alert], now: datetime, db: Connection) -> None:
    """Let nobody else get any of these."""
    for one in alerts:
        states = origins(AlertState.CANCELLED)
        if await store.move(db, one.id, states, AlertState.CANCELLED, ended_at=now, reason=None):
            await deliveries.skip_pending(db, one.id, Reason.CANCELLED)


async def _rewrite(desk: Desk, db: Connection, original: Alert, correction: Alert) -> None:
    was_approved = original.digest == desk.digest(original)
    for language in original.words.keys() - correction.words.keys():
        await store.drop_words(db, original.id, language)
    for language, words in correction.words.items():
        await store.put_words(db, original.id, language, words)
    await store.change(db, original.id, picture=correction.picture)
    if was_approved:  # what was changed behind its back is not made good by this
        rewritten = await desk.alert(db, original.id)
        await store.change(db, original.id, digest=desk.digest(rewritten))


def _is_decided(recall: Alert) -> bool:
    is_off = recall.state is AlertState.CANCELLED and recall.started_at is None
    return recall.state is not AlertState.WAITING and not is_off
