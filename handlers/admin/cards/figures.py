"""The ledger's figures as people read them: by state, with reasons, adding up to the audience."""

from collections.abc import Iterator, Mapping

from markupsafe import Markup

from bot.i18n import N_, Translator
from bot.models import AlertKind, DeliveryState
from bot.services.alerts import Watch

_STATES: Mapping[DeliveryState, str] = {
    DeliveryState.SENT: N_("Sent: {number}{reasons}"),
    DeliveryState.SKIPPED: N_("Skipped: {number}{reasons}"),
    DeliveryState.FAILED: N_("Failed: {number}{reasons}"),
    DeliveryState.UNKNOWN: N_("Unknown: {number}{reasons}"),
}
_MENDED: Mapping[AlertKind, str] = {
    AlertKind.CORRECTION: N_("Corrected: {number}{reasons}"),
    AlertKind.RECALL: N_("Taken back: {number}{reasons}"),
    AlertKind.FAMILY: N_("Edited: {number}{reasons}"),
}
"""What stands for “Sent” there."""
_REASONS: Mapping[str, str] = {
    "stopped": N_("said stop"),
    "unsubscribed": N_("took the choice back"),
    "unreachable": N_("could not be reached before"),
    "signed": N_("had signed"),
    "expired": N_("too late"),
    "cancelled": N_("cancelled"),
    "erased": N_("erased themselves since"),
    "blocked": N_("have blocked the bot"),
    "deactivated": N_("closed their account"),
    "not started": N_("never started the bot"),
    "no chat": N_("chat not found"),
    "refused": N_("refused by Telegram"),
    "migrated": N_("moved to another chat"),
    "no answer": N_("without an answer from Telegram"),
    "interrupted": N_("on the way when I was stopped"),
    "gone": N_("had deleted it themselves"),
    "deleted": N_("deleted"),
    "withdrawn": N_("replaced by a note that it was withdrawn"),
    "undeletable": N_("too old to be deleted"),
    "too old": N_("too old to be changed"),
    "quiet": N_("left in peace for now"),
    "over cap": N_("beyond their weekly limit"),
    "in digest": N_("in their weekly digest"),
}
_WIDTH = 12  # blocks of the bar


def figures(watch: Watch, t: Translator) -> Markup:
    """One line for each state, with its reasons."""
    states = {**_STATES}
    if mended := _MENDED.get(watch.alert.kind):
        states[DeliveryState.SENT] = mended
    lines = [
        t(
            sentence,
            number=t.number(watch.number(state)),
            reasons=_reasons(watch, state, t),
        )
        for state, sentence in states.items()
    ]
    return Markup("\n").join(lines)


def bar(done: int, everybody: int) -> str:
    """A drawn bar; full only when everybody is."""
    full = _WIDTH * done // everybody if everybody else 0
    return "▰" * full + "▱" * (_WIDTH - full)


def said(reason: str, t: Translator) -> Markup:
    """A reason of the ledger as people read it."""
    return t(_REASONS[reason]) if reason in _REASONS else Markup.escape(reason)


def _reasons(watch: Watch, state: DeliveryState, t: Translator) -> Markup:
    parts = list(_parts(watch, state, t))
    return t(" ({reasons})", reasons=t.list(parts)) if parts else Markup("")


def _parts(watch: Watch, state: DeliveryState, t: Translator) -> Iterator[Markup]:
    for (found, reason), number in sorted(watch.totals.items(), key=lambda item: -item[1]):
        if found is state and reason:
            yield t("{number} {reason}", number=t.number(number), reason=said(reason, t))
