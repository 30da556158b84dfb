"""Letters that people write themselves: who said so, and who wants to be reminded. No content."""

import sqlalchemy as sa

from bot.store.schema._types import ID, PERSON, metadata


def _person() -> sa.Column[int]:
    return sa.Column(
        "supporter_id",
        ID,
        sa.ForeignKey("supporters.supporter_id"),
        primary_key=True,
        autoincrement=False,
        info=PERSON,
    )


letter_writers = sa.Table(
    "letter_writers",
    metadata,
    _person(),
    sa.Column("letter", sa.Text, primary_key=True, info=PERSON),
)

letter_reminders = sa.Table(
    "letter_reminders",
    metadata,
    _person(),
    sa.Column("letter", sa.Text, primary_key=True, info=PERSON),
    sa.Index("reminders_of_letter", "letter"),
)

# How many rows of writers there are, so that nobody counts them at every tap.
letter_counts = sa.Table(
    "letter_counts",
    metadata,
    sa.Column("letter", sa.Text, primary_key=True),
    sa.Column("wrote", sa.Integer, nullable=False),
)
