"""Chains of signatures. In a real database triggers refuse every change of what was added."""

import sqlalchemy as sa

from bot.models.chains import Event
from bot.store.schema._types import Code, metadata

signature_chain = sa.Table(
    "signature_chain",
    metadata,
    sa.Column("petition", sa.Text, sa.ForeignKey("petitions.slug"), primary_key=True),
    sa.Column("place", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("event", Code(tuple(Event)), nullable=False),
    sa.Column("number", sa.Integer, nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("day", sa.Date, nullable=False),
    sa.Column("commitment", sa.LargeBinary, nullable=False),
    sa.Column("digest", sa.LargeBinary, nullable=False),
    sqlite_with_rowid=False,
)
