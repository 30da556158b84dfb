"""What passes between people and the team: aliases, and who may not write any more."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    _create_contact()


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
