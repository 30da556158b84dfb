"""Alerts, and what became of each of their recipients."""

import sqlalchemy as sa

from bot.models import DeliveryState, Reason
from bot.store.schema._types import ID, PERSON, Code, Listing, Moment, Record, Seconds, metadata

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
    sa.Column("enlisted_to", ID),  # the last person written into the ledger; none: all are
    sa.Column("amends", ID),  # the alert whose messages this one changes
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
    sa.Column("state", Code(tuple(DeliveryState)), nullable=False, info=PERSON),
    sa.Column("reason", Code(tuple(Reason)), info=PERSON),
    sa.Column("message_id", ID, info=PERSON),
    sa.Column("settled_at", Seconds, info=PERSON),
    sa.Column("not_before", Seconds, info=PERSON),  # held until then; only while it is pending
    sqlite_with_rowid=False,
)
# A million rows are to cost no more than they must: no index by person. Hers are found by the key,
# alert by alert, since there are few alerts; see `store.deliveries.of_person`.

tallies = sa.Table(
    "tallies",
    metadata,
    sa.Column("alert_id", ID, sa.ForeignKey("alerts.alert_id"), primary_key=True),
    sa.Column("state", sa.Text, primary_key=True),
    sa.Column("reason", sa.Text, primary_key=True),
    sa.Column("number", sa.Integer, nullable=False),
)
