"""The bot as it really runs, on a playground of the test's own."""

import asyncio
import fcntl
import gc
import os
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

os.environ.setdefault("PTB_TIMEDELTA", "true")  # as bot/__main__.py does, before PTB is imported

import pytest
from pydantic import SecretStr

from bot.app import announce, build, intake, outgoing
from bot.content import Content, Petition, load
from bot.context import App, Services
from bot.delivery.pacing import Bounds
from bot.heap import settle
from bot.intake import Intake
from bot.journal import Journal
from bot.models import Alert, AlertState
from bot.services.explainer import Encoder, Explainer
from bot.services.wishes import Wishes
from bot.settings import Settings
from bot.store import Database, open_database
from handlers.admin.cards import Keeper
from playground.server import serve
from playground.world import World
from tests.conversation import Chat
from tests.process import CACHE_HOME

NOON = datetime(2027, 3, 1, 12, tzinfo=UTC)
DEADLINE = NOON + timedelta(days=30)
KEY = "5e" * 32
PETITION = "cameroon-torture"
EASY = Bounds(burst=1_000, group_minute=1_000)  # pacing has tests of its own


@dataclass
class Vigil:
    """A running bot, and what a test may want to look at from inside."""

    app: App
    intake: Intake
    database: Database
    settings: Settings
    world: World

    @property
    def services(self) -> Services:
        services: Services = self.app.bot_data["services"]
        return services

    async def look(self) -> None:
        """Begin what is due, as the tick does, and leave it at that."""
        await outgoing(self.app).drained.wait()
        await self.services.schedule.tick()
        await outgoing(self.app).sender.look()

    async def sent(self) -> None:
        """Begin what is due, wait until it is through, and show the admin group."""
        await self.look()
        async with asyncio.timeout(60):
            while any(  # noqa: ASYNC110 - the end of a send is a row, and nothing tells of it
                one.state == AlertState.SENDING for one in await self._under_way()
            ):
                await asyncio.sleep(0.01)
        await self.keep()

    async def keep(self) -> None:
        """Bring the cards up to date, with a keeper that does not know when it last did."""
        await Keeper(self.app.bot, self.services).keep()

    async def _under_way(self) -> Sequence[Alert]:
        return await self.services.watching.under_way()

    def organiser(self) -> Chat:
        """The private chat of the playground's organiser, who is one."""
        return Chat(self.world, self.world.organiser.id)

    def chat(self, person: int = 0) -> Chat:
        """The private chat of one of the playground's supporters."""
        return Chat(self.world, self.world.supporters[person].id)

    def group(self, admin: int = 0) -> Chat:
        """One of the admins in the admin group."""
        return Chat(self.world, self.world.admins[admin].id, self.world.admin_chat.id)


def wishes_of(database: Database, now: Callable[[], datetime] = lambda: NOON) -> Wishes:
    """What people wished, in a journal beside their database."""
    return Wishes(Journal(database.path.with_suffix(".journal"), KEY), now)


Start = Callable[..., Awaitable[Vigil]]
Shelf = dict[str, Petition]


def pytest_xdist_auto_num_workers() -> int:
    """A third of the time a test waits: for the disk, for a clock, for another process."""
    return -(-3 * (os.cpu_count() or 1) // 2)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whole programs first: at the end everybody would wait for the last of them."""
    items.sort(key=lambda item: item.path.parent != Path(__file__).parent)


@pytest.fixture(scope="session")
def printed() -> Content:
    """The content folder as it is."""
    return load(Path("content"))


@pytest.fixture(scope="session")
def encoder() -> Encoder:
    return Encoder(CACHE_HOME / "vigil")


@pytest.fixture(scope="session")
def explainer(printed: Content, encoder: Encoder) -> Explainer:
    made = learned(printed, encoder)
    settle()
    gc.set_threshold(20_000)  # a test makes much and keeps little
    return made


def learned(content: Content, encoder: Encoder) -> Explainer:
    """One process learns what the texts mean, which takes long; the others wait and read it."""
    CACHE_HOME.mkdir(parents=True, exist_ok=True)
    with (CACHE_HOME / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        return Explainer(content, encoder=encoder)


@pytest.fixture
def shelf(printed: Content) -> Shelf:
    """The petitions' files, which a test may change."""
    return dict(printed.language("en").petitions)


@pytest.fixture
def content(printed: Content, shelf: Shelf) -> Content:
    return replace(printed, languages={"en": replace(printed.language("en"), petitions=shelf)})


@pytest.fixture
async def world() -> World:
    """A playground whose clock stands still until it is moved.

    VIGIL_REQUEST_LOG names a file that takes every request of the run, for a look at them all.
    """
    log = os.environ.get("VIGIL_REQUEST_LOG")
    return World(now=lambda: NOON, rate=1_000, group_rate=1_000, log=Path(log) if log else None)


@pytest.fixture
async def url(world: World) -> AsyncIterator[str]:
    """Where the playground listens."""
    async with serve(world) as address:
        yield address


@pytest.fixture
def settings(world: World, url: str, tmp_path: Path) -> Settings:
    return Settings(
        _env_file=None,
        bot_token=SecretStr(world.token),
        api_url=url,
        admin_chat=world.admin_chat.id,
        owners=frozenset(admin.id for admin in world.admins),
        database=tmp_path / "data" / "vigil.db",
        database_key=SecretStr(KEY),
        state=tmp_path / "state",
        languages=("en",),  # tests of the others say so
        accept_unreviewed=True,
        organisation="Example Rights",
        contact="help@example.org",
    ).model_copy(update={"messages_per_second": 1_000})  # so has this


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database as it is before the first start; migrating anew for each test takes minutes."""
    path = tmp_path_factory.mktemp("empty") / "vigil.db"

    async def make() -> None:
        database = await open_database(path, KEY)
        assert await database.truncate_log()
        await database.close()

    asyncio.run(make())
    return path


@pytest.fixture
async def start(
    world: World,
    settings: Settings,
    content: Content,
    explainer: Explainer,
    encoder: Encoder,
    empty: Path,
) -> AsyncIterator[Start]:
    """Start the bot on the test's own database; calling it again is a restart.

    The petition is open from the first start. Keywords change settings.
    """
    async with AsyncExitStack() as running:

        async def start_bot(**changes: Any) -> Vigil:
            await running.aclose()  # stop the bot that was running, if one was
            chosen = settings.model_copy(update=changes)
            key = KEY if chosen.database_key is None else chosen.database_key.get_secret_value()
            if key == KEY and not chosen.database.exists():
                chosen.database.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(empty, chosen.database)
            database = await open_database(chosen.database, key)
            running.push_async_callback(database.close)
            app = build(
                chosen,
                database,
                world.clock.now,
                content=content,
                explainer=explainer,
                encoder=encoder,
                bounds=EASY,
            )
            vigil = Vigil(app, intake(app), database, chosen, world)
            await vigil.services.copies.begin()
            if world.clock.now() < DEADLINE:  # afterwards it has closed by itself
                await vigil.services.petitions.open(PETITION, DEADLINE, 1_000)
            await vigil.services.petition_desk.refresh()
            await running.enter_async_context(app)
            await announce(app)
            task = asyncio.create_task(vigil.intake.run())
            running.push_async_callback(asyncio.wait, [task])
            running.push_async_callback(vigil.intake.stop)
            running.push_async_callback(outgoing(app).sender.stop)
            await outgoing(app).sender.recover()
            await vigil.services.schedule.recover()
            return vigil

        yield start_bot


@pytest.fixture
async def vigil(start: Start) -> Vigil:
    return await start()


@pytest.fixture
def chat(vigil: Vigil) -> Chat:
    """The first supporter's chat with a running bot."""
    return vigil.chat()
