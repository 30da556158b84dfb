"""Counts and order of signatures can be proven, and nobody can change them without being found."""

import asyncio
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from bot.models import Supporter
from bot.services.integrity import Integrity
from bot.store import Database
from bot.store._cipher import connect
from tests.conftest import KEY, PETITION, Start, Vigil
from tests.process import ROOT, program
from tools.verify_signatures import verify

_OPEN = (
    "DROP TRIGGER signature_chain_refuses_update",
    "DROP TRIGGER signature_chain_refuses_delete",
    "DROP TRIGGER audit_refuses_update",
    "DROP TRIGGER audit_refuses_delete",
    "PRAGMA foreign_keys = OFF",
)
_MOVED = "entry 3 does not follow from the one before it"
_SCRIPT_MOVED = "Entry 3 of 2027-03-01 does not follow"
_STORED = "which is not what is stored"
_SWAPPED = (
    "UPDATE signature_chain SET place = place - 7 WHERE place IN (3, 4);"
    "UPDATE signature_chain SET place = -place WHERE place < 0"
)
_TAMPERED: Sequence[tuple[str, str, str]] = (
    # What is done; what `db verify` says; what the script says, which sees no signatures.
    ("DELETE FROM signature_chain WHERE place = 3", _MOVED, "Entry 3 of"),
    (_SWAPPED, _MOVED, _SCRIPT_MOVED),
    ("UPDATE signature_chain SET day = '2027-02-28' WHERE place = 3", _MOVED, "Entry 3 of"),
    ("UPDATE signature_chain SET number = 2 WHERE place = 3", _MOVED, _SCRIPT_MOVED),
    ("DELETE FROM signature_chain WHERE place = 8", "the last ones were cut off", _STORED),
    ("UPDATE petitions SET signatures = 5", "the stored count, 5, is not the chain's", _STORED),
    ("UPDATE petitions SET last_number = 7", "were cut off", _STORED),
    ("UPDATE petitions SET delivered = 9", "stored as 9", _STORED),
    ("DELETE FROM signatures WHERE number = 3", "signature 3 is in the chain and not in", ""),
    ("UPDATE signatures SET name = 'Else' WHERE number = 3", "signature 3 is not as it was", ""),
    ("UPDATE signatures SET number = 9 WHERE number = 3", "signature 9 is in the database", ""),
    ("UPDATE audit SET act = 'else' WHERE number = 1", "entry 1 does not follow", ""),
    ("DELETE FROM audit WHERE number = (SELECT max(number) FROM audit)", "cut off", ""),
)


async def _sign(vigil: Vigil, *people: int) -> list[int]:
    petitions = vigil.services.petitions
    cards = [await petitions.sign(PETITION, _person(n), f"Name {n}", 1) for n in people]
    return [card.mine.number for card in cards if card.mine]


def _person(n: int) -> Supporter:
    return Supporter(7_000_000 + n, "en")


async def _signed(start: Start) -> Vigil:
    """Six numbers given, of which 5 was taken back as the highest and 2's person is erased."""
    vigil = await start()
    assert await _sign(vigil, 1, 2, 3, 4, 5, 3) == [1, 2, 3, 4, 5, 3]
    await vigil.services.petitions.withdraw(PETITION, _person(5))
    await vigil.services.supporters.forget(_person(2))
    return vigil


async def _found(database: Database) -> tuple[str, str]:
    """What `db verify` would say first, and the script; "" from whoever finds nothing."""
    integrity = Integrity(database, lambda: NotImplemented)
    broken = next((one.broken for one in await integrity.proofs() if one.broken), None)
    lines = [line async for line in integrity.lines(PETITION)]
    try:
        verify(lines)
    except ValueError as error:
        return str(broken or ""), str(error)
    return str(broken or ""), ""


async def test_a_number_is_never_given_again(start: Start) -> None:
    vigil = await _signed(start)
    assert await _sign(vigil, 5) == [6]  # who comes back, too
    await vigil.services.supporters.forget(_person(5))
    vigil = await start()
    assert await _sign(vigil, 2, 2) == [7, 7]
    assert await _found(vigil.database) == ("", "")
    *_, proof, _ = await vigil.services.integrity.proofs()
    assert (proof.given, proof.withdrawn, proof.counting) == (7, 3, 4)


async def test_what_is_changed_behind_our_back_is_found(start: Start, tmp_path: Path) -> None:
    vigil = await _signed(start)
    assert await _sign(vigil, 6) == [6]
    assert await _found(vigil.database) == ("", "")
    await vigil.database.truncate_log()
    for number, (done, ours, theirs) in enumerate(_TAMPERED):
        copy = tmp_path / f"{number}.db"
        shutil.copyfile(vigil.database.path, copy)
        connection = connect(copy, KEY)
        for statement in (*_OPEN, *done.split(";")):
            connection.execute(statement)
        connection.close()
        database = Database(copy, KEY)
        said, script = await _found(database)
        await database.close()
        assert ours in said, (done, said)
        assert theirs in script, (done, script)
        assert bool(script) == bool(theirs), (done, script)


async def test_the_operator_is_told_in_a_sentence_and_by_the_exit_status(
    start: Start, tmp_path: Path
) -> None:
    vigil = await _signed(start)
    integrity = vigil.services.integrity
    chain = "\n".join([line async for line in integrity.lines(PETITION)])
    *_, proof, _ = await integrity.proofs()
    assert "Name" not in chain
    assert str(_person(1).id) not in chain
    assert await _script(tmp_path, chain) == (
        0,
        f"{PETITION}: 3 signatures, 5 given. The chain ends with {proof.head}.\n",
    )
    assert await _script(tmp_path, chain, "f" * 64) == (
        1,
        f"NOT PROVEN. The chain was another one: {'f' * 64} is not in it.\n",
    )
    code, said = await _db_verify(vigil)
    assert code == 0
    assert f"{PETITION}: proven, 3 signatures count; 5 were given and 2 withdrawn." in said
    connection = connect(vigil.database.path, KEY)
    connection.execute("UPDATE petitions SET signatures = 4")
    connection.close()
    code, said = await _db_verify(vigil)
    assert code == 1
    assert "BROKEN since 2027-03-01. The stored count, 4, is not the chain's." in said


async def _db_verify(vigil: Vigil) -> tuple[int, str]:
    path = vigil.database.path
    async with program(path.parent, "db", "verify", database=path, database_key=KEY) as running:
        return await running.ended(), str(running)


async def _script(folder: Path, chain: str, *noted: str) -> tuple[int | None, str]:
    """Alone: it sees neither our folder nor what is installed."""
    file = folder / "chain.jsonl"
    file.write_text(chain, "utf-8")
    process = await asyncio.create_subprocess_exec(
        *(
            sys.executable,
            "-I",
            "-S",
            str(ROOT / "tools" / "verify_signatures.py"),
            str(file),
            *noted,
        ),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    said, _ = await process.communicate()
    return process.returncode, said.decode()
