"""Whom an alert is for: counted before it goes out, and written into the ledger at its start."""

from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.models import Audience, DeliveryState, Reason, Topic
from bot.store.schema import choices, deliveries, signatures, supporters

_CHUNK = 20_000
REACHED = ""
"""The reason of those who are not left out."""


@dataclass(frozen=True, slots=True)
class Count:
    """How many people an audience is, and why others who chose it are left out.

    Attributes:
        languages: Those who are reached, by their language.
        left_out: The others, by reason: stopped, unreachable, signed, language.
    """

    languages: Mapping[str, int]
    left_out: Mapping[str, int]

    @property
    def total(self) -> int:
        return sum(self.languages.values())


async def count(db: AsyncConnection, audience: Audience, versions: Mapping[Topic, int]) -> Count:
    """`versions` are those of the consent's wording that count today."""
    reason = _left_out(audience)
    found = await db.execute(
        sa.select(supporters.c.language, reason.label("reason"), sa.func.count().label("number"))
        .where(_chose(audience, versions))
        .group_by(supporters.c.language, reason)
        .order_by(supporters.c.language)
    )
    languages: dict[str, int] = {}
    left_out: dict[str, int] = {}
    for row in found:
        if row.reason == REACHED:
            languages[row.language] = row.number
        else:
            left_out[row.reason] = left_out.get(row.reason, 0) + row.number
    return Count(languages, left_out)


async def enlist(
    db: AsyncConnection, number: int, audience: Audience, versions: Mapping[Topic, int], after: int
) -> int | None:
    """Write a pending row for each of the next people behind `after` into the ledger.

    The last of them, and None when there was nobody left: one call takes a fraction of a second,
    since others write between two of them.
    """
    is_reached = _left_out(audience) == REACHED
    if len(audience.choices) != 1:
        person = supporters.c.supporter_id
        return await enlist_next(db, number, person, after, _chose(audience, versions), is_reached)
    # As most are. Then the index has her alone, in order: a fifth faster than to ask of each.
    made = choices.c.supporter_id == supporters.c.supporter_id
    chose = _is_one_of(audience, versions)
    return await enlist_next(db, number, choices.c.supporter_id, after, chose, made, is_reached)


async def enlist_next(
    db: AsyncConnection,
    number: int,
    person: sa.ColumnElement[int],
    after: int,
    *wanted: sa.ColumnElement[bool],
) -> int | None:
    """The same for whomever `person` and `wanted` name."""
    pending = sa.literal(DeliveryState.PENDING, deliveries.c.state.type)
    people = (
        sa.select(sa.literal(number), person, pending)
        .where(person > after, *wanted)
        .order_by(person)
        .limit(_CHUNK)
    )
    await db.execute(
        sa.insert(deliveries).from_select(["alert_id", "supporter_id", "state"], people)
    )
    last = await db.scalar(
        sa.select(sa.func.max(deliveries.c.supporter_id)).where(deliveries.c.alert_id == number)
    )
    return last if last is not None and last > after else None


async def skip_outdated(
    db: AsyncConnection, number: int, audience: Audience, versions: Mapping[Topic, int]
) -> None:
    """Skip who waits, or waits for a digest, and has not said yes to the words as they are now."""
    waits = deliveries.c.state == DeliveryState.PENDING
    waits_for_digest = deliveries.c.reason == Reason.OVER_CAP
    await db.execute(
        sa.update(deliveries)
        .where(
            deliveries.c.alert_id == number,
            sa.or_(waits, waits_for_digest),
            ~_chose(audience, versions, deliveries.c.supporter_id),
        )
        .values(state=DeliveryState.SKIPPED, reason=Reason.UNSUBSCRIBED)
    )


def _chose(
    audience: Audience,
    versions: Mapping[Topic, int],
    person: sa.ColumnElement[int] = supporters.c.supporter_id,
) -> sa.ColumnElement[bool]:
    return sa.exists().where(choices.c.supporter_id == person, _is_one_of(audience, versions))


def _is_one_of(audience: Audience, versions: Mapping[Topic, int]) -> sa.ColumnElement[bool]:
    """Of a row of choices."""
    wanted = [
        (choices.c.topic == topic)
        & (choices.c.about == about)
        & (choices.c.version == versions[topic])
        for topic, about in audience.choices
    ]
    return sa.or_(sa.false(), *wanted)


def _left_out(audience: Audience) -> sa.ColumnElement[str]:
    """Why somebody who chose it is not written to; `REACHED` for those who are."""
    reasons: list[tuple[sa.ColumnElement[bool], str]] = [
        (supporters.c.stopped_at.is_not(None), "stopped"),
        (supporters.c.unreachable_since.is_not(None), "unreachable"),
    ]
    if audience.without_signers_of is not None:
        signed = sa.exists().where(
            signatures.c.petition == audience.without_signers_of,
            signatures.c.supporter_id == supporters.c.supporter_id,
        )
        reasons.append((signed, "signed"))
    if audience.languages:
        reasons.append((supporters.c.language.not_in(audience.languages), "language"))
    return sa.case(*reasons, else_=REACHED)
