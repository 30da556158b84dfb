"""Who talks with us, who works for us, and what is held of each."""

import sqlalchemy as sa

from bot.store.schema._types import ID, PERSON, Moment, Record, metadata

supporters = sa.Table(
    "supporters",
    metadata,
    sa.Column("supporter_id", ID, primary_key=True, autoincrement=False, info=PERSON),
    sa.Column("language", sa.Text, nullable=False, info=PERSON),
    sa.Column("since", Moment, nullable=False, info=PERSON),
    sa.Column("stopped_at", Moment, info=PERSON),
    sa.Column("unreachable_since", Moment, info=PERSON),
)

dialogs = sa.Table(
    "dialogs",
    metadata,
    sa.Column("supporter_id", ID, primary_key=True, autoincrement=False, info=PERSON),
    sa.Column("chat_id", ID, primary_key=True, autoincrement=False, info=PERSON),
    sa.Column("name", sa.Text, nullable=False, info=PERSON),
    sa.Column("step", sa.Text, nullable=False, info=PERSON),
    sa.Column("data", Record, nullable=False, info=PERSON),
    sa.Column("update_id", ID, info=PERSON),
    sa.Column("expires_at", Moment, nullable=False, info=PERSON),
)

staff = sa.Table(
    "staff",
    metadata,
    sa.Column("supporter_id", ID, primary_key=True, autoincrement=False, info=PERSON),
    sa.Column("role", sa.Integer, nullable=False, info=PERSON),
    sa.Column("pseudonym", sa.Text, nullable=False, unique=True, info=PERSON),
    sa.Column("since", Moment, nullable=False, info=PERSON),
    sa.Column("appointed_by", sa.Text, info=PERSON),
)

staff_links = sa.Table(
    "staff_links",
    metadata,
    sa.Column("digest", sa.Text, primary_key=True, info=PERSON),
    sa.Column("supporter_id", ID, nullable=False, info=PERSON),  # who made it
    sa.Column("role", sa.Integer, nullable=False, info=PERSON),
    sa.Column("expires_at", Moment, nullable=False, info=PERSON),
)

choices = sa.Table(
    "choices",
    metadata,
    sa.Column(
        "supporter_id",
        ID,
        sa.ForeignKey("supporters.supporter_id"),
        primary_key=True,
        autoincrement=False,
        info=PERSON,
    ),
    sa.Column("topic", sa.Text, primary_key=True, info=PERSON),
    sa.Column("about", sa.Text, primary_key=True, info=PERSON),
    sa.Column("wording", sa.Text, nullable=False, info=PERSON),
    sa.Column("version", sa.Integer, nullable=False, info=PERSON),
    sa.Column("chosen_at", Moment, nullable=False, info=PERSON),
    sa.Index("choices_by_topic", "topic", "about", "version"),
    sqlite_with_rowid=False,
)

languages = sa.Table(
    "languages",
    metadata,
    sa.Column("supporter_id", ID, primary_key=True, autoincrement=False, info=PERSON),
    sa.Column("language", sa.Text, nullable=False, info=PERSON),
)

quiet_times = sa.Table(
    "quiet_times",
    metadata,
    sa.Column("supporter_id", ID, primary_key=True, autoincrement=False, info=PERSON),
    sa.Column("quiet_until", Moment, nullable=False, info=PERSON),  # nothing is sent unasked
    # She is told when it is over. Of an hour nobody is, whatever the hour is for.
    sa.Column("announced", sa.Boolean, nullable=False, server_default=sa.false(), info=PERSON),
)

preferences = sa.Table(
    "preferences",
    metadata,
    sa.Column("supporter_id", ID, primary_key=True, autoincrement=False, info=PERSON),
    sa.Column("zone", sa.Text, nullable=False, info=PERSON),
    sa.Column("quiet_from", sa.Integer, info=PERSON),  # minutes after midnight in the zone
    sa.Column("quiet_to", sa.Integer, info=PERSON),
    sa.Column("per_week", sa.Integer, info=PERSON),
    sa.Column("digest_on", sa.Integer, nullable=False, info=PERSON),  # 0 is Monday
    sa.Column("rings", sa.Boolean, nullable=False, info=PERSON),
)

last_read = sa.Table(
    "last_read",
    metadata,
    sa.Column("supporter_id", ID, primary_key=True, autoincrement=False, info=PERSON),
    sa.Column("passage", sa.Text, nullable=False, info=PERSON),  # its name, not its words
    sa.Column("until", Moment, nullable=False, info=PERSON),
)

relays = sa.Table(
    "relays",
    metadata,
    sa.Column("supporter_id", ID, primary_key=True, autoincrement=False, info=PERSON),
    sa.Column("alias", sa.Text, nullable=False, unique=True, info=PERSON),
    sa.Column("language", sa.Text, nullable=False, info=PERSON),
    sa.Column("given_at", Moment, nullable=False, info=PERSON),
    sa.Column("ends_at", Moment, nullable=False, info=PERSON),
)

contact_bans = sa.Table(
    "contact_bans",
    metadata,
    sa.Column("supporter_id", ID, primary_key=True, autoincrement=False, info=PERSON),
    sa.Column("handle", sa.Text, nullable=False, unique=True, info=PERSON),
    sa.Column("since", Moment, nullable=False, info=PERSON),
)
