"""Alerts from draft to report; the ledger of their recipients is `store.deliveries`."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.models import Alert, AlertKind, AlertState, Audience, Topic, Words
from bot.store.schema import alert_authors, alert_texts, alerts


async def add(
    db: AsyncConnection, kind: AlertKind, zone: str, audience: Audience, now: datetime
) -> int:
    """Begin a draft; the number that it is known by."""
    number = await db.scalar(
        sa.insert(alerts)
        .values(
            kind=kind,
            state=AlertState.DRAFT,
            revision=1,
            made_at=now,
            zone=zone,
            audience=_written(audience),
        )
        .returning(alerts.c.alert_id)
    )
    assert isinstance(number, int)
    return number


async def alert(db: AsyncConnection, number: int) -> Alert | None:
    found = await _alerts(db, alerts.c.alert_id == number)
    return found[0] if found else None


async def in_states(db: AsyncConnection, states: Collection[AlertState]) -> Sequence[Alert]:
    """All alerts in one of these states, oldest first."""
    return await _alerts(db, alerts.c.state.in_(states))


async def ended_since(db: AsyncConnection, moment: datetime) -> Sequence[Alert]:
    return await _alerts(db, alerts.c.ended_at >= moment)


async def readable(db: AsyncConnection, now: datetime) -> Sequence[Alert]:
    """What goes or has gone out and has not expired, oldest first."""
    return await _alerts(db, is_readable(now))


def is_readable(now: datetime) -> sa.ColumnElement[bool]:
    recall = alerts.alias("recall")
    is_recalled = sa.exists().where(
        recall.c.amends == alerts.c.alert_id,
        sa.or_(
            recall.c.kind == AlertKind.FAMILY,
            (recall.c.kind == AlertKind.RECALL) & recall.c.started_at.is_not(None),
        ),
    )
    return (
        alerts.c.state.in_((AlertState.SENDING, AlertState.FINISHED))
        & (alerts.c.kind != AlertKind.DIGEST)
        & (alerts.c.expires_at > now)
        & ~is_recalled
    )


async def about(db: AsyncConnection, subjects: Collection[str]) -> Sequence[Alert]:
    """What is about one of these, such as "case:<slug>", and what changes that; oldest first."""
    them = sa.select(alerts.c.alert_id).where(alerts.c.about.in_(subjects))
    return await _alerts(db, sa.or_(alerts.c.about.in_(subjects), alerts.c.amends.in_(them)))


async def amending(db: AsyncConnection, number: int) -> Sequence[Alert]:
    """What corrects or recalls this one, oldest first."""
    return await _alerts(db, alerts.c.amends == number)


async def unreported(db: AsyncConnection) -> Sequence[Alert]:
    """What has ended after it was submitted, and the admin group has not read how.

    A report from before its end told only how far it had come.
    """
    return await _alerts(
        db,
        alerts.c.ended_at.is_not(None)
        & sa.or_(alerts.c.reported_at.is_(None), alerts.c.reported_at < alerts.c.ended_at)
        & sa.or_(alerts.c.digest.is_not(None), alerts.c.kind == AlertKind.DIGEST),
    )


async def change(db: AsyncConnection, number: int, **columns: object) -> None:
    """Set columns of what cannot be seen in the message: no new revision."""
    values = {name: _plain(value) for name, value in columns.items()}
    await db.execute(sa.update(alerts).where(alerts.c.alert_id == number).values(values))


async def revise(db: AsyncConnection, number: int, pseudonym: str, **columns: object) -> None:
    """Change a draft, in the name of somebody who has had a hand in it from now on."""
    await change(db, number, revision=alerts.c.revision + 1, **columns)
    await db.execute(
        insert(alert_authors).values(alert_id=number, pseudonym=pseudonym).on_conflict_do_nothing()
    )


async def move(
    db: AsyncConnection,
    number: int,
    origin: Collection[AlertState],
    state: AlertState,
    **columns: object,
) -> bool:
    """Go from one of the states to another; False when it is in none of them any more."""
    values = {name: _plain(value) for name, value in columns.items()}
    moved = await db.scalar(
        sa.update(alerts)
        .where(alerts.c.alert_id == number, alerts.c.state.in_(origin))
        .values(state=state, **values)
        .returning(alerts.c.alert_id)
    )
    return moved is not None


async def put_words(db: AsyncConnection, number: int, language: str, words: Words) -> None:
    values = {"text": words.text, "entities": words.entities}
    await db.execute(
        insert(alert_texts)
        .values(alert_id=number, language=language, **values)
        .on_conflict_do_update(index_elements=["alert_id", "language"], set_=values)
    )


async def drop_words(db: AsyncConnection, number: int, language: str) -> None:
    await db.execute(
        sa.delete(alert_texts).where(
            alert_texts.c.alert_id == number, alert_texts.c.language == language
        )
    )


async def drop(db: AsyncConnection, number: int) -> None:
    """Delete a draft; what has recipients cannot be deleted."""
    for table in (alert_texts, alert_authors, alerts):
        await db.execute(sa.delete(table).where(table.c.alert_id == number))


async def _alerts(db: AsyncConnection, condition: sa.ColumnElement[bool]) -> Sequence[Alert]:
    rows = (await db.execute(sa.select(alerts).where(condition).order_by(alerts.c.alert_id))).all()
    numbers = [row.alert_id for row in rows]
    words = await _words(db, numbers)
    authors = await _authors(db, numbers)
    return [
        _alert(row, words.get(row.alert_id, {}), authors.get(row.alert_id, set())) for row in rows
    ]


def _alert(row: Any, words: Mapping[str, Words], authors: Collection[str]) -> Alert:
    fields = dict(row._mapping)  # noqa: SLF001 - the documented way to a row's names
    number = fields.pop("alert_id")
    fields |= {
        "kind": AlertKind(row.kind),
        "state": AlertState(row.state),
        "audience": _read(row.audience),
    }
    return Alert(id=number, words=words, authors=frozenset(authors), **fields)


async def _words(db: AsyncConnection, numbers: Sequence[int]) -> dict[int, dict[str, Words]]:
    """In the order in which they were first written: the first one stands in for the others."""
    found = await db.execute(
        sa.select(alert_texts)
        .where(alert_texts.c.alert_id.in_(numbers))
        .order_by(sa.literal_column("alert_texts.rowid"))
    )
    words: dict[int, dict[str, Words]] = {}
    for row in found:
        words.setdefault(row.alert_id, {})[row.language] = Words(row.text, tuple(row.entities))
    return words


async def _authors(db: AsyncConnection, numbers: Sequence[int]) -> dict[int, set[str]]:
    found = await db.execute(sa.select(alert_authors).where(alert_authors.c.alert_id.in_(numbers)))
    authors: dict[int, set[str]] = {}
    for row in found:
        authors.setdefault(row.alert_id, set()).add(row.pseudonym)
    return authors


def _plain(value: object) -> object:
    return _written(value) if isinstance(value, Audience) else value


def _written(audience: Audience) -> dict[str, Any]:
    return {
        "choices": [[topic, about] for topic, about in audience.choices],
        "languages": list(audience.languages),
        "without_signers_of": audience.without_signers_of,
    }


def _read(record: Mapping[str, Any]) -> Audience:
    choices = tuple((Topic(topic), about) for topic, about in record["choices"])
    return Audience(choices, tuple(record["languages"]), record["without_signers_of"])
