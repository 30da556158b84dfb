"""What still keeps a draft from being submitted; the sentences stand in the handlers."""

from collections.abc import Iterator
from datetime import datetime
from enum import StrEnum

from bot.delivery import rendering
from bot.models import Alert, AlertKind, PetitionState, Standing

_ABOUT = {AlertKind.REMINDER, AlertKind.NEWS, AlertKind.OUTCOME}


class Problem(StrEnum):
    NO_TEXT = "no text"
    TOO_LONG = "too long"
    TOO_FORMATTED = "too formatted"
    TEXT_GONE = "text gone"
    NOTHING_ATTACHED = "nothing attached"
    PETITION_NOT_OPEN = "petition not open"
    OUTCOME_TOLD = "outcome told"
    NO_DEADLINE = "no deadline"
    SEND_TIME_PAST = "send time past"
    NO_EXPIRY = "no expiry"
    EXPIRY_TOO_SOON = "expiry too soon"
    EXPIRY_AFTER_DEADLINE = "expiry after deadline"
    NOBODY = "nobody"
    UNCHANGED = "unchanged"
    PICTURE_MISSING = "picture missing"


_FLAWS = {
    rendering.Flaw.EMPTY: Problem.NO_TEXT,
    rendering.Flaw.TOO_LONG: Problem.TOO_LONG,
    rendering.Flaw.TOO_MANY_ENTITIES: Problem.TOO_FORMATTED,
}


def find(alert: Alert, standing: Standing | None, people: int, now: datetime) -> list[Problem]:
    """All of them, in the order in which one would mend them.

    `standing` is that of the attached petition as of now, None without one.
    """
    found = [*_text(alert), *_attached(alert, standing), *_times(alert, now)]
    deadline = standing.closes_at if standing else None
    if deadline and alert.expires_at and alert.expires_at > deadline and asks_to_sign(alert):
        found.append(Problem.EXPIRY_AFTER_DEADLINE)
    if not people:
        found.append(Problem.NOBODY)
    return found


def find_in_correction(correction: Alert, original: Alert) -> Iterator[Problem]:
    """Telegram turns a text into a picture with words, and no picture into a text."""
    yield from _text(correction)
    if original.picture is not None and correction.picture is None:
        yield Problem.PICTURE_MISSING
    is_same_picture = correction.picture == original.picture
    if is_same_picture and dict(correction.words) == dict(original.words):
        yield Problem.UNCHANGED


def _text(alert: Alert) -> Iterator[Problem]:
    if not alert.words:
        yield Problem.NO_TEXT
    flaws = {problem.flaw for problem in rendering.problems(alert)}
    yield from (problem for flaw, problem in _FLAWS.items() if flaw in flaws)


def _attached(alert: Alert, standing: Standing | None) -> Iterator[Problem]:
    if alert.about is None:
        if alert.kind in _ABOUT:
            yield Problem.NOTHING_ATTACHED
        return
    if not alert.about.startswith("petition:"):
        return
    is_open = standing is not None and standing.state is PetitionState.OPEN
    if not is_open and asks_to_sign(alert):
        yield Problem.PETITION_NOT_OPEN
    elif alert.kind is AlertKind.REMINDER and (standing is None or standing.closes_at is None):
        yield Problem.NO_DEADLINE


def _times(alert: Alert, now: datetime) -> Iterator[Problem]:
    if alert.send_at is not None and alert.send_at <= now:
        yield Problem.SEND_TIME_PAST
    if alert.expires_at is None:
        yield Problem.NO_EXPIRY
    elif alert.expires_at <= max(now, alert.send_at or now):
        yield Problem.EXPIRY_TOO_SOON


def asks_to_sign(alert: Alert) -> bool:
    """News may be about a petition that has closed; the others send people there to sign."""
    return alert.kind not in {AlertKind.NEWS, AlertKind.OUTCOME}
