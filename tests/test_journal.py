"""The journal beside the key: whole after a power cut, short, and counted on without a gap."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.journal import KEPT, Journal, Kind
from tests.conftest import KEY

TODAY = date(2027, 3, 1)
DAY = timedelta(days=1)
ME, OTHER = 510_000_001, 510_000_002


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "state" / "vigil.journal"


def opened(file: Path, known: int = 0, today: date = TODAY) -> Journal:
    journal = Journal(file, KEY)
    journal.open(known, today)
    return journal


def numbers(journal: Journal, after: int = 0) -> list[int]:
    return [line.number for line in journal.after(after)]


async def write(journal: Journal, *people: int, kind: Kind = Kind.STOP, day: date = TODAY) -> None:
    for person in people:
        await journal.append(kind, journal.subject(person), day)


async def test_it_goes_on_where_the_last_process_ended(file: Path) -> None:
    await write(opened(file), ME, OTHER)
    again = opened(file)
    await write(again, ME, kind=Kind.ERASE)

    assert numbers(again) == [1, 2, 3]
    assert numbers(again, 2) == [3]
    assert again.last(again.subject(ME)) is Kind.ERASE
    assert again.last(again.subject(OTHER)) is Kind.STOP


async def test_what_was_once_written_is_known_whatever_came_after(file: Path) -> None:
    journal = opened(file)
    await write(journal, ME, kind=Kind.ERASE)
    await write(journal, ME, kind=Kind.YES)
    for known in (journal, opened(file, today=TODAY + KEPT)):
        assert known.last(known.subject(ME)) is Kind.YES
        assert known.has(known.subject(ME), Kind.ERASE)
        assert not known.has(known.subject(ME), Kind.STOP)
        assert not known.has(known.subject(OTHER), Kind.ERASE)
    late = opened(file, today=TODAY + KEPT + DAY)
    assert not late.has(late.subject(ME), Kind.ERASE)


@pytest.mark.parametrize("torn", [b"3 2027-03-0", b"3 2027-03-01 stop 5e5e", b"\xff\xfe\n", b"\n"])
async def test_a_line_that_was_torn_spoils_no_other(file: Path, torn: bytes) -> None:
    await write(opened(file), ME, OTHER)
    spoil(file, torn)
    again = opened(file)
    await write(again, ME, kind=Kind.YES)

    assert numbers(again) == [1, 2, 3]


async def test_the_same_about_the_same_is_kept_once(file: Path) -> None:
    journal = opened(file)
    for _ in range(5):
        await write(journal, ME, kind=Kind.STOP)
        await write(journal, ME, kind=Kind.YES)

    assert numbers(opened(file)) == [9, 10]
    assert len(lines(file)) == 2


async def test_what_is_older_than_any_backup_is_dropped_and_numbers_go_on(file: Path) -> None:
    journal = opened(file)
    await write(journal, ME)
    await write(journal, OTHER, day=TODAY + DAY)
    await write(journal, 3, day=TODAY + KEPT + DAY)  # a new day tidies up, without a new start
    assert numbers(journal) == [2, 3]

    much_later = opened(file, today=TODAY + 9 * KEPT)
    await write(much_later, ME, day=TODAY + 9 * KEPT)
    assert numbers(much_later) == [3, 4]


async def test_a_database_that_has_seen_more_than_is_there_is_not_given_a_number_twice(
    file: Path,
) -> None:
    journal = opened(file, known=40)  # the journal was lost
    await write(journal, ME)

    assert numbers(journal, 40) == [41]


async def test_with_another_key_it_is_about_nobody(file: Path) -> None:
    other = Journal(file, "00" * 32)

    assert opened(file).subject(ME) != other.subject(ME)


def spoil(file: Path, torn: bytes) -> None:
    with file.open("ab") as end:
        end.write(torn)


def lines(file: Path) -> list[str]:
    return file.read_text().splitlines()
