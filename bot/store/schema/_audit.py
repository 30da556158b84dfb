"""What is only ever added to. In a real database triggers refuse every change of it."""

import sqlalchemy as sa

from bot.store.schema._types import ID, Moment, metadata

audit = sa.Table(
    "audit",
    metadata,
    sa.Column("number", ID, primary_key=True),
    sa.Column("at", Moment, nullable=False),
    sa.Column("pseudonym", sa.Text, nullable=False),
    sa.Column("act", sa.Text, nullable=False),
    sa.Column("subject", sa.Text, nullable=False),
    sa.Column("detail", sa.Text, nullable=False),
    sa.Column("digest", sa.Text, nullable=False),
)
