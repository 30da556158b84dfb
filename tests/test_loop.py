"""The event loop that a program runs in."""

import asyncio
import sys
from asyncio.subprocess import PIPE
from pathlib import Path

import pytest

from tests.process import PATIENCE, environment

PROGRAM = """
import asyncio
import sys
{first}
from bot.cli._loop import run_loop

async def tell():
    print(type(asyncio.get_running_loop()).__module__)

run_loop(tell())
"""


async def loop_of(folder: Path, first: str = "") -> str:
    """The module that the loop of a program comes from; `first` is done before all else."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", PROGRAM.format(first=first)),
        env=environment(folder),
        stdout=PIPE,
    )
    async with asyncio.timeout(PATIENCE):
        said, _ = await process.communicate()
    assert process.returncode == 0
    return said.decode().strip()


async def test_a_program_runs_in_uvloop_where_it_is_installed(tmp_path: Path) -> None:
    pytest.importorskip("uvloop")
    assert await loop_of(tmp_path) == "uvloop"


async def test_a_program_runs_without_uvloop(tmp_path: Path) -> None:
    assert (await loop_of(tmp_path, "sys.modules['uvloop'] = None")).startswith("asyncio.")
