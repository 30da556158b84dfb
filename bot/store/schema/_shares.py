"""Links that people pass on, and what is needed to say how many signed after one."""

import sqlalchemy as sa

from bot.store.schema._types import ID, PERSON, Moment, metadata

share_links = sa.Table(
    "share_links",
    metadata,
    sa.Column("token", sa.Text, primary_key=True, info=PERSON),
    sa.Column(
        "supporter_id",
        ID,
        sa.ForeignKey("supporters.supporter_id"),
        nullable=False,
        info=PERSON,
    ),
    sa.Column("kind", sa.Text, nullable=False, info=PERSON),
    sa.Column("slug", sa.Text, nullable=False, info=PERSON),
    sa.Column("signed", sa.Integer, nullable=False, server_default="0", info=PERSON),
    sa.UniqueConstraint("supporter_id", "kind", "slug", name="share_link_of_person"),
)

share_visits = sa.Table(
    "share_visits",
    metadata,
    sa.Column("supporter_id", ID, primary_key=True, autoincrement=False, info=PERSON),
    sa.Column("petition", sa.Text, primary_key=True, info=PERSON),
    sa.Column(
        "token",
        sa.Text,
        sa.ForeignKey("share_links.token", ondelete="CASCADE"),
        nullable=False,
        info=PERSON,
    ),
    sa.Column("until", Moment, nullable=False, info=PERSON),
    sa.Index("share_visits_of_link", "token"),
)

# What was somebody's link once, and is nobody's any more.
ended_links = sa.Table(
    "ended_links",
    metadata,
    sa.Column("token", sa.Text, primary_key=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("slug", sa.Text, nullable=False),
)
