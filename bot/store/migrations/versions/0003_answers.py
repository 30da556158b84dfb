"""What passes between people and the team, and what is corrected and reviewed from the chat."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    _create_languages()
    _create_quiet_times()
    _create_last_read()
    _create_contact()
    _create_content_changes()
    op.add_column("questions", sa.Column("change_id", ID))


def _create_languages() -> None:
    op.create_table(
        "languages",
        sa.Column("supporter_id", ID, primary_key=True, autoincrement=False),
        sa.Column("language", sa.Text, nullable=False),
    )


def _create_quiet_times() -> None:
    op.create_table(
        "quiet_times",
        sa.Column("supporter_id", ID, primary_key=True, autoincrement=False),
        sa.Column("quiet_until", sa.DateTime, nullable=False),
    )


def _create_last_read() -> None:
    op.create_table(
        "last_read",
        sa.Column("supporter_id", ID, primary_key=True, autoincrement=False),
        sa.Column("passage", sa.Text, nullable=False),
        sa.Column("until", sa.DateTime, nullable=False),
    )


def _create_contact() -> None:
    op.create_table(
        "relays",
        sa.Column("supporter_id", ID, primary_key=True, autoincrement=False),
        sa.Column("alias", sa.Text, nullable=False, unique=True),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("given_at", sa.DateTime, nullable=False),
        sa.Column("ends_at", sa.DateTime, nullable=False),
    )
    op.create_table(
        "contact_bans",
        sa.Column("supporter_id", ID, primary_key=True, autoincrement=False),
        sa.Column("handle", sa.Text, nullable=False, unique=True),
        sa.Column("since", sa.DateTime, nullable=False),
    )


def _create_content_changes() -> None:
    op.create_table(
        "content_changes",
        sa.Column("change_id", ID, primary_key=True),
        sa.Column("place", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.Column("base", sa.Text),
        sa.Column("former", sa.LargeBinary),
        sa.Column("author", sa.Text),
        sa.Column("accepted_by", sa.Text),
        sa.Column("reviewer", sa.Text),
        sa.Column("made_at", sa.DateTime, nullable=False),
        sa.Column("not_before", sa.DateTime),
        sa.Column("ended_at", sa.DateTime),
        sqlite_autoincrement=True,
    )
    op.create_index("content_changes_by_place", "content_changes", ["place"])
    op.create_index("content_changes_by_state", "content_changes", ["state"])
