"""Petitions, and the names under them."""

import sqlalchemy as sa

from bot.store.schema._types import ID, PERSON, Listing, Moment, Record, metadata

petitions = sa.Table(
    "petitions",
    metadata,
    sa.Column("slug", sa.Text, primary_key=True),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("goal", sa.Integer),
    sa.Column("closes_at", Moment),
    sa.Column("opened_at", Moment),
    sa.Column("signatures", sa.Integer, nullable=False, server_default="0"),
    sa.Column("last_number", sa.Integer, nullable=False, server_default="0"),
    sa.Column("starts_at", Moment),
    sa.Column("moved_at", Moment),
    sa.Column("delivered_at", Moment),
    sa.Column("delivered", sa.Integer),
    sa.Column("names_for", sa.Text, nullable=False, server_default="addressee"),
    sa.Column("outcome", Record),
    sa.Column("revision", sa.Integer, nullable=False, server_default="0"),
    sa.Column("authors", Listing),
    sa.Column("is_written", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("opens_at", Moment),
    sa.Column("case_slug", sa.Text),
    sa.Column("subject", sa.Text),
    sa.Column("consent", sa.Text),
    sa.Column("approved_by", sa.Text),
    sa.Column("moved_by", sa.Text),
    sa.Column("reviewed_by", sa.Text),
    sa.Column("reviewed_at", Moment),
)

petition_writings = sa.Table(
    "petition_writings",
    metadata,
    sa.Column("petition", sa.Text, sa.ForeignKey("petitions.slug"), primary_key=True),
    sa.Column("language", sa.Text, primary_key=True),
    sa.Column("text", Record, nullable=False),
    sa.Column("proposed", Record),
)

petition_texts = sa.Table(
    "petition_texts",
    metadata,
    sa.Column("petition", sa.Text, sa.ForeignKey("petitions.slug"), primary_key=True),
    sa.Column("version", sa.Integer, primary_key=True),
    sa.Column("digest", sa.Text, nullable=False),
    sa.Column("text", Record, nullable=False),
    sa.Column("since", Moment, nullable=False),
)

signatures = sa.Table(
    "signatures",
    metadata,
    sa.Column("petition", sa.Text, sa.ForeignKey("petitions.slug"), primary_key=True, info=PERSON),
    sa.Column(
        "supporter_id",
        ID,
        sa.ForeignKey("supporters.supporter_id"),
        primary_key=True,
        info=PERSON,
    ),
    sa.Column("number", sa.Integer, nullable=False, info=PERSON),
    sa.Column("name", sa.Text, info=PERSON),
    sa.Column("version", sa.Integer, nullable=False, info=PERSON),
    sa.Column("signed_at", Moment, nullable=False, info=PERSON),
    # What ties it to its link in the chain; see `models.chains`.
    sa.Column("salt", sa.Text, nullable=False, server_default=sa.text("''"), info=PERSON),
    sa.UniqueConstraint("petition", "number", name="signature_number"),
    sa.Index("signatures_of_supporter", "supporter_id"),
)
