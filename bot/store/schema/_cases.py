"""How cases ended. Their stories are content; nothing here is about somebody who uses the bot."""

import sqlalchemy as sa

from bot.store.schema._types import ID, Listing, Moment, Record, metadata

case_endings = sa.Table(
    "case_endings",
    metadata,
    sa.Column("number", ID, primary_key=True),
    sa.Column("slug", sa.Text, nullable=False),
    sa.Column("fate", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("revision", sa.Integer, nullable=False),
    sa.Column("words", Record, nullable=False),
    sa.Column("former", sa.Text),
    sa.Column("authors", Listing, nullable=False),
    sa.Column("made_at", Moment, nullable=False),
    sa.Column("decided_at", Moment),
    sa.Column("reported_at", Moment),
    sa.Index("endings_of_case", "slug"),
    sqlite_autoincrement=True,  # a number is never given again: old buttons name it
)
