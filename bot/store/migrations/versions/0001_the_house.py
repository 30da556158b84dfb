"""The first tables: supporters, petitions and signatures, dialogs, and what keeps us honest."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    op.create_table(
        "about",
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("value", sa.Text, nullable=False),
    )
    op.create_table(
        "supporters",
        sa.Column("supporter_id", ID, primary_key=True, autoincrement=False),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("since", sa.DateTime, nullable=False),
        sa.Column("stopped_at", sa.DateTime),
        sa.Column("unreachable_since", sa.DateTime),
    )
    _create_petitions()
    op.create_table(
        "dialogs",
        sa.Column("supporter_id", ID, primary_key=True, autoincrement=False),
        sa.Column("chat_id", ID, primary_key=True, autoincrement=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("step", sa.Text, nullable=False),
        sa.Column("data", sa.Text, nullable=False),
        sa.Column("update_id", ID),
        sa.Column("expires_at", sa.DateTime, nullable=False),
    )
    op.create_table(
        "handled_updates",
        sa.Column("update_id", ID, primary_key=True, autoincrement=False),
        sa.Column("handled_at", sa.DateTime, nullable=False),
    )
    op.create_table(
        "questions",
        sa.Column("question_id", ID, primary_key=True),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("asked_on", sa.Date, nullable=False),
    )
    op.create_table(
        "notices",
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("told_at", sa.DateTime, nullable=False),
    )


def _create_petitions() -> None:
    op.create_table(
        "petitions",
        sa.Column("slug", sa.Text, primary_key=True),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("goal", sa.Integer),
        sa.Column("closes_at", sa.DateTime),
        sa.Column("opened_at", sa.DateTime),
        sa.Column("signatures", sa.Integer, nullable=False, server_default="0"),
        sa.Column("last_number", sa.Integer, nullable=False, server_default="0"),
    )
    op.create_table(
        "petition_texts",
        sa.Column("petition", sa.Text, sa.ForeignKey("petitions.slug"), primary_key=True),
        sa.Column("version", sa.Integer, primary_key=True),
        sa.Column("digest", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("since", sa.DateTime, nullable=False),
    )
    op.create_table(
        "signatures",
        sa.Column("petition", sa.Text, sa.ForeignKey("petitions.slug"), primary_key=True),
        sa.Column("supporter_id", ID, sa.ForeignKey("supporters.supporter_id"), primary_key=True),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("name", sa.Text),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("signed_at", sa.DateTime, nullable=False),
        sa.UniqueConstraint("petition", "number", name="signature_number"),
    )
    op.create_index("signatures_of_supporter", "signatures", ["supporter_id"])
