"""Petitions and cases from draft to outcome, and the record of who did what."""

import sqlalchemy as sa
from alembic import op

from bot.store.migrations import first_chains

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    _give_petitions_a_life()
    _create_audit()
    _create_case_endings()
    _create_signature_chain()
    _create_share_links()
    _create_letters()


def _give_petitions_a_life() -> None:
    for column in (
        sa.Column("starts_at", sa.DateTime),
        sa.Column("moved_at", sa.DateTime),
        sa.Column("delivered_at", sa.DateTime),
        sa.Column("delivered", sa.Integer),
        sa.Column("names_for", sa.Text, nullable=False, server_default="addressee"),
        sa.Column("outcome", sa.Text),
        sa.Column("revision", sa.Integer, nullable=False, server_default="0"),
        sa.Column("authors", sa.Text),
        sa.Column("is_written", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.Column("opens_at", sa.DateTime),
        sa.Column("case_slug", sa.Text),
        sa.Column("subject", sa.Text),
        sa.Column("consent", sa.Text),
        sa.Column("approved_by", sa.Text),
        sa.Column("moved_by", sa.Text),
        sa.Column("reviewed_by", sa.Text),
        sa.Column("reviewed_at", sa.DateTime),
    ):
        op.add_column("petitions", column)
    op.create_table(
        "petition_writings",
        sa.Column("petition", sa.Text, sa.ForeignKey("petitions.slug"), primary_key=True),
        sa.Column("language", sa.Text, primary_key=True),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("proposed", sa.Text),
    )


def _create_audit() -> None:
    op.create_table(
        "audit",
        sa.Column("number", ID, primary_key=True),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("pseudonym", sa.Text, nullable=False),
        sa.Column("act", sa.Text, nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("detail", sa.Text, nullable=False),
        sa.Column("digest", sa.Text, nullable=False),
    )
    _refuse_changes("audit")


def _create_case_endings() -> None:
    op.create_table(
        "case_endings",
        sa.Column("number", ID, primary_key=True),
        sa.Column("slug", sa.Text, nullable=False),
        sa.Column("fate", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("words", sa.Text, nullable=False),
        sa.Column("former", sa.Text),
        sa.Column("authors", sa.Text, nullable=False),
        sa.Column("made_at", sa.DateTime, nullable=False),
        sa.Column("decided_at", sa.DateTime),
        sa.Column("reported_at", sa.DateTime),
        sqlite_autoincrement=True,
    )
    op.create_index("endings_of_case", "case_endings", ["slug"])


def _create_signature_chain() -> None:
    op.add_column(
        "signatures", sa.Column("salt", sa.Text, nullable=False, server_default=sa.text("''"))
    )
    op.create_table(
        "signature_chain",
        sa.Column("petition", sa.Text, sa.ForeignKey("petitions.slug"), primary_key=True),
        sa.Column("place", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("event", sa.SmallInteger, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("commitment", sa.LargeBinary, nullable=False),
        sa.Column("digest", sa.LargeBinary, nullable=False),
        sqlite_with_rowid=False,
    )
    first_chains.make(op.get_bind())
    _refuse_changes("signature_chain")


def _refuse_changes(table: str) -> None:
    for act in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER {table}_refuses_{act.lower()} BEFORE {act} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} is only ever added to'); END"
        )


def _create_share_links() -> None:
    op.create_table(
        "share_links",
        sa.Column("token", sa.Text, primary_key=True),
        sa.Column("supporter_id", ID, sa.ForeignKey("supporters.supporter_id"), nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("slug", sa.Text, nullable=False),
        sa.Column("signed", sa.Integer, nullable=False, server_default="0"),
        sa.UniqueConstraint("supporter_id", "kind", "slug", name="share_link_of_person"),
    )
    op.create_table(
        "share_visits",
        sa.Column("supporter_id", ID, primary_key=True, autoincrement=False),
        sa.Column("petition", sa.Text, primary_key=True),
        sa.Column(
            "token",
            sa.Text,
            sa.ForeignKey("share_links.token", ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column("until", sa.DateTime, nullable=False),
    )
    op.create_index("share_visits_of_link", "share_visits", ["token"])
    op.create_table(
        "ended_links",
        sa.Column("token", sa.Text, primary_key=True),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("slug", sa.Text, nullable=False),
    )


def _create_letters() -> None:
    for table in ("letter_writers", "letter_reminders"):
        op.create_table(
            table,
            sa.Column(
                "supporter_id", ID, sa.ForeignKey("supporters.supporter_id"), primary_key=True
            ),
            sa.Column("letter", sa.Text, primary_key=True),
        )
    op.create_index("reminders_of_letter", "letter_reminders", ["letter"])
    op.create_table(
        "letter_counts",
        sa.Column("letter", sa.Text, primary_key=True),
        sa.Column("wrote", sa.Integer, nullable=False),
    )
