"""What tests share that let hypothesis act in any order: a loop, a folder and a clock."""

import asyncio
import tempfile
from collections.abc import Coroutine, Sequence
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import sqlalchemy as sa
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import RuleBasedStateMachine

from bot.content import Content, load
from bot.models.audit import BEGINNING, Entry
from bot.services.audit import Audit
from bot.services.integrity import Integrity
from bot.services.petitions import Page, Papers, PetitionDesk, PetitionDrafts, Petitions
from bot.services.petitions.clock import keep_time
from bot.services.shelf import Edition, Shelf
from bot.services.staff import Staff
from bot.store import Connection, Database, open_database
from bot.store.schema import petitions
from tests.conftest import KEY, NOON, wishes_of

ADA, BO, CLEO = 700000001, 700000002, 700000003
SLUG = "free-samira"
TEXT = {
    "addressee": "The minister",
    "ask": "Release her.",
    "body": "She is held.",
    "source": "Example Rights",
    "as_of": "2027",
}
DEADLINE = NOON + timedelta(hours=48)
T = TypeVar("T")


def bounded(examples: int, steps: int) -> settings:
    """The same lives on each run; one that fails is shown whole, since shortening takes minutes."""
    return settings(
        max_examples=examples,
        stateful_step_count=steps,
        deadline=None,
        derandomize=True,
        database=None,
        phases=(Phase.generate,),
        suppress_health_check=list(HealthCheck),
    )


@cache
def content() -> Content:
    return load(Path("content"))


class House:
    """The services around one database, at a time that only a test moves."""

    def __init__(self, database: Database, now: datetime = NOON) -> None:
        self.database, self.time = database, now
        shelf, self.audit = Shelf(Edition(content(), None)), Audit(database, self.now)  # type: ignore[arg-type]  # asks nothing
        self.staff = Staff(database, frozenset({ADA, BO, CLEO}), None, self.audit, self.now)
        papers = Papers(database, shelf, self.staff, self.audit, self.now)
        self.drafts, self.desk = PetitionDrafts(papers), PetitionDesk(papers)
        wishes = wishes_of(database, self.now)
        self.petitions = Petitions(database, shelf.content, wishes, self.now)
        self.integrity = Integrity(database, self.now)

    def now(self) -> datetime:
        return self.time

    async def page(self) -> Page:
        return await self.desk.page(SLUG)

    async def tick(self) -> None:
        """As the housekeeping does."""
        async with self.database.write() as db:
            await keep_time(db, self.audit, self.time)
        await self.desk.refresh()

    async def row(self, db: Connection) -> Any:
        return (await db.execute(sa.select(petitions).where(petitions.c.slug == SLUG))).one()

    async def acts(self) -> Sequence[Entry]:
        """All that was done, oldest first, once it is proven that nobody changed it."""
        found, former = list(await self.audit.newest(10_000)), BEGINNING
        for entry in reversed(found):
            assert entry.follows(former)
            former = entry.digest
        return found[::-1]


async def drafted(house: House) -> None:
    """Ada has written a petition, for which nothing is missing."""
    for admin in (ADA, BO, CLEO):
        await house.staff.pseudonym(admin)
    page = await house.drafts.begin(ADA, "en", "Free Samira")
    for field, words in TEXT.items():
        page = await house.drafts.write(SLUG, page.dossier.revision, ADA, "en", field, words)
    terms = {"consent": "File 12", "closes_at": DEADLINE}
    await house.drafts.put(SLUG, page.dossier.revision, ADA, **terms)


async def opened(house: House) -> None:
    """Bo has opened it."""
    await drafted(house)
    page = await house.page()
    page = await house.desk.submit(SLUG, page.dossier.revision, ADA)
    await house.desk.approve(SLUG, page.dossier.revision, BO, page.mark)


class Living(RuleBasedStateMachine):
    """Each life begins with a copy of a database that was made once, as `begin` leaves it."""

    begin = staticmethod(drafted)

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.folder = tempfile.TemporaryDirectory()
        path = Path(self.folder.name) / "vigil.db"
        path.write_bytes(_made(type(self)))
        self.house = House(Database(path, KEY))
        self.run(self.house.desk.refresh())

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        return self.loop.run_until_complete(work)

    def teardown(self) -> None:
        self.run(self.house.database.close())
        self.loop.close()
        self.folder.cleanup()


@cache
def _made(life: type[Living]) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "vigil.db"
        asyncio.run(_make(path, life))
        return path.read_bytes()


async def _make(path: Path, life: type[Living]) -> None:
    database = await open_database(path, KEY)
    await life.begin(House(database))
    await database.close()
