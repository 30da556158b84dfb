"""Who talks with us, and what is held about each of them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.models import Arrival, Dialog, Role, Supporter
from bot.store.about import ADMIN_CHAT
from bot.store.schema import (
    about,
    dialogs,
    handled_updates,
    languages,
    last_read,
    metadata,
    preferences,
    quiet_times,
    share_visits,
    signatures,
    staff,
    supporters,
)

_ME = sa.select(sa.bindparam("me", type_=sa.BigInteger).label("id")).subquery("me")
_ARRIVAL = (
    sa.select(
        supporters.c.supporter_id,
        supporters.c.stopped_at,
        supporters.c.unreachable_since,
        dialogs.c.name,
        dialogs.c.step,
        dialogs.c.data,
        dialogs.c.update_id,
        handled_updates.c.update_id.label("seen"),
        staff.c.role,
        languages.c.language.label("chosen"),
        quiet_times.c.quiet_until,
        last_read.c.passage,
        sa.select(about.c.value).where(about.c.key == ADMIN_CHAT).scalar_subquery().label("moved"),
    )
    .select_from(_ME)
    .outerjoin(supporters, supporters.c.supporter_id == _ME.c.id)
    .outerjoin(
        dialogs,
        (dialogs.c.supporter_id == _ME.c.id)
        & (dialogs.c.chat_id == sa.bindparam("chat"))
        & (dialogs.c.expires_at > sa.bindparam("now", type_=dialogs.c.expires_at.type)),
    )
    .outerjoin(languages, languages.c.supporter_id == _ME.c.id)
    .outerjoin(
        quiet_times,
        (quiet_times.c.supporter_id == _ME.c.id)
        & (quiet_times.c.quiet_until > sa.bindparam("now", type_=quiet_times.c.quiet_until.type)),
    )
    .outerjoin(
        last_read,
        (last_read.c.supporter_id == _ME.c.id)
        & (last_read.c.until > sa.bindparam("now", type_=last_read.c.until.type)),
    )
    .outerjoin(staff, staff.c.supporter_id == _ME.c.id)
    .outerjoin(handled_updates, handled_updates.c.update_id == sa.bindparam("arrived"))
)

_NEW = insert(supporters)
_REMEMBER = _NEW.on_conflict_do_update(
    index_elements=["supporter_id"], set_={"language": _NEW.excluded.language}
)


async def arrival(
    db: AsyncConnection, person: int, chat: int, update_id: int, language: str, now: datetime
) -> Arrival:
    """Everything an update needs to know about its sender, in one question."""
    found = await db.execute(
        _ARRIVAL, {"me": person, "chat": chat, "arrived": update_id, "now": now}
    )
    row = found.one()
    supporter = Supporter(
        id=person,
        language=language,
        known=row.supporter_id is not None,
        stopped=row.stopped_at is not None,
        unreachable=row.unreachable_since is not None,
        chosen=row.chosen,
        quiet_until=row.quiet_until,
        last_read=row.passage,
    )
    dialog = Dialog(row.name, row.step, row.data, row.update_id) if row.name else None
    role = Role(row.role or Role.SUPPORTER)
    return Arrival(supporter, dialog, row.seen is not None, role, row.moved)


async def remember(db: AsyncConnection, supporter: Supporter, now: datetime) -> None:
    """Make a row for a person, or bring the language in hers up to date."""
    row = {"supporter_id": supporter.id, "language": supporter.language, "since": now}
    await db.execute(_REMEMBER, row)


async def choose_language(db: AsyncConnection, person: int, language: str) -> None:
    """Speak this language with her from now on, whatever Telegram says."""
    row = insert(languages).values(supporter_id=person, language=language)
    await db.execute(
        row.on_conflict_do_update(index_elements=["supporter_id"], set_={"language": language})
    )


async def drop_language(db: AsyncConnection, person: int) -> None:
    """Speak the language of her Telegram with her."""
    await db.execute(sa.delete(languages).where(languages.c.supporter_id == person))


async def note_sending_language(db: AsyncConnection, person: int, language: str) -> None:
    """The language of what is sent to her unasked, if anything is held about her."""
    await db.execute(
        sa.update(supporters).where(supporters.c.supporter_id == person).values(language=language)
    )


async def chosen_language(db: AsyncConnection, person: int) -> str | None:
    wanted = sa.select(languages.c.language).where(languages.c.supporter_id == person)
    chosen: str | None = await db.scalar(wanted)
    return chosen


async def mark(db: AsyncConnection, person: int, **columns: datetime | None) -> None:
    """Set `stopped_at` or `unreachable_since` of somebody who has a row."""
    await db.execute(
        sa.update(supporters).where(supporters.c.supporter_id == person).values(**columns)
    )


async def has_stopped(db: AsyncConnection, person: int) -> bool | None:
    """None of somebody who has no row."""
    mine = sa.select(supporters.c.stopped_at).where(supporters.c.supporter_id == person)
    row = (await db.execute(mine)).one_or_none()
    return None if row is None else row.stopped_at is not None


async def everybody(db: AsyncConnection) -> Sequence[int]:
    """All about whom there is a row in any table."""
    people = (sa.select(table.c.supporter_id) for table in _personal_tables())
    found = await db.scalars(sa.union(*people))
    return found.all()


async def held(db: AsyncConnection, person: int) -> Mapping[str, Sequence[Mapping[str, Any]]]:
    """Every row about a person, by table: what /mydata shows."""
    rows = {}
    for table in _personal_tables():
        found = await db.execute(sa.select(table).where(table.c.supporter_id == person))
        rows[table.name] = [dict(row) for row in found.mappings()]
    return rows


async def erase(db: AsyncConnection, person: int) -> None:
    """Delete every row about a person; counts are the caller's to mend beforehand."""
    for table in reversed(_personal_tables()):
        await db.execute(sa.delete(table).where(table.c.supporter_id == person))


async def erase_if_unneeded(db: AsyncConnection, person: int) -> bool:
    """Erase somebody about whom nothing but her own row is held; says whether that was so.

    What she has not finished, such as a name she is typing, is no reason to keep her, nor is what
    she read last or which link she came by; nor are her language, her quiet and how she wants to
    be reached, which stay as she chose them.
    """
    for table in _reasons():
        mine = sa.exists().where(table.c.supporter_id == person)
        if await db.scalar(sa.select(mine)):
            return False
    for table in (dialogs, last_read, share_visits, supporters):
        await db.execute(sa.delete(table).where(table.c.supporter_id == person))
    return True


async def erase_all_unneeded(db: AsyncConnection) -> None:
    """Erase everybody about whom nothing but her own row is held."""
    kept = (supporters.c.supporter_id.in_(sa.select(table.c.supporter_id)) for table in _reasons())
    await db.execute(sa.delete(supporters).where(~sa.or_(*kept)))


async def petitions_signed(db: AsyncConnection, person: int) -> Sequence[str]:
    found = await db.scalars(
        sa.select(signatures.c.petition).where(signatures.c.supporter_id == person)
    )
    return found.all()


_NO_REASONS = (
    supporters, dialogs, languages, quiet_times, preferences, last_read, share_visits,
)  # fmt: skip


def _reasons() -> list[sa.Table]:
    """The tables for whose sake somebody is held."""
    return [table for table in _personal_tables() if table not in _NO_REASONS]


def _personal_tables() -> list[sa.Table]:
    """The tables with rows about persons, parents before children."""
    return [table for table in metadata.sorted_tables if "supporter_id" in table.c]
