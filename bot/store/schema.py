"""The tables as they are now; `migrations/` says how they came to be.

A column marked `PERSON` holds something about a person: /mydata shows it, /forgetme erases its
row, and a test names each of them, so that none comes in unnoticed.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

PERSON = {"person": True}
ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")


class Moment(TypeDecorator[datetime]):
    """An aware UTC datetime; a naive one is refused at the edge of the store."""

    impl = sa.DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a datetime without a time zone came to the store")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value if value is None else value.replace(tzinfo=UTC)


class Listing(TypeDecorator[Sequence[Any]]):
    """A short list, kept as JSON text."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: Sequence[Any] | None, dialect: Dialect) -> str | None:
        return None if value is None else json.dumps(list(value), ensure_ascii=False)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Sequence[Any] | None:
        return None if value is None else json.loads(value)


class Record(TypeDecorator[Mapping[str, Any]]):
    """A small mapping, kept as JSON text."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: Mapping[str, Any] | None, dialect: Dialect) -> str | None:
        return None if value is None else json.dumps(dict(value), ensure_ascii=False)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Mapping[str, Any] | None:
        return None if value is None else json.loads(value)


metadata = sa.MetaData()

about = sa.Table(
    "about",
    metadata,
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("value", sa.Text, nullable=False),
)

supporters = sa.Table(
    "supporters",
    metadata,
    sa.Column("supporter_id", ID, primary_key=True, autoincrement=False, info=PERSON),
    sa.Column("language", sa.Text, nullable=False, info=PERSON),
    sa.Column("since", Moment, nullable=False, info=PERSON),
    sa.Column("stopped_at", Moment, info=PERSON),
    sa.Column("unreachable_since", Moment, info=PERSON),
)

petitions = sa.Table(
    "petitions",
    metadata,
    sa.Column("slug", sa.Text, primary_key=True),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("goal", sa.Integer),
    sa.Column("closes_at", Moment),
    sa.Column("opened_at", Moment),
    sa.Column("signatures", sa.Integer, nullable=False, server_default="0"),
    sa.Column("last_number", sa.Integer, nullable=False, server_default="0"),
)

petition_texts = sa.Table(
    "petition_texts",
    metadata,
    sa.Column("petition", sa.Text, sa.ForeignKey("petitions.slug"), primary_key=True),
    sa.Column("version", sa.Integer, primary_key=True),
    sa.Column("digest", sa.Text, nullable=False),
    sa.Column("text", Record, nullable=False),
    sa.Column("since", Moment, nullable=False),
)

signatures = sa.Table(
    "signatures",
    metadata,
    sa.Column("petition", sa.Text, sa.ForeignKey("petitions.slug"), primary_key=True, info=PERSON),
    sa.Column(
        "supporter_id",
        ID,
        sa.ForeignKey("supporters.supporter_id"),
        primary_key=True,
        info=PERSON,
    ),
    sa.Column("number", sa.Integer, nullable=False, info=PERSON),
    sa.Column("name", sa.Text, info=PERSON),
    sa.Column("version", sa.Integer, nullable=False, info=PERSON),
    sa.Column("signed_at", Moment, nullable=False, info=PERSON),
    sa.UniqueConstraint("petition", "number", name="signature_number"),
    sa.Index("signatures_of_supporter", "supporter_id"),
)

dialogs = sa.Table(
    "dialogs",
    metadata,
    sa.Column("supporter_id", ID, primary_key=True, autoincrement=False, info=PERSON),
    sa.Column("chat_id", ID, primary_key=True, autoincrement=False, info=PERSON),
    sa.Column("name", sa.Text, nullable=False, info=PERSON),
    sa.Column("step", sa.Text, nullable=False, info=PERSON),
    sa.Column("data", Record, nullable=False, info=PERSON),
    sa.Column("update_id", ID, info=PERSON),
    sa.Column("expires_at", Moment, nullable=False, info=PERSON),
)

handled_updates = sa.Table(
    "handled_updates",
    metadata,
    sa.Column("update_id", ID, primary_key=True, autoincrement=False),
    sa.Column("handled_at", Moment, nullable=False),
)

questions = sa.Table(
    "questions",
    metadata,
    sa.Column("question_id", ID, primary_key=True),
    sa.Column("language", sa.Text, nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("asked_on", sa.Date, nullable=False),
    sa.Column("change_id", ID),  # the proposal that quotes it
)

notices = sa.Table(
    "notices",
    metadata,
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("told_at", Moment, nullable=False),
)

staff = sa.Table(
    "staff",
    metadata,
    sa.Column("supporter_id", ID, primary_key=True, autoincrement=False, info=PERSON),
    sa.Column("role", sa.Integer, nullable=False, info=PERSON),
    sa.Column("pseudonym", sa.Text, nullable=False, unique=True, info=PERSON),
    sa.Column("since", Moment, nullable=False, info=PERSON),
    sa.Column("appointed_by", sa.Text, info=PERSON),
)

staff_links = sa.Table(
    "staff_links",
    metadata,
    sa.Column("digest", sa.Text, primary_key=True, info=PERSON),
    sa.Column("supporter_id", ID, nullable=False, info=PERSON),  # who made it
    sa.Column("role", sa.Integer, nullable=False, info=PERSON),
    sa.Column("expires_at", Moment, nullable=False, info=PERSON),
)

choices = sa.Table(
    "choices",
    metadata,
    sa.Column(
        "supporter_id",
        ID,
        sa.ForeignKey("supporters.supporter_id"),
        primary_key=True,
        autoincrement=False,
        info=PERSON,
    ),
    sa.Column("topic", sa.Text, primary_key=True, info=PERSON),
    sa.Column("about", sa.Text, primary_key=True, info=PERSON),
    sa.Column("wording", sa.Text, nullable=False, info=PERSON),
    sa.Column("version", sa.Integer, nullable=False, info=PERSON),
    sa.Column("chosen_at", Moment, nullable=False, info=PERSON),
    sa.Index("choices_by_topic", "topic", "about"),
    sqlite_with_rowid=False,
)

alerts = sa.Table(
    "alerts",
    metadata,
    sa.Column("alert_id", ID, primary_key=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("revision", sa.Integer, nullable=False),
    sa.Column("made_at", Moment, nullable=False),
    sa.Column("about", sa.Text),
    sa.Column("audience", Record, nullable=False),
    sa.Column("picture", sa.Text),
    sa.Column("send_at", Moment),
    sa.Column("expires_at", Moment),
    sa.Column("zone", sa.Text, nullable=False),
    sa.Column("digest", sa.Text),
    sa.Column("counted", sa.Integer),
    sa.Column("approver", sa.Text),
    sa.Column("not_before", Moment),
    sa.Column("started_at", Moment),
    sa.Column("touched_at", Moment),
    sa.Column("ended_at", Moment),
    sa.Column("reason", sa.Text),
    sa.Column("card", ID),
    sa.Column("reported_at", Moment),
    sa.Index("alerts_by_state", "state"),
    sqlite_autoincrement=True,  # a number is never given again: old buttons name it
)

alert_authors = sa.Table(
    "alert_authors",
    metadata,
    sa.Column("alert_id", ID, sa.ForeignKey("alerts.alert_id"), primary_key=True),
    sa.Column("pseudonym", sa.Text, primary_key=True),
)

alert_texts = sa.Table(
    "alert_texts",
    metadata,
    sa.Column("alert_id", ID, sa.ForeignKey("alerts.alert_id"), primary_key=True),
    sa.Column("language", sa.Text, primary_key=True),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("entities", Listing, nullable=False),
)

deliveries = sa.Table(
    "deliveries",
    metadata,
    sa.Column("alert_id", ID, sa.ForeignKey("alerts.alert_id"), primary_key=True, info=PERSON),
    sa.Column("supporter_id", ID, primary_key=True, autoincrement=False, info=PERSON),
    sa.Column("state", sa.Text, nullable=False, info=PERSON),
    sa.Column("reason", sa.Text, info=PERSON),
    sa.Column("message_id", ID, info=PERSON),
    sa.Index("deliveries_of_supporter", "supporter_id"),
    sqlite_with_rowid=False,
)

tallies = sa.Table(
    "tallies",
    metadata,
    sa.Column("alert_id", ID, sa.ForeignKey("alerts.alert_id"), primary_key=True),
    sa.Column("state", sa.Text, primary_key=True),
    sa.Column("reason", sa.Text, primary_key=True),
    sa.Column("number", sa.Integer, nullable=False),
)

languages = sa.Table(
    "languages",
    metadata,
    sa.Column("supporter_id", ID, primary_key=True, autoincrement=False, info=PERSON),
    sa.Column("language", sa.Text, nullable=False, info=PERSON),
)

quiet_times = sa.Table(
    "quiet_times",
    metadata,
    sa.Column("supporter_id", ID, primary_key=True, autoincrement=False, info=PERSON),
    sa.Column("quiet_until", Moment, nullable=False, info=PERSON),  # nothing is sent unasked
)

last_read = sa.Table(
    "last_read",
    metadata,
    sa.Column("supporter_id", ID, primary_key=True, autoincrement=False, info=PERSON),
    sa.Column("passage", sa.Text, nullable=False, info=PERSON),  # its name, not its words
    sa.Column("until", Moment, nullable=False, info=PERSON),
)

relays = sa.Table(
    "relays",
    metadata,
    sa.Column("supporter_id", ID, primary_key=True, autoincrement=False, info=PERSON),
    sa.Column("alias", sa.Text, nullable=False, unique=True, info=PERSON),
    sa.Column("language", sa.Text, nullable=False, info=PERSON),
    sa.Column("given_at", Moment, nullable=False, info=PERSON),
    sa.Column("ends_at", Moment, nullable=False, info=PERSON),
)

contact_bans = sa.Table(
    "contact_bans",
    metadata,
    sa.Column("supporter_id", ID, primary_key=True, autoincrement=False, info=PERSON),
    sa.Column("handle", sa.Text, nullable=False, unique=True, info=PERSON),
    sa.Column("since", Moment, nullable=False, info=PERSON),
)

content_changes = sa.Table(
    "content_changes",
    metadata,
    sa.Column("change_id", ID, primary_key=True),
    sa.Column("place", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("body", sa.LargeBinary, nullable=False),
    sa.Column("base", sa.Text),  # the digest of the file it was compared with
    sa.Column("former", sa.LargeBinary),  # that file, once it is replaced
    sa.Column("author", sa.Text),
    sa.Column("accepted_by", sa.Text),
    sa.Column("reviewer", sa.Text),
    sa.Column("made_at", Moment, nullable=False),
    sa.Column("not_before", Moment),
    sa.Column("ended_at", Moment),
    sa.Index("content_changes_by_place", "place"),
    sa.Index("content_changes_by_state", "state"),
    sqlite_autoincrement=True,  # a number is never given again: old buttons name it
)
