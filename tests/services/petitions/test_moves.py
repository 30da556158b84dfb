"""Which state may follow which: the table that people read, the one that decides, and the rows."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.errors import IllegalMove
from bot.models import PetitionState, Standing
from bot.services.audit import Audit
from bot.services.petitions.moves import LEGAL, move
from bot.store import Connection, open_database
from bot.store import petitions as store
from bot.store.schema import audit, petitions
from tests.conftest import KEY, NOON

GUIDE = Path("CONTRIBUTING.md")
SLUG = "free-samira"


def read() -> Iterator[tuple[PetitionState, PetitionState, bool]]:
    """Every pair of states, and whether the guide says yes to it."""
    section = GUIDE.read_text(encoding="utf-8").split("## How a petition lives")[1]
    head, _, *rows = [line for line in section.splitlines() if line.startswith("|")]
    states = [PetitionState(cell.strip()) for cell in head.split("|")[2:-1]]
    for row in rows:
        name, *cells = (cell.strip() for cell in row.split("|")[1:-1])
        for wanted, cell in zip(states, cells, strict=True):
            assert cell in ("", "yes")
            yield PetitionState(name.strip("*")), wanted, cell == "yes"


async def test_every_move_is_made_and_on_record_or_refused_by_the_one_table(
    tmp_path: Path,
) -> None:
    pairs = list(read())
    assert [(one, other) for one, other, _ in pairs] == [
        (one, other) for one in PetitionState for other in PetitionState
    ]
    database = await open_database(tmp_path / "vigil.db", KEY)
    record = Audit(database, lambda: NOON)
    async with database.write() as db:
        await store.add(db, SLUG)
        for state, wanted, is_legal in pairs:
            await store.change(db, SLUG, state=state)
            before = await written(db)
            standing = Standing(SLUG, state, 0, 0)
            if is_legal:
                await move(db, record, standing, wanted, "S-1A2B", NOON)
            else:
                with pytest.raises(IllegalMove, match=f"{state} and cannot become {wanted}"):
                    await move(db, record, standing, wanted, "S-1A2B", NOON)
            assert is_legal == (wanted in LEGAL[state])
            now = await db.scalar(sa.select(petitions.c.state))
            assert now == (wanted if is_legal else state)
            assert await written(db) == before + [f"petition {wanted}"] * is_legal
    await database.close()


async def written(db: Connection) -> list[str]:
    return list(await db.scalars(sa.select(audit.c.act).order_by(audit.c.number)))
