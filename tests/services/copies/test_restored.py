"""A copy of the database sends nothing until an owner confirms it; the original always goes on."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from bot.errors import StartRefused
from bot.keys import state_file
from bot.marker import Marker
from bot.models import AlertState
from bot.services.copies import Copies
from bot.settings import Settings
from bot.store import Database, about, deliveries
from bot.store.schema import about as about_table
from handlers import tell_copied
from playground.world import World
from tests.conftest import Start, Vigil
from tests.conversation import Chat, words
from tests.handlers.organiser import desk
from tests.services.copies.conftest import Backup, Begin, Restore, end

PEOPLE = 20
MINUTE = timedelta(minutes=1)
NOTICE = "This is not the database that I ran with last."
NO_MARKER = "This database may be a copy."


@pytest.fixture
async def world() -> World:
    return desk.crowded(PEOPLE)


async def is_frozen(vigil: Vigil) -> bool:
    return await vigil.services.watching.frozen()


def told(chat: Chat, opening: str = NOTICE) -> list[str]:
    return [words(one) for one in chat.messages if words(one).startswith(opening)]


async def evening(vigil: Vigil) -> int:
    """An alert of today, approved and not due yet."""
    await desk.staffed(vigil)
    await desk.enrol(vigil)
    return await desk.approve(vigil, when="1 March 18:00")


async def test_what_went_out_since_the_backup_does_not_go_out_again(
    start: Start, settings: Settings, back_up: Backup, restore: Restore
) -> None:
    hanna, omar = sorted(settings.owners)
    vigil = await start(owners=frozenset({hanna}))
    await Chat(vigil.world, hanna).say("/start")  # so that I may write to her
    number = await evening(vigil)
    await back_up(vigil)
    vigil.world.clock.jump(6 * 60 * MINUTE)
    await vigil.sent()
    assert desk.received(vigil).total() == PEOPLE

    vigil = await restore(vigil, owners=frozenset({hanna}))
    await vigil.sent()
    for _ in range(2):
        await tell_copied(vigil.app.bot, vigil.services)
    vigil = await start(owners=frozenset({hanna}))
    await tell_copied(vigil.app.bot, vigil.services)
    await vigil.sent()
    assert await desk.state(vigil, number) == (AlertState.APPROVED, None)
    assert desk.received(vigil).total() == PEOPLE
    assert len(told(vigil.group())) == len(told(Chat(vigil.world, hanna))) == 1
    assert not told(Chat(vigil.world, omar))
    assert "Every send is stopped, because this database was found restored or copied" in (
        await vigil.group(1).say("/health")
    )
    assert (await vigil.chat().say("/help")).startswith("Write me a question")

    await vigil.group(1).tap("Let sends go on (owners)")
    assert vigil.group(1).popups[-1].startswith("Only owners can do that.")
    assert await is_frozen(vigil)
    vigil.world.clock.jump(20 * MINUTE)
    assert (await vigil.group().tap("Let sends go on (owners)")).startswith("Sends may go on.")
    await vigil.sent()
    assert await desk.state(vigil, number) == (AlertState.HELD, "late")

    vigil = await start()
    assert not await is_frozen(vigil)
    assert desk.received(vigil).total() == PEOPLE


async def test_the_original_goes_on_whatever_was_tried_with_a_copy(
    start: Start, back_up: Backup, restore: Restore, tmp_path: Path
) -> None:
    vigil = await start()
    await back_up(vigil)
    await end(vigil)
    original = vigil.database.path.read_bytes()
    vigil = await restore(vigil)
    assert await is_frozen(vigil)
    await vigil.services.copies.turn()

    await end(vigil)
    vigil.database.path.write_bytes(original)
    vigil = await start()
    assert not await is_frozen(vigil)

    copied = tmp_path / "elsewhere" / "vigil.db"
    copied.parent.mkdir()
    await end(vigil)
    copied.write_bytes(vigil.database.path.read_bytes())
    vigil = await start(database=copied)  # with the same key
    assert await is_frozen(vigil)
    await tell_copied(vigil.app.bot, vigil.services)
    assert len(told(vigil.group(), NO_MARKER)) == 1
    assert not await is_frozen(await start())


async def put(database: Database, word: str | None) -> None:
    async with database.write() as db:
        if word is None:
            await db.execute(sa.delete(about_table).where(about_table.c.key == about.WORD))
        else:
            await about.put(db, about.WORD, word)


async def unfreeze(database: Database, copies: Copies) -> bool:
    """Whether all sends had been stopped."""
    async with database.write() as db:
        was_frozen = await deliveries.is_frozen(db)
        await copies.confirm_in(db)
        await about.drop(db, about.FROZEN)
    return was_frozen


@pytest.mark.parametrize(
    ("word", "known", "freezes"),
    [
        ("a", {"a"}, False),
        ("a", {"a", "b"}, False),  # killed before the word in the database was changed
        ("b", {"a", "b"}, False),  # killed after it was
        ("a", {"b"}, True),
        ("a", set(), True),
        (None, set(), False),  # the version before there were markers
        (None, {"a"}, True),  # a backup from that version
        (about.NEW, {"a"}, False),  # somebody has moved the old database away, to begin anew
        (about.NEW, set(), False),
    ],
)
async def test_what_tells_a_copy(
    database: Database,
    begin: Begin,
    marker: Marker,
    word: str | None,
    known: set[str],
    freezes: bool,
) -> None:
    await put(database, word)
    if known:
        marker.write(known)

    first = await begin()
    assert await unfreeze(database, first) is freezes
    assert await unfreeze(database, await begin()) is False
    assert len(marker.words()) == 1
    assert not marker.words() & {"a", "b"}


@pytest.mark.parametrize("change", ["here", "a file", "marker", "journal"])
async def test_a_place_that_cannot_be_used_is_a_sentence(
    start: Start, settings: Settings, change: str, tmp_path: Path
) -> None:
    changes: dict[str, Any] = {}
    if change == "here":
        changes["state"] = settings.database.parent
    elif change == "a file":
        changes["state"] = tmp_path / "backup.db"
        changes["state"].write_text("a file where the folder should be")
    else:
        state_file(settings, change).mkdir(parents=True)

    with pytest.raises(StartRefused, match="VIGIL_STATE"):
        await start(**changes)
