"""How many, and how long ago: what statistics and health ask. Nobody is named in any answer."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.models import AMENDMENTS, AlertKind, DeliveryState, Topic
from bot.store.database import Database
from bot.store.schema import alerts, choices, deliveries, handled_updates, supporters, tallies

_REACHABLE = supporters.c.stopped_at.is_(None) & supporters.c.unreachable_since.is_(None)
_NO_STARTS = (AlertKind.DIGEST, *AMENDMENTS)
_OPEN = (DeliveryState.PENDING, DeliveryState.SENDING)
_PEOPLE = sa.func.count(choices.c.supporter_id.distinct())


@dataclass(frozen=True, slots=True)
class Reach:
    """Attributes:
    known: With a row in the database.
    reachable: Of those, who neither said stop nor blocked the bot.
    asking: Of those, who chose something that can still be sent to them.
    """

    known: int
    reachable: int
    asking: int


@dataclass(frozen=True, slots=True)
class Start:
    """An alert that has begun to go out."""

    alert: int
    kind: AlertKind
    at: datetime


async def reach(db: AsyncConnection, versions: Mapping[Topic, int]) -> Reach:
    """`versions` are those of the consent's wording that count today."""
    row = await db.execute(
        sa.select(
            sa.select(sa.func.count()).select_from(supporters).scalar_subquery(),
            sa.select(sa.func.count()).where(_REACHABLE).scalar_subquery(),
            sa.select(_PEOPLE).where(*_chose(versions)).scalar_subquery(),
        )
    )
    return Reach(*row.one())


async def by_topic(
    db: AsyncConnection, versions: Mapping[Topic, int]
) -> Mapping[Topic, Counter[str]]:
    """Reachable people who chose something of a topic, by their language."""
    found = await db.execute(
        sa.select(choices.c.topic, supporters.c.language, _PEOPLE)
        .where(*_chose(versions))
        .group_by(choices.c.topic, supporters.c.language)
    )
    people = {topic: Counter[str]() for topic in Topic}
    for topic, language, number in found:
        people[Topic(topic)][language] = number
    return people


async def followers(
    db: AsyncConnection, versions: Mapping[Topic, int]
) -> Mapping[Topic, Counter[str]]:
    """Reachable people who follow one case or one petition, by its slug."""
    found = await db.execute(
        sa.select(choices.c.topic, choices.c.about, _PEOPLE)
        .where(*_chose(versions), choices.c.about != "")
        .group_by(choices.c.topic, choices.c.about)
    )
    people = {topic: Counter[str]() for topic in Topic}
    for topic, about, number in found:
        people[Topic(topic)][about] = number
    return people


async def starts(db: AsyncConnection, since: datetime) -> Sequence[Start]:
    """The alerts that have begun to go out since then, the newest first.

    Digests, corrections and recalls are none.
    """
    found = await db.execute(
        sa.select(alerts.c.alert_id, alerts.c.kind, alerts.c.started_at)
        .where(alerts.c.started_at >= since, alerts.c.kind.not_in(_NO_STARTS))
        .order_by(alerts.c.started_at.desc(), alerts.c.alert_id.desc())
    )
    return [Start(number, AlertKind(kind), at) for number, kind, at in found]


async def outcomes(
    db: AsyncConnection, numbers: Collection[int]
) -> Mapping[int, Counter[DeliveryState]]:
    """What became of all recipients, also of those who have been erased since."""
    people = {number: Counter[DeliveryState]() for number in numbers}
    for table, total in ((deliveries, sa.func.count()), (tallies, sa.func.sum(tallies.c.number))):
        found = await db.execute(
            sa.select(table.c.alert_id, table.c.state, total)
            .where(table.c.alert_id.in_(numbers))
            .group_by(table.c.alert_id, table.c.state)
        )
        for number, state, many in found:
            people[number][DeliveryState(state)] += many
    return people


async def stops(
    db: AsyncConnection, begun: Sequence[Start], within: timedelta
) -> Mapping[int, int]:
    """How many said stop so soon after an alert that they got; one without any is left out.

    Told from what is held anyway: whoever has been erased, or has come back, is not counted.
    """
    soon = [
        (deliveries.c.alert_id == start.alert)
        & (supporters.c.stopped_at >= start.at)
        & (supporters.c.stopped_at < start.at + within)
        for start in begun
    ]
    found = await db.execute(
        sa.select(deliveries.c.alert_id, sa.func.count().label("people"))
        .join(supporters, supporters.c.supporter_id == deliveries.c.supporter_id)
        .where(deliveries.c.state == DeliveryState.SENT, sa.or_(sa.false(), *soon))
        .group_by(deliveries.c.alert_id)
    )
    return {row.alert_id: row.people for row in found}


async def open_rows(db: AsyncConnection, numbers: Collection[int]) -> Mapping[int, int]:
    """How many recipients of each alert still wait; an alert without any is left out."""
    found = await db.execute(
        sa.select(deliveries.c.alert_id, sa.func.count().label("people"))
        .where(deliveries.c.alert_id.in_(numbers), deliveries.c.state.in_(_OPEN))
        .group_by(deliveries.c.alert_id)
    )
    return {row.alert_id: row.people for row in found}


async def last_update(db: AsyncConnection) -> datetime | None:
    """When an update was last handled."""
    moment: datetime | None = await db.scalar(sa.select(sa.func.max(handled_updates.c.handled_at)))
    return moment


def size(database: Database) -> int:
    """Bytes of the database's file and of its write-ahead log."""
    log = database.path.with_name(f"{database.path.name}-wal")
    return sum(file.stat().st_size for file in (database.path, log) if file.exists())


def _chose(versions: Mapping[Topic, int]) -> Sequence[sa.ColumnElement[bool]]:
    """A reachable person's choice whose wording counts today."""
    current = [
        (choices.c.topic == topic) & (choices.c.version == version)
        for topic, version in versions.items()
    ]
    return (choices.c.supporter_id == supporters.c.supporter_id, _REACHABLE, sa.or_(*current))
