"""What the house keeps for itself, and names nobody."""

import sqlalchemy as sa

from bot.store.schema._types import ID, Moment, metadata

about = sa.Table(
    "about",
    metadata,
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("value", sa.Text, nullable=False),
)

handled_updates = sa.Table(
    "handled_updates",
    metadata,
    sa.Column("update_id", ID, primary_key=True, autoincrement=False),
    sa.Column("handled_at", Moment, nullable=False),
)

questions = sa.Table(
    "questions",
    metadata,
    sa.Column("question_id", ID, primary_key=True),
    sa.Column("language", sa.Text, nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("asked_on", sa.Date, nullable=False),
    sa.Column("change_id", ID),  # the proposal that quotes it
)

notices = sa.Table(
    "notices",
    metadata,
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("told_at", Moment, nullable=False),
)

content_changes = sa.Table(
    "content_changes",
    metadata,
    sa.Column("change_id", ID, primary_key=True),
    sa.Column("place", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("body", sa.LargeBinary, nullable=False),
    sa.Column("base", sa.Text),  # the digest of the file it was compared with
    sa.Column("former", sa.LargeBinary),  # that file, once it is replaced
    sa.Column("author", sa.Text),
    sa.Column("accepted_by", sa.Text),
    sa.Column("reviewer", sa.Text),
    sa.Column("made_at", Moment, nullable=False),
    sa.Column("not_before", Moment),
    sa.Column("ended_at", Moment),
    sa.Index("content_changes_by_place", "place"),
    sa.Index("content_changes_by_state", "state"),
    sqlite_autoincrement=True,  # a number is never given again: old buttons name it
)
