"""Nothing can be read in the file without the key, and with the key nothing that was erased."""

import shutil
import subprocess
from pathlib import Path

import pytest

from bot.content import Content
from bot.models import Supporter
from bot.services.petitions import Petitions
from bot.services.supporters import Supporters
from bot.services.wishes import Wishes
from bot.store import Database
from bot.store._cipher import connect
from tests.conftest import KEY, NOON, PETITION

ID = 510_000_001
NAME = "Amara Okafor"
STORED = (ID.to_bytes(4, "big"), NAME.encode())  # as SQLite keeps them
TRACES = (*STORED, str(ID).encode())
PAGE, RESERVE, SALT = 4096, 80, 16  # bytes: SQLCipher 4's page, its tail, the file's head
ME, OTHER = Supporter(ID, "en"), Supporter(520_000_002, "en")

needs_openssl = pytest.mark.skipif(
    shutil.which("openssl") is None, reason="openssl decrypts the pages here, and is not installed"
)


@pytest.fixture
async def signed(database: Database, content: Content, wishes: Wishes) -> Database:
    """Two people have signed; one of them is in the middle of a conversation too."""
    petitions = Petitions(database, lambda: content, wishes, lambda: NOON)
    await petitions.open(PETITION)
    await petitions.sign(PETITION, ME, NAME, 1)
    await petitions.sign(PETITION, OTHER, "Somebody Else", 1)
    return database


async def test_without_the_key_nothing_can_be_read(signed: Database) -> None:
    written = b"".join(map(read, files(signed)))

    assert len(written) > 10 * PAGE
    for trace in (*TRACES, b"SQLite format 3", PETITION.encode(), b"CREATE TABLE"):
        assert trace not in written


@needs_openssl
async def test_whoever_is_forgotten_is_in_no_page_any_more(
    signed: Database, wishes: Wishes
) -> None:
    assert await signed.truncate_log()
    before = pages(signed.path)
    for trace in (*STORED, b"Somebody Else"):
        assert trace in before  # so that this search can find anything at all

    await Supporters(signed, wishes, lambda: NOON).forget(ME)

    after = pages(signed.path)
    for trace in TRACES:
        assert trace not in after  # free pages and the gaps within pages are in it, too
    assert b"Somebody Else" in after


async def test_whoever_is_forgotten_is_in_no_log_any_more(signed: Database, wishes: Wishes) -> None:
    log = signed.path.with_name(f"{signed.path.name}-wal")
    assert read(log)

    await Supporters(signed, wishes, lambda: NOON).forget(ME)

    assert not read(log)


async def test_a_plain_copy_holds_the_others_only(
    signed: Database, wishes: Wishes, tmp_path: Path
) -> None:
    await Supporters(signed, wishes, lambda: NOON).forget(ME)
    plain = tmp_path / "plain.db"
    source = connect(signed.path, KEY)
    source.execute(f"ATTACH DATABASE '{plain}' AS plain KEY ''")
    source.execute("SELECT sqlcipher_export('plain')").fetchall()
    source.close()

    copied = read(plain)
    assert copied.startswith(b"SQLite format 3")
    assert b"Somebody Else" in copied
    for trace in TRACES:
        assert trace not in copied


def read(file: Path) -> bytes:
    return file.read_bytes()


def files(database: Database) -> list[Path]:
    return sorted(database.path.parent.iterdir())


def pages(path: Path) -> bytes:
    """What every page of the file holds in clear, used or free."""
    raw = path.read_bytes()
    return b"".join(_decrypted(raw[at : at + PAGE], at == 0) for at in range(0, len(raw), PAGE))


def _decrypted(page: bytes, is_first: bool) -> bytes:
    body, tail = page[SALT if is_first else 0 : -RESERVE], page[-RESERVE:]
    command = ["openssl", "enc", "-d", "-aes-256-cbc", "-nopad", "-K", KEY, "-iv", tail[:16].hex()]
    return subprocess.run(command, input=body, capture_output=True, check=True).stdout
