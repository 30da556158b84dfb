"""A ledger that a million recipients fit into: numbers for words, and no index by person."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")
_COLUMNS = ("alert_id", "supporter_id", "state", "reason", "message_id", "settled_at")
_STATES = ("pending", "sending", "sent", "skipped", "failed", "unknown")
_REASONS = (
    "stopped",
    "unsubscribed",
    "unreachable",
    "signed",
    "expired",
    "cancelled",
    "blocked",
    "deactivated",
    "not started",
    "no chat",
    "refused",
    "migrated",
    "no answer",
    "interrupted",
    "erased",
)


def upgrade() -> None:
    _rewrite_ledger()
    op.add_column("alerts", sa.Column("enlisted_to", ID))
    op.add_column("alerts", sa.Column("amends", ID))
    _create_preferences()
    announced = sa.Column("announced", sa.Boolean, nullable=False, server_default=sa.false())
    op.add_column("quiet_times", announced)


def _rewrite_ledger() -> None:
    op.drop_index("deliveries_of_supporter", "deliveries")
    op.rename_table("deliveries", "deliveries_in_words")
    op.create_table(
        "deliveries",
        sa.Column("alert_id", ID, sa.ForeignKey("alerts.alert_id"), primary_key=True),
        sa.Column("supporter_id", ID, primary_key=True, autoincrement=False),
        sa.Column("state", sa.SmallInteger, nullable=False),
        sa.Column("reason", sa.SmallInteger),
        sa.Column("message_id", ID),
        sa.Column("settled_at", sa.Integer),
        sa.Column("not_before", sa.Integer),
        sqlite_with_rowid=False,
    )
    former = sa.table(
        "deliveries_in_words",
        *(sa.column(name) for name in ("alert_id", "supporter_id", "state", "reason")),
        sa.column("message_id"),
    )
    alerts = sa.table("alerts", sa.column("alert_id"), sa.column("started_at", sa.DateTime))
    began = sa.cast(sa.func.strftime("%s", alerts.c.started_at), sa.Integer)
    op.execute(
        sa.insert(sa.table("deliveries", *(sa.column(name) for name in _COLUMNS))).from_select(
            _COLUMNS,
            sa.select(
                former.c.alert_id,
                former.c.supporter_id,
                _number(former.c.state, _STATES),
                _number(former.c.reason, _REASONS),
                former.c.message_id,
                sa.case((former.c.state == "sent", began)),
            ).join(alerts, alerts.c.alert_id == former.c.alert_id),
        )
    )
    op.drop_table("deliveries_in_words")


def _create_preferences() -> None:
    op.create_table(
        "preferences",
        sa.Column("supporter_id", ID, primary_key=True, autoincrement=False),
        sa.Column("zone", sa.Text, nullable=False),
        sa.Column("quiet_from", sa.Integer),
        sa.Column("quiet_to", sa.Integer),
        sa.Column("per_week", sa.Integer),
        sa.Column("digest_on", sa.Integer, nullable=False),
        sa.Column("rings", sa.Boolean, nullable=False),
    )


def _number(column: sa.ColumnClause[str], words: tuple[str, ...]) -> sa.ColumnElement[int]:
    return sa.case(*((column == word, number) for number, word in enumerate(words)))
