"""Staff, what supporters chose to hear of, alerts, and the ledger of who was sent what."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    _create_staff()
    op.create_table(
        "choices",
        sa.Column(
            "supporter_id",
            ID,
            sa.ForeignKey("supporters.supporter_id"),
            primary_key=True,
            autoincrement=False,
        ),
        sa.Column("topic", sa.Text, primary_key=True),
        sa.Column("about", sa.Text, primary_key=True),
        sa.Column("wording", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("chosen_at", sa.DateTime, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("choices_by_topic", "choices", ["topic", "about"])
    _create_alerts()
    _create_ledger()


def _create_staff() -> None:
    op.create_table(
        "staff",
        sa.Column("supporter_id", ID, primary_key=True, autoincrement=False),
        sa.Column("role", sa.Integer, nullable=False),
        sa.Column("pseudonym", sa.Text, nullable=False, unique=True),
        sa.Column("since", sa.DateTime, nullable=False),
        sa.Column("appointed_by", sa.Text),
    )
    op.create_table(
        "staff_links",
        sa.Column("digest", sa.Text, primary_key=True),
        sa.Column("supporter_id", ID, nullable=False),
        sa.Column("role", sa.Integer, nullable=False),
        sa.Column("expires_at", sa.DateTime, nullable=False),
    )


def _create_alerts() -> None:
    op.create_table(
        "alerts",
        sa.Column("alert_id", ID, primary_key=True),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("made_at", sa.DateTime, nullable=False),
        sa.Column("about", sa.Text),
        sa.Column("audience", sa.Text, nullable=False),
        sa.Column("picture", sa.Text),
        sa.Column("send_at", sa.DateTime),
        sa.Column("expires_at", sa.DateTime),
        sa.Column("zone", sa.Text, nullable=False),
        sa.Column("digest", sa.Text),
        sa.Column("counted", sa.Integer),
        sa.Column("approver", sa.Text),
        sa.Column("not_before", sa.DateTime),
        sa.Column("started_at", sa.DateTime),
        sa.Column("touched_at", sa.DateTime),
        sa.Column("ended_at", sa.DateTime),
        sa.Column("reason", sa.Text),
        sa.Column("card", ID),
        sa.Column("reported_at", sa.DateTime),
        sqlite_autoincrement=True,
    )
    op.create_index("alerts_by_state", "alerts", ["state"])
    op.create_table(
        "alert_authors",
        sa.Column("alert_id", ID, sa.ForeignKey("alerts.alert_id"), primary_key=True),
        sa.Column("pseudonym", sa.Text, primary_key=True),
    )
    op.create_table(
        "alert_texts",
        sa.Column("alert_id", ID, sa.ForeignKey("alerts.alert_id"), primary_key=True),
        sa.Column("language", sa.Text, primary_key=True),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("entities", sa.Text, nullable=False),
    )


def _create_ledger() -> None:
    op.create_table(
        "deliveries",
        sa.Column("alert_id", ID, sa.ForeignKey("alerts.alert_id"), primary_key=True),
        sa.Column("supporter_id", ID, primary_key=True, autoincrement=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("reason", sa.Text),
        sa.Column("message_id", ID),
        sqlite_with_rowid=False,
    )
    op.create_index("deliveries_of_supporter", "deliveries", ["supporter_id"])
    op.create_table(
        "tallies",
        sa.Column("alert_id", ID, sa.ForeignKey("alerts.alert_id"), primary_key=True),
        sa.Column("state", sa.Text, primary_key=True),
        sa.Column("reason", sa.Text, primary_key=True),
        sa.Column("number", sa.Integer, nullable=False),
    )
