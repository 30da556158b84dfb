"""Starting and ending, as real processes."""

import asyncio
import gc
import re
import signal
from pathlib import Path
from shutil import copytree

import pytest

from bot.keys import key_file
from bot.running import serve
from bot.settings import Settings
from playground.faults import Fault
from playground.world import World
from tests.conftest import KEY, PETITION
from tests.conversation import Chat, words
from tests.process import READY, listening, on_telegram, polling, program

FAR = "2199-12-31"
COPIED = "This database was restored or copied"


@pytest.fixture
def live(world: World, url: str) -> dict[str, object]:
    return on_telegram(world, url)


async def last_words(folder: Path, *arguments: str, **settings: object) -> tuple[int, str]:
    """Run a command to its end: exit status and all it printed."""
    async with program(folder, *arguments, **settings) as running:
        return await running.ended(), running.output


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
async def test_a_signal_ends_it_cleanly(
    number: signal.Signals, tmp_path: Path, live: dict[str, object]
) -> None:
    async with program(tmp_path, "run", **live) as running:
        await running.says(READY)

        assert await running.end(number) == 0
        assert running.output.splitlines()[-1].endswith("Vigil has ended.")
        assert "WARNING" not in running.output
        assert "Traceback" not in running.output


def notices(world: World, opening: str) -> list[str]:
    """What the admin group was told."""
    said = (words(message) for message in world.admin_chat.messages)
    return [text for text in said if text.startswith(opening)]


def modes_of(folder: Path, pattern: str) -> list[int]:
    return [file.stat().st_mode for file in folder.rglob(pattern)]


async def test_what_it_writes_is_for_its_user_alone(
    tmp_path: Path, live: dict[str, object]
) -> None:
    async with program(tmp_path, "run", **live) as running:
        await running.says(READY)
        modes = modes_of(tmp_path, "vigil.db*")

        assert len(modes) >= 3  # with log and lock
        assert {mode & 0o077 for mode in modes} == {0}
        assert await running.end() == 0


async def test_what_is_in_flight_is_finished_first(
    tmp_path: Path, world: World, live: dict[str, object]
) -> None:
    async with program(tmp_path, "run", **live) as running:
        await running.says(READY)
        await polling(world)
        world.faults.add(Fault("flood", "sendMessage", retry_after=1))
        with listening(world) as called:
            world.say(world.supporters[0].id, "/help")
            await called("sendMessage", 429)

        assert await running.end() == 0
    assert Chat(world, world.supporters[0].id).last["text"]
    assert not world.updates.waiting


async def test_a_second_start_says_so_and_a_killed_one_blocks_nobody(
    tmp_path: Path, live: dict[str, object]
) -> None:
    async with program(tmp_path, "run", **live) as first:
        await first.says(READY)
        code, said = await last_words(tmp_path, "run", **live)
        assert code == 3
        assert said.startswith("Vigil is running already on var/vigil.db.")
        await first.kill()

    async with program(tmp_path, "run", **live) as third:
        await third.says(READY)
        assert await third.end() == 0
        assert COPIED not in third.output


async def test_a_copy_is_frozen_and_the_admin_group_hears_of_it(
    tmp_path: Path, world: World, live: dict[str, object]
) -> None:
    """Both have the key."""
    live |= {"database_key": KEY}
    async with program(tmp_path, "run", **live) as original:
        await original.says(READY)
        await original.kill()
    elsewhere = tmp_path / "elsewhere"
    copytree(tmp_path / "var", elsewhere / "var")

    with listening(world) as called:
        async with program(elsewhere, "run", **live) as copied:
            await copied.says(COPIED)
            await copied.says(READY)
            while not notices(world, "This database may be a copy."):
                await called("sendMessage")


async def test_the_key_file_is_outside_the_data_and_for_the_owner_only(
    tmp_path: Path, live: dict[str, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    async with program(tmp_path, "run", **live) as running:
        line = await running.says("Its key is in")
        await running.says(READY)

    found = re.search(r"Its key is in (\S+):", line)
    assert found
    check_key_file(Path(found[1]), tmp_path / "home" / ".config" / "vigil")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    assert key_file(tmp_path / "var" / "vigil.db") == Path(found[1])


def check_key_file(file: Path, folder: Path) -> None:
    assert file.parent == folder
    assert file.stat().st_mode & 0o777 == 0o600
    assert folder.stat().st_mode & 0o777 == 0o700
    assert re.fullmatch(r"[0-9a-f]{64}\n", file.read_text())


async def test_a_token_that_telegram_refuses_is_named(
    tmp_path: Path, live: dict[str, object]
) -> None:
    token = "123456:" + "A" * 35
    code, said = await last_words(tmp_path, "run", **live | {"bot_token": token})

    assert code == 2
    assert "Telegram does not accept VIGIL_BOT_TOKEN. Copy it again from @BotFather.\n" in said
    assert token not in said
    assert "Unclosed" not in said


async def test_a_token_that_is_revoked_ends_it_with_a_sentence(
    tmp_path: Path, world: World, live: dict[str, object]
) -> None:
    async with program(tmp_path, "run", **live) as running:
        await running.says(READY)
        await polling(world)
        world.token = "123456:another-token-of-the-same-bot"
        world.say(world.supporters[0].id, "/help")

        assert await running.ended() == 2
        assert "Telegram does not accept this bot's token" in running.output


async def test_it_waits_for_a_telegram_that_is_away(
    tmp_path: Path, world: World, live: dict[str, object]
) -> None:
    world.faults.add(Fault("bad_gateway", "getMe", times=1))
    async with program(tmp_path, "run", **live) as running:
        await running.says("Telegram cannot be reached. Trying again in 1 s.")
        await running.says(READY)
        assert await running.end() == 0


async def test_a_signal_ends_it_while_telegram_is_away(
    tmp_path: Path, world: World, live: dict[str, object]
) -> None:
    world.faults.add(Fault("reset", "getMe", times=1_000))
    async with program(tmp_path, "run", **live) as running:
        await running.says("Telegram cannot be reached.")

        assert await running.end(signal.SIGINT) == 0
        assert "Vigil has ended." in running.output
        assert "Unclosed" not in running.output


async def test_menus_that_cannot_be_set_hold_up_nobody(
    tmp_path: Path, world: World, live: dict[str, object]
) -> None:
    world.faults.add(Fault("flood", "setMyCommands", times=10, retry_after=4_000))
    async with program(tmp_path, "run", **live) as running:
        await running.says("The menus could not be set (RetryAfter).")
        await running.says(READY)


async def test_a_webhook_that_was_left_over_is_taken_away(
    tmp_path: Path, world: World, live: dict[str, object]
) -> None:
    async with program(tmp_path, "run", **live) as running:
        await running.says(READY)

    assert "deleteWebhook" in [call.method for call in world.calls]


async def test_another_program_with_the_same_token_is_told_of(
    tmp_path: Path, world: World, live: dict[str, object]
) -> None:
    async with program(tmp_path, "run", **live) as running:
        await running.says(READY)
        await polling(world)
        with listening(world) as called:
            await world.updates.take(0, 1, 0.1, None)
            while not notices(world, "Another program fetches this bot's messages."):
                await called("sendMessage")

        await running.says("Another program fetches this bot's updates")
        await running.says("@BotFather makes a new one with /revoke")


async def test_unreviewed_texts_must_be_taken_responsibility_for(
    tmp_path: Path, live: dict[str, object]
) -> None:
    code, said = await last_words(tmp_path, "run", **live | {"accept_unreviewed": "false"})

    assert code == 2
    assert "have not been reviewed by a person" in said
    assert "VIGIL_ACCEPT_UNREVIEWED=true" in said


async def test_a_database_without_its_key_is_left_alone(
    tmp_path: Path, live: dict[str, object]
) -> None:
    database = tmp_path / "vigil.db"
    write(database, b"somebody's data")
    code, said = await last_words(tmp_path, "run", **live | {"database": database})

    assert code == 2
    assert "exists, but its key does not" in said
    assert "VIGIL_DATABASE_KEY_FILE" in said
    assert read(database) == b"somebody's data"
    assert not is_there(tmp_path / "home")


async def test_a_petition_opens_and_closes_beside_the_running_bot(
    tmp_path: Path, world: World, live: dict[str, object]
) -> None:
    chat = Chat(world, world.supporters[0].id)
    async with program(tmp_path, "run", **live | {"timezone": "Pacific/Auckland"}) as running:
        await running.says(READY)
        assert "No petition is open" in await chat.say("/petitions")

        code, said = await petition(tmp_path, "open", "--deadline", FAR, "--goal", "70")
        assert (code, said) == (0, f"{PETITION} is open until the end of {FAR}. {NOBODY}")
        card = await chat.link(f"petition-{PETITION}")
        assert "until the end of 31 December 2199" in card  # there; in UTC it ends at 11 o'clock
        assert "on the way to 70" in card
        await chat.tap("Count me without my name")
        await chat.tap("Count me")

        code, said = await petition(tmp_path, "close")
        assert (code, said) == (0, f"{PETITION} is closed with 1 signature.\n")
        await chat.say("/petitions")
        assert "No petition is open" in chat.replies[-1]

        code, said = await petition(tmp_path, "open")
        assert (code, said) == (2, f"{PETITION} is closed, so it cannot become open.\n")


NOBODY = "It has 0 signatures.\n"


async def petition(folder: Path, what: str, *options: str) -> tuple[int, str]:
    zone = {"timezone": "Pacific/Auckland"}
    return await last_words(folder, "petition", what, PETITION, *options, **zone)


def read(file: Path) -> bytes:
    return file.read_bytes()


def write(file: Path, content: bytes) -> None:
    file.write_bytes(content)


def is_there(path: Path) -> bool:
    return path.exists()


async def test_what_is_ended_before_it_has_begun_leaves_nothing_open(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    stopping = asyncio.Event()
    stopping.set()
    await serve(settings, stopping)

    gc.collect()  # aiohttp complains of a forgotten session when it is thrown away
    assert [record.name for record in caplog.records if record.levelname == "ERROR"] == []
