"""What really stands in the database, read past every service."""

import json
from typing import Any

from bot.store import Database
from bot.store.schema import metadata

Rows = dict[str, list[dict[str, Any]]]


async def all_rows(database: Database) -> Rows:
    async with database.read() as db:
        return {
            table.name: [dict(row) for row in (await db.execute(table.select())).mappings()]
            for table in metadata.sorted_tables
        }


async def rows_about(database: Database, person: int) -> Rows:
    """Every row in which any column holds the person's id, whatever the column is called."""
    found = await all_rows(database)
    return {
        name: [row for row in rows if str(person) in json.dumps(list(row.values()), default=str)]
        for name, rows in found.items()
    }


async def written(database: Database) -> str:
    """All of it as one text, to look for words in."""
    return json.dumps(await all_rows(database), ensure_ascii=False, default=str)
