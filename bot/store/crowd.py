"""A rehearsal's simulated people, who have said yes to alerts. Real people say so one by one."""

from collections.abc import Mapping, Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.models import Choice
from bot.store.schema import choices, supporters


async def enrol(
    db: AsyncConnection,
    languages: Mapping[int, str],
    chosen: Sequence[tuple[int, Choice]],
    now: datetime,
) -> None:
    """Write many people and their choices at once; `languages` are by person."""
    people = [
        {"supporter_id": person, "language": language, "since": now}
        for person, language in languages.items()
    ]
    rows = [
        {
            "supporter_id": person,
            "topic": choice.topic,
            "about": choice.about,
            "wording": choice.wording,
            "version": choice.version,
            "chosen_at": choice.chosen_at,
        }
        for person, choice in chosen
    ]
    await db.execute(sa.insert(supporters), people)
    await db.execute(sa.insert(choices), rows)
