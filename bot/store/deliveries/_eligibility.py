"""Whether somebody may be written to at this very moment, and if not, why and for how long."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.models import AMENDMENTS, Alert, AlertKind, DeliveryState, Grant, Reason, Topic
from bot.models.preferences import zone_of
from bot.store.preferences import hours
from bot.store.schema import alerts, choices, deliveries, preferences, signatures, supporters
from bot.store.schema import quiet_times as quiet

WEEK = timedelta(days=7)
_REASON = deliveries.c.reason.type
_UNCOUNTED = (AlertKind.DIGEST, *AMENDMENTS)
_COUNTED = (DeliveryState.SENDING, DeliveryState.SENT, DeliveryState.UNKNOWN)


@dataclass(frozen=True, slots=True)
class _Aim:
    """What of an alert decides whom it is for."""

    kind: AlertKind
    choices: tuple[tuple[Topic, str], ...]
    without_signers_of: str | None


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who waits. Without a reason she may have it now.

    Attributes:
        held_until: She goes on waiting until then; None with a reason: she is skipped for good.
        rings: It may make a sound, if its kind does.
        is_beyond: She has had as many this week as she wants; an urgent action comes all the same.
        parts: What a digest brings her.
        message_id: The message that is corrected or recalled.
        is_deletable: It is young enough for Telegram to delete it.
    """

    person: int
    language: str | None
    reason: Reason | None
    held_until: datetime | None
    rings: bool = True
    is_beyond: bool = False
    parts: Sequence[Alert] = ()
    message_id: int | None = None
    is_deletable: bool = False

    @property
    def may_go(self) -> bool:
        return self.reason is None

    @property
    def grant(self) -> Grant:
        return Grant(
            self.person,
            self.language,
            self.rings,
            self.is_beyond,
            self.parts,
            self.message_id,
            self.is_deletable,
        )


async def candidates(
    db: AsyncConnection, alert: Alert, people: Collection[int], now: datetime
) -> Sequence[Candidate]:
    """Those of these people who wait for this alert."""
    aim = _Aim(alert.kind, tuple(alert.audience.choices), alert.audience.without_signers_of)
    found = await db.execute(
        _waiting(aim),
        {
            "of_alert": alert.id,
            "people": list(people),
            "under_way_since": now - WEEK,
            "settled_since": now - WEEK,
        },
    )
    return [_candidate(row, alert.kind, now) for row in found]


def left_out(alert: Alert) -> sa.ColumnElement[Reason | None]:
    """Why somebody with a row is not written to after all, whatever the hour."""
    audience = alert.audience
    return _left_out(_Aim(alert.kind, tuple(audience.choices), audience.without_signers_of))


@lru_cache(maxsize=64)
def _waiting(aim: _Aim) -> sa.Select[Any]:
    """Built once: it is asked forty times a second, and building takes longer than asking."""
    me = deliveries.c.supporter_id
    return (
        sa.select(
            me,
            supporters.c.language,
            _left_out(aim).label("reason"),
            quiet.c.quiet_until,
            preferences.c.zone,
            preferences.c.quiet_from,
            preferences.c.quiet_to,
            preferences.c.rings,
            _has_enough().label("has_enough"),
        )
        .select_from(deliveries)
        .outerjoin(supporters, supporters.c.supporter_id == me)
        .outerjoin(quiet, quiet.c.supporter_id == me)
        .outerjoin(preferences, preferences.c.supporter_id == me)
        .where(
            deliveries.c.alert_id == sa.bindparam("of_alert"),
            me.in_(sa.bindparam("people", expanding=True)),
            deliveries.c.state == DeliveryState.PENDING,
        )
    )


def _left_out(aim: _Aim) -> sa.ColumnElement[Reason | None]:
    reasons: Mapping[Reason, sa.ColumnElement[bool]] = {
        Reason.ERASED: supporters.c.supporter_id.is_(None),
        Reason.STOPPED: supporters.c.stopped_at.is_not(None),
        Reason.UNREACHABLE: supporters.c.unreachable_since.is_not(None),
        **_left_out_of(aim),
    }
    cases = ((when, sa.literal(reason, _REASON)) for reason, when in reasons.items())
    return sa.type_coerce(sa.case(*cases, else_=None), _REASON)


def _left_out_of(aim: _Aim) -> Mapping[Reason, sa.ColumnElement[bool]]:
    """By what the alert is about. A digest is about others, which were chosen one by one."""
    if aim.kind is AlertKind.DIGEST:
        return {}
    me = deliveries.c.supporter_id
    wanted = [
        (choices.c.topic == topic) & (choices.c.about == about) for topic, about in aim.choices
    ]
    chose = sa.exists().where(choices.c.supporter_id == me, sa.or_(sa.false(), *wanted))
    if aim.without_signers_of is None:
        return {Reason.UNSUBSCRIBED: ~chose}
    signed = sa.exists().where(
        signatures.c.supporter_id == me, signatures.c.petition == aim.without_signers_of
    )
    return {Reason.UNSUBSCRIBED: ~chose, Reason.SIGNED: signed}


def _has_enough() -> sa.ColumnElement[bool]:
    """Whether she has had as many messages in a week as she wants; asked only where she says.

    Her rows are found by the key of each alert that was under way in that week. What she was
    given in a digest, or read there, does not count.
    """
    mine = deliveries.alias("mine")
    lately = sa.select(alerts.c.alert_id).where(
        alerts.c.touched_at > sa.bindparam("under_way_since"), alerts.c.kind.not_in(_UNCOUNTED)
    )
    number = (
        sa.select(sa.func.count())
        .select_from(mine)
        .where(
            mine.c.alert_id.in_(lately),
            mine.c.supporter_id == deliveries.c.supporter_id,
            mine.c.state.in_(_COUNTED),
            mine.c.reason.is_distinct_from(sa.literal(Reason.IN_DIGEST, _REASON)),
            sa.or_(mine.c.settled_at.is_(None), mine.c.settled_at > sa.bindparam("settled_since")),
        )
        .correlate(deliveries, preferences)
        .scalar_subquery()
    )
    has_limit = preferences.c.per_week.is_not(None)
    return sa.case((has_limit, number >= preferences.c.per_week), else_=sa.false())


def _candidate(row: Any, kind: AlertKind, now: datetime) -> Candidate:
    person, language, reason, quiet_until, zone, begin, end, rings, has_enough = row
    held_until = None if reason else _held_until(quiet_until, zone, begin, end, now)
    if held_until is not None:
        reason = Reason.QUIET
    elif reason is None and has_enough and kind not in {AlertKind.URGENT, AlertKind.DIGEST}:
        reason = Reason.OVER_CAP
    return Candidate(person, language, reason, held_until, rings is not False, bool(has_enough))


def _held_until(
    quiet_until: datetime | None,
    zone: str | None,
    begin: int | None,
    end: int | None,
    now: datetime,
) -> datetime | None:
    if quiet_until is not None and quiet_until > now:
        return quiet_until
    chosen = hours(begin, end)
    return None if zone is None or chosen is None else chosen.until(now, zone_of(zone))
